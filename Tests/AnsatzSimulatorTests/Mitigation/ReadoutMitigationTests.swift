import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Numerics
import Testing

@Suite("Readout mitigation")
struct ReadoutMitigationTests {
  private let errors = ReadoutErrors([
    ReadoutError(zeroAsOne: 0.1, oneAsZero: 0.3), .none,
    ReadoutError(zeroAsOne: 0.02, oneAsZero: 0.05),
  ])
  private let truth = [0.05, 0.1, 0.3, 0, 0.25, 0.05, 0, 0.25]

  @Test("The inverse undoes what reading does, and least squares too where it is a distribution")
  func inverse() throws {
    let mitigation = try ReadoutMitigation(errors)
    let read = errors.read(truth)
    #expect(zip(read, truth).contains { abs($0 - $1) > 0.02 })
    for (a, b) in zip(try mitigation.inverted(read), truth) { #expect(abs(a - b) < 1e-14) }
    for (a, b) in zip(try mitigation.leastSquares(read), truth) { #expect(abs(a - b) < 1e-12) }
  }

  @Test("Least squares stay on the simplex, and no point of it is nearer")
  func leastSquares() throws {
    let mitigation = try ReadoutMitigation(errors)
    // What no distribution is read as.
    let read = [0.0, 0.2, 0.35, 0, 0.4, 0, 0, 0.05]
    let inverted = try mitigation.inverted(read)
    #expect(inverted.contains { $0 < -0.01 })
    #expect(abs(inverted.reduce(0, +) - 1) < 1e-14)
    let found = try mitigation.leastSquares(read)
    #expect(found.allSatisfy { $0 >= 0 })
    #expect(abs(found.reduce(0, +) - 1) < 1e-12)
    func distance(_ p: [Double]) -> Double {
      zip(errors.read(p), read).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    // A convex function has its least value where no step towards a corner or another point helps.
    var random = RandomStream(seed: 2)
    for trial in 0..<200 {
      var other = (0..<8).map {
        trial < 8 ? ($0 == trial ? 1 : 0) : -Double.log(1 - random.uniform())
      }
      let sum = other.reduce(0, +)
      other = other.map { $0 / sum }
      for step in [1e-4, 1e-2, 1] {
        let moved = zip(found, other).map { (1 - step) * $0 + step * $1 }
        #expect(distance(moved) > distance(found) - 1e-14)
      }
    }
  }

  @Test("A qubit that tells nothing, and a distribution of another size, are refused")
  func refused() throws {
    #expect(throws: AnsatzError.self) {
      try ReadoutMitigation(ReadoutErrors([ReadoutError(zeroAsOne: 0.4, oneAsZero: 0.6)]))
    }
    #expect(throws: AnsatzError.self) {
      try ReadoutMitigation(ReadoutErrors([ReadoutError(zeroAsOne: -0.1, oneAsZero: 0)]))
    }
    #expect(throws: AnsatzError.self) { try ReadoutMitigation(errors).inverted([1, 0]) }
  }
}
