import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Numerics

/// How far the states a circuit makes of random weights are from random states.
///
/// The fidelities of pairs of such states are counted in bins, and compared with those of states
/// drawn by the Haar measure, `P(F) = (N - 1)(1 - F)^(N-2)` in N = 2ⁿ dimensions. 0 would be as
/// expressive as can be; a circuit of one state has `(N - 1) log(bins)`.
///
/// - Source: Sim, Johnson and Aspuru-Guzik, Adv. Quantum Technol. 2, 1900070 (2019),
///   arXiv:1905.10876.
public struct Expressibility: Sendable {
  /// The Kullback-Leibler divergence from the Haar fidelities, in nats.
  public let divergence: Double
  /// The fidelities of each bin from 0 to 1.
  public let counts: [Int]
  /// The share of each bin for random states.
  public let haar: [Double]

  /// - Parameters:
  ///   - inputs: One row for all states. All 0 if empty.
  ///   - pairs: How many pairs of states; the weights uniform in [0, 2π). With few, the divergence
  ///     comes out too large: by about bins / 2 pairs.
  ///   - observer: Told of each pair; asked whether to go on. Stopping keeps the pairs made so far.
  /// - Throws: `AnsatzError` for no pairs or bins, and for circuits without one final state.
  public init(
    of circuit: Circuit, inputs: [Double] = [], pairs: Int = 2000, bins: Int = 75, seed: UInt64 = 0,
    pool: ThreadPool = .shared, observer: (_ done: Int) -> Bool = { _ in true }
  ) throws {
    guard pairs >= 1, bins >= 1 else {
      throw AnsatzError(.usage, "\(pairs) pairs of states in \(bins) bins; use 1 or more of each")
    }
    let states = RandomStates(circuit, inputs: inputs, pool: pool)
    var draws = WeightDraws(circuit, seed: seed, stream: "expressibility")
    var counts = [Int](repeating: 0, count: bins)
    for done in 1...pairs {
      try StopFlag.check()
      let (a, b) = (try states.state(draws.next()), try states.state(draws.next()))
      let overlap = zip(a, b).reduce(Complex<Double>.zero) { $0 + $1.0.conjugate * $1.1 }
      counts[min(bins - 1, Int(overlap.lengthSquared * Double(bins)))] += 1
      if !observer(done) { break }
    }
    self.counts = counts
    haar = Self.haarShares(qubits: circuit.qubitCount, bins: bins)
    let total = Double(counts.reduce(0, +))
    let logs = Self.haarLogShares(qubits: circuit.qubitCount, bins: bins)
    divergence = zip(counts, logs).reduce(0) { sum, bin in
      guard bin.0 > 0 else { return sum }
      let share = Double(bin.0) / total
      return sum + share * (.log(share) - bin.1)
    }
  }

  /// The share of Haar fidelities in each of equal bins from 0 to 1.
  public static func haarShares(qubits: Int, bins: Int) -> [Double] {
    haarLogShares(qubits: qubits, bins: bins).map { Double.exp($0) }
  }

  /// Logarithms, because the last bins of many qubits are smaller than the least number.
  private static func haarLogShares(qubits: Int, bins: Int) -> [Double] {
    let power = Double.pow(2, Double(qubits)) - 1
    return (0..<bins).map { bin in
      // (1 - a)^(N-1) - (1 - b)^(N-1), with 1 - a the larger.
      let larger = Double(bins - bin) / Double(bins)
      let ratio = Double(bins - bin - 1) / Double(bins - bin)
      return power * .log(larger) + .log(onePlus: -Double.pow(ratio, power))
    }
  }
}

/// The states of one circuit and one row of inputs for many weights.
struct RandomStates {
  private let program: Program
  private let sample: Tensor<Double>
  private let pool: ThreadPool

  init(_ circuit: Circuit, inputs: [Double], pool: ThreadPool) {
    program = Program(circuit)
    let row = inputs.isEmpty ? [Double](repeating: 0, count: circuit.inputCount) : inputs
    sample = Tensor(shape: [1, row.count], elements: row)
    self.pool = pool
  }

  func state(_ weights: [Double]) throws(AnsatzError) -> [Complex<Double>] {
    try program.stateVectors(inputs: sample, weights: weights, pool: pool)[0]
  }
}
