import AnsatzCircuits
import AnsatzMath
import Numerics

/// A state as seen through measurements of every qubit in random Pauli bases: from one set of
/// snapshots the expectation values of many local observables can be told.
///
/// An observable on k qubits needs of the order of 3ᵏ snapshots for each factor of accuracy squared.
///
/// - Source: Huang, Kueng and Preskill, arXiv:2002.08953.
public struct ClassicalShadow: Sendable {
  /// How many qubits there are.
  public let qubitCount: Int
  /// The basis of each qubit, snapshot after snapshot: `[snapshots · qubits]`.
  public let bases: [Pauli]
  /// The outcome of each snapshot; qubit 0 is the most significant bit.
  public let outcomes: [Int]

  /// Measures the final state of a circuit.
  ///
  /// - Parameter snapshots: 1 or more.
  /// - Throws: `AnsatzError` for values that do not fit.
  public init(
    of circuit: Circuit, snapshots: Int, inputs: [Double] = [], weights: [Double] = [],
    using random: inout RandomStream, pool: ThreadPool = .shared
  ) throws {
    guard snapshots > 0 else {
      throw AnsatzError(.usage, "\(snapshots) snapshots; use 1 or more")
    }
    let n = circuit.qubitCount
    let state = try circuit.stateVector(inputs: inputs, weights: weights)
    try MemoryLimit.check(
      "a shadow of \(snapshots) snapshots", bytes: Double(snapshots) * Double(n + 24),
      mend: "take fewer")
    let bases = (0..<snapshots * n).map { _ in Pauli.allCases[random.integer(below: 3)] }
    let draws = (0..<snapshots).map { _ in random.uniform() }
    var outcomes = [Int](repeating: 0, count: snapshots)
    outcomes.withUnsafeMutableBufferPointer { buffer in
      let results = SendablePointer(buffer.baseAddress)
      pool.run(chunks: snapshots) { snapshot in
        let own = bases[snapshot * n..<(snapshot + 1) * n]
        results.value?[snapshot] = Self.outcome(of: state, bases: own, draw: draws[snapshot])
      }
    }
    qubitCount = n
    self.bases = bases
    self.outcomes = outcomes
  }

  /// Turns every qubit's basis to Z and picks the basis state that the draw falls on.
  private static func outcome(
    of state: [Complex<Double>], bases: ArraySlice<Pauli>, draw: Double
  ) -> Int {
    var rotated = state
    let half = Complex<Double>(0.5.squareRoot())
    rotated.withUnsafeMutableBufferPointer { rotated in
      for (place, pauli) in bases.reversed().enumerated() where pauli != .z {
        let bit = 1 << place
        for row in 0..<rotated.count where row & bit == 0 {
          let a = rotated[row]
          // H for X; H S† for Y.
          let b = pauli == .x ? rotated[row | bit] : -.i * rotated[row | bit]
          rotated[row] = half * (a + b)
          rotated[row | bit] = half * (a - b)
        }
      }
    }
    var left = draw * rotated.reduce(0) { $0 + $1.lengthSquared }
    for (row, amplitude) in rotated.enumerated() {
      left -= amplitude.lengthSquared
      if left < 0 { return row }
    }
    return rotated.lastIndex { $0 != .zero } ?? 0
  }

  /// What one snapshot says of a string: ±3ᵏ if it measured every factor in its basis, else 0.
  private func value(of string: PauliString, in snapshot: Int) -> Double {
    var value = 1.0
    for factor in string.factors {
      guard bases[snapshot * qubitCount + factor.qubit] == factor.pauli else { return 0 }
      let bit = outcomes[snapshot] >> (qubitCount - 1 - factor.qubit) & 1
      value *= bit == 0 ? 3 : -3
    }
    return value
  }

  /// The expectation value of an observable.
  ///
  /// - Parameter groups: With more than one, the median of the means of this many groups of
  ///   snapshots, which a few far-off snapshots cannot spoil.
  /// - Throws: `CircuitError` for an observable beyond the qubits; `AnsatzError` for more groups than
  ///   half the snapshots.
  public func estimate(_ observable: any Observable, groups: Int = 1) throws -> Estimate {
    let sum = observable.pauliSum
    _ = try CompiledObservables([sum], qubitCount: qubitCount)
    let count = outcomes.count
    guard groups >= 1, groups == 1 || 2 * groups <= count else {
      throw AnsatzError(
        .usage, "\(groups) groups of \(count) snapshots; use 1...\(max(1, count / 2))")
    }
    let values = (0..<count).map { snapshot in
      sum.terms.reduce(0) { $0 + $1.coefficient * value(of: $1.string, in: snapshot) }
    }
    let spread = Estimate(counted: values.map { ($0, 1) })
    guard groups > 1 else { return spread }
    let means = (0..<groups).map { group in
      let part = values[group * count / groups..<(group + 1) * count / groups]
      return part.reduce(0, +) / Double(part.count)
    }.sorted()
    let middle = groups / 2
    let median =
      groups % 2 == 1 ? means[middle] : (means[middle - 1] + means[middle]) / 2
    // A median of normal means spreads √(π/2) wider than their mean.
    let error = spread.standardError * (Double.pi / 2).squareRoot()
    return Estimate(value: median, standardError: error, shots: count)
  }

  /// The state of some qubits: Hermitian with trace 1, but for finitely many snapshots not always
  /// free of eigenvalues below 0.
  ///
  /// - Parameter qubits: Distinct qubits; at most 5.
  public func reducedState(of qubits: [Int]) throws -> ReducedState {
    guard (1...5).contains(qubits.count), Set(qubits).count == qubits.count,
      qubits.allSatisfy({ (0..<qubitCount).contains($0) })
    else {
      throw AnsatzError(
        .usage, "qubits \(qubits) given; use 1 to 5 distinct ones of 0...\(qubitCount - 1)")
    }
    let values = ReducedState.words(on: qubits).map { word in
      (0..<outcomes.count).reduce(0) { $0 + value(of: word, in: $1) } / Double(outcomes.count)
    }
    return ReducedState(qubits: qubits, paulis: values)
  }

  /// Tr(ρ_A²) without bias, from all pairs of different snapshots; the standard error by leaving one
  /// snapshot out at a time.
  ///
  /// - Throws: `AnsatzError` for qubits the state does not have, or fewer than three snapshots.
  public func purity(of qubits: [Int]) throws -> Estimate {
    let count = outcomes.count
    guard !qubits.isEmpty, Set(qubits).count == qubits.count,
      qubits.allSatisfy({ (0..<qubitCount).contains($0) }), count >= 3
    else {
      throw AnsatzError(
        .usage,
        "the purity of qubits \(qubits) from \(count) snapshots; use distinct qubits of "
          + "0...\(qubitCount - 1) and at least 3 snapshots")
    }
    var sums = [Double](repeating: 0, count: count)
    for a in 0..<count {
      for b in 0..<a {
        // Tr of the product of two inverted snapshots, qubit by qubit.
        var product = 1.0
        for qubit in qubits {
          let sameBasis = bases[a * qubitCount + qubit] == bases[b * qubitCount + qubit]
          let differs = (outcomes[a] ^ outcomes[b]) >> (qubitCount - 1 - qubit) & 1 == 1
          product *= !sameBasis ? 0.5 : differs ? -4 : 5
        }
        sums[a] += product
        sums[b] += product
      }
    }
    let total = sums.reduce(0, +)
    let n = Double(count)
    let value = total / (n * (n - 1))
    let without = sums.map { (total - 2 * $0) / ((n - 1) * (n - 2)) }
    let mean = without.reduce(0, +) / n
    let spread = without.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * (n - 1) / n
    return Estimate(value: value, standardError: spread.squareRoot(), shots: count)
  }
}
