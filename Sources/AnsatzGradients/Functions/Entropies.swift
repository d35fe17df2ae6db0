import AnsatzMath
import Numerics

/// Eigenvalues below this count as this: what is 0 comes out of the decomposition as rounding.
private let smallest = 1e-13

extension StateFunction {
  /// The von Neumann entropy `-Tr ρ log ρ` of the reduced state of some qubits.
  ///
  /// - Parameter base: Of the logarithm; 2 for bits, e for nats.
  ///
  /// The derivative is infinite where an eigenvalue of ρ leaves 0; there it counts as 10⁻¹³.
  public static func entropy(of qubits: [Int], base: Double = 2) -> StateFunction {
    let unit = 1 / Double.log(base)
    return StateFunction(
      "S(\(list(qubits)))", qubits: qubits,
      value: { unit * (try eigenvalues(reduced($0, qubits)).reduce(0) { $0 - xlogx($1) }) },
      linearized: { state in
        let matrix = try reduced(state, qubits).hermitianFunction {
          -unit * Double.log(max($0, smallest))
        }
        return { apply(matrix, on: qubits, to: $0) }
      })
  }

  /// The Rényi entropy `log(Tr ρᵅ)/(1 - α)` of the reduced state of some qubits.
  ///
  /// - Parameter order: α, above 0 and not 1 (which is `entropy(of:)`).
  public static func renyiEntropy(
    order: Double, of qubits: [Int], base: Double = 2
  ) throws -> StateFunction {
    let unit = 1 / Double.log(base)
    guard order > 0, order != 1, order.isFinite else {
      throw AnsatzError(
        .usage, "the order of a Rényi entropy must be above 0 and not 1, not \(order)")
    }
    @Sendable func trace(_ rho: ComplexMatrix) throws -> Double {
      try eigenvalues(rho).reduce(0) { $0 + Double.pow(max($1, 0), order) }
    }
    return StateFunction(
      "S\(order)(\(list(qubits)))", qubits: qubits,
      value: { unit * Double.log(try trace(reduced($0, qubits))) / (1 - order) },
      linearized: { state in
        let rho = reduced(state, qubits)
        let scale = unit * order / (1 - order) / (try trace(rho))
        let matrix = try rho.hermitianFunction {
          scale * Double.pow(max($0, order < 1 ? smallest : 0), order - 1)
        }
        return { apply(matrix, on: qubits, to: $0) }
      })
  }

  /// The purity `Tr ρ²` of the reduced state of some qubits.
  public static func purity(of qubits: [Int]) -> StateFunction {
    StateFunction(
      "purity(\(list(qubits)))", qubits: qubits,
      value: { reduced($0, qubits).elements.reduce(0) { $0 + $1.lengthSquared } },
      linearized: { state in
        let matrix = Complex(2) * reduced(state, qubits)
        return { apply(matrix, on: qubits, to: $0) }
      })
  }

  /// The mutual information `S(A) + S(B) - S(AB)` of two sets of qubits.
  public static func mutualInformation(
    _ a: [Int], _ b: [Int], base: Double = 2
  ) -> StateFunction {
    let name = "I(\(list(a)):\(list(b)))"
    let alone = combination(
      1, entropy(of: a, base: base), 1, entropy(of: b, base: base), name: name)
    let sum = combination(1, alone, -1, entropy(of: a + b, base: base), name: name)
    // A qubit of both sets is refused.
    return StateFunction(name, qubits: a + b, value: sum.value, linearized: sum.linearized)
  }

  private static func eigenvalues(_ rho: ComplexMatrix) throws -> [Double] {
    guard let values = rho.hermitianEigen()?.values else {
      throw AnsatzError(.software, "the eigenvalues of a reduced state did not converge")
    }
    return values
  }

  private static func xlogx(_ x: Double) -> Double { x > 0 ? x * Double.log(x) : 0 }

  private static func list(_ qubits: [Int]) -> String {
    qubits.map(String.init).joined(separator: ",")
  }

  /// The reduced density matrix, the first of the qubits most significant.
  private static func reduced(_ state: [Double], _ qubits: [Int]) -> ComplexMatrix {
    let order = 1 << qubits.count
    var rho = ComplexMatrix(
      rows: order, columns: order,
      elements: [Complex<Double>](repeating: 0, count: order * order))
    let places = Places(qubits, numbers: state.count)
    for rest in 0..<state.count / 2 where rest & places.mask == 0 {
      for i in 0..<order {
        let row = rest | places.offsets[i]
        let a = Complex(state[2 * row], state[2 * row + 1])
        for j in 0..<order {
          let column = rest | places.offsets[j]
          rho[i, j] += a * Complex(state[2 * column], -state[2 * column + 1])
        }
      }
    }
    return rho
  }

  /// A matrix on some of the qubits.
  private static func apply(
    _ matrix: ComplexMatrix, on qubits: [Int], to state: [Double]
  ) -> [Double] {
    var result = [Double](repeating: 0, count: state.count)
    let places = Places(qubits, numbers: state.count)
    for rest in 0..<state.count / 2 where rest & places.mask == 0 {
      for i in 0..<matrix.rows {
        var total = Complex<Double>(0)
        for j in 0..<matrix.columns {
          let place = rest | places.offsets[j]
          total += matrix[i, j] * Complex(state[2 * place], state[2 * place + 1])
        }
        let place = rest | places.offsets[i]
        (result[2 * place], result[2 * place + 1]) = (total.real, total.imaginary)
      }
    }
    return result
  }

  /// Where the values of some qubits put an amplitude.
  private struct Places {
    let mask: Int
    let offsets: [Int]

    init(_ qubits: [Int], numbers: Int) {
      let bits = qubits.map { placeBit($0, ofNumbers: numbers) }
      mask = bits.reduce(0, |)
      offsets = (0..<1 << qubits.count).map { value in
        bits.enumerated().reduce(0) {
          $0 | (value >> (bits.count - 1 - $1.offset) & 1 == 1 ? $1.element : 0)
        }
      }
    }
  }
}
