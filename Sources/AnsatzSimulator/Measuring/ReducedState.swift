import AnsatzCircuits
import AnsatzMath
import Numerics

/// The state of a few qubits of many: a density matrix, `ρ_A = Tr_B |ψ⟩⟨ψ|`.
public struct ReducedState: Sendable {
  /// The qubits, the first the most significant bit of a row.
  public let qubits: [Int]
  /// `[2ᵏ, 2ᵏ]`, Hermitian, trace 1.
  public let matrix: ComplexMatrix

  /// The state of these qubits from its density matrix.
  public init(qubits: [Int], matrix: ComplexMatrix) {
    self.qubits = qubits
    self.matrix = matrix
  }

  /// The eigenvalues in rising order, those below 0 by rounding set to 0.
  public var spectrum: [Double] {
    (matrix.hermitianEigen()?.values ?? []).map { max(0, $0) }
  }

  /// Tr(ρ²): 1 for a pure state, 2⁻ᵏ for the fully mixed one.
  public var purity: Double {
    matrix.elements.reduce(0) { $0 + $1.lengthSquared }
  }

  /// -Tr(ρ log ρ).
  ///
  /// - Parameter base: Of the logarithm; 2 for bits, e for nats.
  public func vonNeumannEntropy(base: Double = 2) -> Double {
    spectrum.reduce(0) { $0 - ($1 > 0 ? $1 * .log($1) : 0) } / .log(base)
  }

  /// log Tr(ρ^α) / (1 - α); the von Neumann entropy for α = 1, the logarithm of the rank for 0, and
  /// that of the largest eigenvalue for infinity.
  ///
  /// - Parameter order: α, 0 or more.
  public func renyiEntropy(order: Double, base: Double = 2) -> Double {
    if order == 1 { return vonNeumannEntropy(base: base) }
    let values = spectrum
    if order == .infinity { return -.log(values.last ?? 1) / .log(base) }
    if order == 0 {
      let rank = values.filter { $0 > 1e-12 }.count
      return .log(Double(max(1, rank))) / .log(base)
    }
    let sum = values.filter { $0 > 0 }.reduce(0) { $0 + .pow($1, order) }
    return .log(sum) / (1 - order) / .log(base)
  }

  /// (Tr √(√ρ σ √ρ))²: 1 for equal states, 0 for orthogonal ones.
  ///
  /// - Source: Jozsa, J. Mod. Opt. 41, 2315 (1994).
  public func fidelity(with other: ReducedState) -> Double {
    guard matrix.rows == other.matrix.rows, let (values, vectors) = matrix.hermitianEigen() else {
      return .nan
    }
    let roots = values.map { Complex<Double>(max(0, $0).squareRoot()) }
    let root = vectors * .diagonal(roots) * vectors.adjoint
    let inner = root * other.matrix * root
    let sum = (inner.hermitianEigen()?.values ?? []).reduce(0) { $0 + max(0, $1).squareRoot() }
    return sum * sum
  }

  /// ‖ρ - σ‖₁ / 2.
  public func traceDistance(to other: ReducedState) -> Double {
    let difference = matrix + Complex(-1) * other.matrix
    return (difference.hermitianEigen()?.values ?? []).reduce(0) { $0 + abs($1) } / 2
  }
}

extension ReducedState {
  /// From the expectation values of all Pauli words on the qubits: `ρ = 2⁻ᵏ Σ_P ⟨P⟩ P`.
  ///
  /// - Parameter values: `[4ᵏ]`, the words in the order of `words(on:)`.
  init(qubits: [Int], paulis values: [Double]) {
    let order = 1 << qubits.count
    let zeros = [Complex<Double>](repeating: 0, count: order * order)
    var matrix = ComplexMatrix(rows: order, columns: order, elements: zeros)
    let powers: [Complex<Double>] = [1, .i, -1, -.i]
    for (index, value) in values.enumerated() where value != 0 {
      var (x, z) = (0, 0)
      for place in qubits.indices {
        let digit = index >> (2 * place) & 3
        if digit & 1 != 0 { x |= 1 << place }
        if digit & 2 != 0 { z |= 1 << place }
      }
      let entry = Complex(value / Double(order)) * powers[(x & z).nonzeroBitCount % 4]
      for j in 0..<order {
        matrix[j ^ x, j] += (j & z).nonzeroBitCount & 1 == 0 ? entry : -entry
      }
    }
    self.init(qubits: qubits, matrix: matrix)
  }

  /// All 4ᵏ Pauli words on some qubits: two bits a qubit, the last qubit lowest, X one and Z two.
  static func words(on qubits: [Int]) -> [PauliString] {
    (0..<1 << (2 * qubits.count)).map { index in
      PauliString(
        qubits.reversed().enumerated().compactMap { place, qubit in
          switch index >> (2 * place) & 3 {
          case 1: (.x, qubit)
          case 2: (.z, qubit)
          case 3: (.y, qubit)
          default: nil
          }
        })
    }
  }
}
