import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Numerics

/// The derivative of an expectation value in θ of an evolution `exp(-i(θA + B))`, where A and B need
/// not commute.
///
/// With `K = θA + B` and `A = Σ c_W W`, it is `Σ c_W ∫₀¹ (f₊(s) - f₋(s)) ds`, where `f±(s)` runs
/// `exp(-isK)`, then `exp(∓iπW/4)`, then `exp(-i(1-s)K)`. The stochastic shift draws s at random; a
/// Gauss-Legendre rule instead is exact to rounding, since the integrand is smooth.
///
/// - Source: Banchi and Crooks, Quantum 5, 386 (2021), arXiv:2005.10299, eq. (9).
public struct EvolutionShift: Sendable {
  /// How the times s are chosen.
  public enum Times: Sendable {
    /// So many times by lot for each word.
    case drawn(Int, seed: UInt64)
    /// A Gauss-Legendre rule with so many nodes.
    case nodes(Int)
  }

  /// A derivative with what it cost.
  public struct Result: Sendable {
    /// The derivative in the angle.
    public let derivative: Double
    /// 0 for nodes.
    public let standardError: Double
    /// How many circuits were run.
    public let evaluations: Int
  }

  /// A, the part that θ multiplies.
  public let generator: PauliSum
  /// B, the constant part.
  public let drift: PauliSum
  /// The qubits both act on.
  private let qubits: [Int]

  /// - Throws: `AnsatzError` for an evolution of more than ten qubits, or of none.
  public init(generator: any Observable, drift: any Observable) throws(AnsatzError) {
    self.generator = generator.pauliSum
    self.drift = drift.pauliSum
    let factors = (self.generator.terms + self.drift.terms).flatMap(\.string.factors)
    qubits = Set(factors.map(\.qubit)).sorted()
    guard (1...10).contains(qubits.count),
      self.generator.terms.contains(where: { $0.string != .identity })
    else {
      throw AnsatzError(
        .usage,
        "an evolution acts on 1 to 10 qubits, at least one of them with its angle; "
          + "'\(self.generator)' and '\(self.drift)' act on \(qubits.count)")
    }
  }

  /// `exp(-it(θA + B))` as an operation of a circuit.
  public func operation(angle: Double, time: Double = 1) throws -> CircuitOperation {
    let k = matrix(Complex(angle), generator) + matrix(1, drift)
    let (cosine, sine) = (
      try k.hermitianFunction { Double.cos(time * $0) },
      try k.hermitianFunction { Double.sin(time * $0) }
    )
    let unitary = cosine + Complex(0, -1) * sine
    return .gate(GateOperation(UnitaryGate.definition(unitary), angles: [], qubits: qubits))
  }

  /// The derivative of an expectation value.
  ///
  /// - Parameters:
  ///   - angle: θ.
  ///   - count: The number of qubits of the whole circuit.
  ///   - before: What comes before the evolution, and `after` what comes after it.
  /// - Throws: `CircuitError` for operations beyond the qubits, `AnsatzError` for values that do not
  ///   fit.
  public func derivative(
    of observable: any Observable, angle: Double, qubits count: Int,
    before: [CircuitOperation] = [], after: [CircuitOperation] = [], inputs: [Double] = [],
    weights: [Double] = [], times: Times = .nodes(24)
  ) throws -> Result {
    var (total, variance, evaluations) = (0.0, 0.0, 0)
    for (index, term) in generator.terms.enumerated() where term.string != .identity {
      func difference(_ s: Double) throws -> Double {
        let values = try [Double.pi / 2, -Double.pi / 2].map { turn in
          let letters = term.string.factors
          let rotation = GateOperation(
            PauliRotation.definition(letters.map(\.pauli)), angles: [Angle(turn)],
            qubits: letters.map(\.qubit))
          let middle = [
            try operation(angle: angle, time: s), .gate(rotation),
            try operation(angle: angle, time: 1 - s),
          ]
          return try Circuit(qubits: count, operations: before + middle + after)
            .expectation(of: observable, inputs: inputs, weights: weights)
        }
        evaluations += 2
        return term.coefficient * (values[0] - values[1])
      }
      switch times {
      case .nodes(let nodes):
        for (s, weight) in gaussLegendre(max(1, nodes)) { total += weight * (try difference(s)) }
      case .drawn(let draws, let seed):
        var random = RandomStream(seed: seed, stream: "evolution \(index)")
        let values = try (0..<max(1, draws)).map { _ in try difference(random.uniform()) }
        let n = Double(values.count)
        let mean = values.reduce(0, +) / n
        total += mean
        if n > 1 {
          variance += values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) / n
        }
      }
    }
    return Result(
      derivative: total, standardError: variance.squareRoot(), evaluations: evaluations)
  }

  private func matrix(_ scale: Complex<Double>, _ sum: PauliSum) -> ComplexMatrix {
    let order = 1 << qubits.count
    var result = ComplexMatrix(
      rows: order, columns: order,
      elements: [Complex<Double>](repeating: 0, count: order * order))
    for term in sum.terms {
      var (x, z, factor) = (0, 0, scale * Complex(term.coefficient))
      for part in term.string.factors {
        let place = qubits.firstIndex(of: part.qubit) ?? 0
        let bit = 1 << (qubits.count - 1 - place)
        if part.pauli != .z { x |= bit }
        if part.pauli != .x { z |= bit }
        if part.pauli == .y { factor *= .i }
      }
      for j in 0..<order {
        result[j ^ x, j] += (j & z).nonzeroBitCount & 1 == 0 ? factor : -factor
      }
    }
    return result
  }
}

/// The nodes and weights of the Gauss-Legendre rule on [0, 1], by Newton's method.
func gaussLegendre(_ count: Int) -> [(node: Double, weight: Double)] {
  (0..<count).map { index in
    var x = Double.cos(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
    var slope = 1.0
    for _ in 0..<100 {
      var (previous, value) = (1.0, x)
      for k in 1..<max(2, count) where k < count {
        (previous, value) = (
          value, (Double(2 * k + 1) * x * value - Double(k) * previous) / Double(k + 1)
        )
      }
      slope = Double(count) * (x * value - previous) / (x * x - 1)
      let step = value / slope
      x -= step
      if abs(step) < 1e-16 { break }
    }
    return ((1 - x) / 2, 1 / ((1 - x * x) * slope * slope))
  }
}
