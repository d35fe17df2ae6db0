import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzSimulator

/// How the derivatives of an expectation value are spread over random weights.
///
/// Where the variance falls exponentially with the qubits, random weights lie on a barren plateau:
/// gradients are too small to be measured, and training does not begin.
///
/// - Source: McClean et al., Nature Communications 9, 4812 (2018), arXiv:1803.11173.
public struct GradientVariance: Sendable {
  /// Of the derivative in each weight, in the circuit's order.
  public let means: [Double]
  /// `E(∂f - E ∂f)²` of each weight.
  public let variances: [Double]
  /// How often the weights were drawn.
  public let draws: Int

  /// The mean of the variances of all weights.
  public var average: Double { variances.reduce(0, +) / Double(max(1, variances.count)) }

  /// - Parameters:
  ///   - inputs: The one row at which all gradients are taken. All 0 if empty.
  ///   - draws: How often all weights are drawn, uniformly from [0, 2π).
  ///   - observer: Told of each draw; asked whether to go on. Stopping keeps the draws made so far.
  /// - Throws: `AnsatzError` for fewer than 2 draws, a circuit without weights, and where the method
  ///   does not apply; `CircuitError` for an observable beyond the qubits.
  public init(
    of observable: any Observable, in circuit: Circuit, inputs: [Double] = [], draws: Int = 200,
    seed: UInt64 = 0, method: any GradientMethod = Adjoint(), pool: ThreadPool = .shared,
    observer: (_ done: Int) -> Bool = { _ in true }
  ) throws {
    guard draws >= 2 else { throw AnsatzError(.usage, "\(draws) draws of weights; use 2 or more") }
    guard circuit.weightCount > 0 else {
      throw AnsatzError(
        .usage, "the circuit has no weights, so it has no gradient; write angles with Weights")
    }
    let program = Program(circuit)
    let compiled = try CompiledObservables([observable], qubitCount: circuit.qubitCount)
    let row = inputs.isEmpty ? [Double](repeating: 0, count: circuit.inputCount) : inputs
    let sample = Tensor(shape: [1, row.count], elements: row)
    let request = GradientRequest(weights: true, inputs: false)
    var weightDraws = WeightDraws(circuit, seed: seed, stream: "gradient variance")
    var spread = Spread(count: circuit.weightCount)
    while spread.draws < draws {
      try StopFlag.check()
      let pass = try program.forward(
        compiled, inputs: sample, weights: weightDraws.next(), keepStates: true, pool: pool)
      spread.add(
        try method.gradient(
          of: pass, upstream: Tensor(repeating: 1, shape: [1, 1]), request: request
        ).weights)
      if !observer(spread.draws) { break }
    }
    (means, variances, self.draws) = (spread.means, spread.variances, spread.draws)
  }
}

/// Weights by lot, one set after the other, uniformly from [0, 2π), or from where the circuit's functions
/// have values.
struct WeightDraws {
  private let ranges: [Range<Double>]
  private var random: RandomStream

  init(_ circuit: Circuit, seed: UInt64, stream: String) {
    let own = circuit.drawingRanges
    ranges = circuit.weights.flatMap(\.symbols).map { own[$0] ?? 0..<2 * .pi }
    random = RandomStream(seed: seed, stream: stream)
  }

  mutating func next() -> [Double] {
    ranges.map { random.uniform(in: $0) }
  }
}

/// Running means and variances of several numbers (Welford 1962).
private struct Spread {
  private(set) var draws = 0
  private(set) var means: [Double]
  private var squares: [Double]

  init(count: Int) {
    means = [Double](repeating: 0, count: count)
    squares = means
  }

  var variances: [Double] { squares.map { $0 / Double(max(1, draws)) } }

  mutating func add(_ values: [Double]) {
    draws += 1
    for (place, value) in values.enumerated() {
      let step = value - means[place]
      means[place] += step / Double(draws)
      squares[place] += step * (value - means[place])
    }
  }
}
