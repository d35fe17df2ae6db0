import AnsatzMath
import Testing

@testable import AnsatzOptimizers

@Suite("Adam")
struct AdamTests {
  /// Counts around the width of a vector and of the pieces that threads take.
  @Test("Every weight is the formula's to the bit", arguments: [1, 7, 8, 9, 8_195, 16_384])
  func formula(count: Int) {
    check(count, as: Double.self)
    check(count, as: Float.self)
  }

  private func check<S: Scalar>(_ count: Int, as type: S.Type) {
    var random = RandomStream(seed: 2, stream: "adam")
    func numbers() -> [S] { (0..<count).map { _ in S(random.uniform(in: -1..<1)) } }
    let (start, gradient, mean) = (numbers(), numbers(), numbers())
    let squares = numbers().map { $0 * $0 }
    var weights = start
    var state = OptimizerState(stepCount: 4, slots: [mean, squares])
    adamStep(
      &weights, gradient: gradient, state: &state, learningRate: 0.25, beta1: 0.75, beta2: 0.5,
      epsilon: 0.125, shrinkage: 0.875)
    // With these β the corrections are 1 - 0.75⁵ and 1 - 0.5⁵, exact in either precision's double.
    let rate = S(0.25 / (1 - 0.2373046875))
    let root = S(1 / (1 - 0.03125).squareRoot())
    for i in 0..<count {
      let m = 0.75 * mean[i] + 0.25 * gradient[i]
      let v = 0.5 * squares[i] + 0.5 * gradient[i] * gradient[i]
      let w = 0.875 * start[i] - rate * m / (v.squareRoot() * root + 0.125)
      #expect(state.slots[0][i] == m && state.slots[1][i] == v && weights[i] == w, "\(i)")
    }
    #expect(state.stepCount == 5)
  }
}
