import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Numerics

/// How entangled the states are that a circuit makes of random weights.
///
/// The measure is Meyer and Wallach's `Q = 2 (1 - (1/n) Σ_k tr ρ_k²)` with ρ_k the state of qubit k
/// alone: 0 for product states, 1 where every qubit alone is wholly mixed, as in a GHZ state.
///
/// - Source: Sim, Johnson and Aspuru-Guzik, arXiv:1905.10876; Meyer and Wallach, J. Math. Phys. 43,
///   4273 (2002), arXiv:quant-ph/0108104, in the form of Brennen, arXiv:quant-ph/0305094.
public struct EntanglingCapability: Sendable {
  /// Q of each draw.
  public let values: [Double]

  /// The entangling capability itself.
  public var mean: Double { values.reduce(0, +) / Double(values.count) }

  /// - Parameters:
  ///   - inputs: One row for all states. All 0 if empty.
  ///   - draws: How often all weights are drawn, uniformly from [0, 2π).
  ///   - observer: Told of each draw; asked whether to go on. Stopping keeps the draws made so far.
  /// - Throws: `AnsatzError` for no draws, and for circuits without one final state.
  public init(
    of circuit: Circuit, inputs: [Double] = [], draws: Int = 1000, seed: UInt64 = 0,
    pool: ThreadPool = .shared, observer: (_ done: Int) -> Bool = { _ in true }
  ) throws {
    guard draws >= 1 else { throw AnsatzError(.usage, "\(draws) draws of weights; use 1 or more") }
    let states = RandomStates(circuit, inputs: inputs, pool: pool)
    var weights = WeightDraws(circuit, seed: seed, stream: "entangling capability")
    var values: [Double] = []
    while values.count < draws {
      try StopFlag.check()
      values.append(Self.meyerWallach(try states.state(weights.next())))
      if !observer(values.count) { break }
    }
    self.values = values
  }

  /// Q of one state.
  ///
  /// - Parameter state: 2ⁿ amplitudes of length 1 together; 0 for less than a qubit.
  public static func meyerWallach(_ state: [Complex<Double>]) -> Double {
    let qubits = Int.bitWidth - 1 - max(1, state.count).leadingZeroBitCount
    guard qubits > 0 else { return 0 }
    var purities = 0.0
    for bit in 0..<qubits {
      // ρ = [[p, c], [c*, q]] has tr ρ² = p² + q² + 2 |c|².
      var (p, q, c) = (0.0, 0.0, Complex<Double>.zero)
      for index in 0..<1 << qubits where index >> bit & 1 == 0 {
        let (a, b) = (state[index], state[index | 1 << bit])
        p += a.lengthSquared
        q += b.lengthSquared
        c += a * b.conjugate
      }
      purities += p * p + q * q + 2 * c.lengthSquared
    }
    return 2 * (1 - purities / Double(qubits))
  }
}
