import AnsatzMath
import Numerics

extension PauliSum {
  /// Any Hermitian matrix as an observable, `O = Σ_P Tr(OP)/2ᵏ · P`.
  ///
  /// - Parameters:
  ///   - matrix: `[2ᵏ, 2ᵏ]`, the first qubit the most significant bit of the index.
  ///   - qubits: k distinct qubits, at most 8.
  /// - Throws: `AnsatzError` if the matrix does not fit the qubits, is not finite, or is not
  ///   Hermitian to 1e-8 of its largest entry.
  /// - Complexity: O(k 4ᵏ)
  public init(_ matrix: ComplexMatrix, on qubits: some Sequence<Int>) throws(AnsatzError) {
    let qubits = Array(qubits)
    let count = qubits.count
    guard (1...8).contains(count), Set(qubits).count == count, qubits.allSatisfy({ $0 >= 0 }) else {
      throw AnsatzError(
        .usage, "a matrix is measured on 1 to 8 distinct qubits, not on \(qubits)")
    }
    let order = 1 << count
    guard matrix.rows == order, matrix.columns == order else {
      throw AnsatzError(
        .badData,
        "the matrix is \(matrix.rows)×\(matrix.columns); \(count) qubits take \(order)×\(order)")
    }
    guard matrix.elements.allSatisfy(\.isFinite) else {
      throw AnsatzError(.badData, "the matrix holds numbers that are not finite")
    }
    let largest = matrix.elements.map(\.length).max() ?? 0
    let error = matrix.maximumDifference(from: matrix.adjoint)
    guard error <= 1e-8 * max(largest, .leastNormalMagnitude) else {
      throw AnsatzError(
        .badData,
        "the matrix is not Hermitian: it differs from its adjoint by \(error); use (A + A†)/2")
    }
    let powers: [Complex<Double>] = [1, -.i, -1, .i]
    var terms: [(Double, PauliString)] = []
    for x in 0..<order {
      // Over all Z masks at once: a Walsh-Hadamard transform of one generalised diagonal.
      var sums = (0..<order).map { matrix[$0 ^ x, $0] }
      var stride = 1
      while stride < order {
        for i in 0..<order where i & stride == 0 {
          let (a, b) = (sums[i], sums[i | stride])
          (sums[i], sums[i | stride]) = (a + b, a - b)
        }
        stride *= 2
      }
      for z in 0..<order {
        // A Y is i X Z.
        let phase = powers[(x & z).nonzeroBitCount % 4]
        let coefficient = (phase * sums[z]).real / Double(order)
        guard abs(coefficient) > 1e-15 * largest else { continue }
        let factors = qubits.enumerated().compactMap { place, qubit -> (Pauli, Int)? in
          let bit = 1 << (count - 1 - place)
          switch (x & bit != 0, z & bit != 0) {
          case (false, false): return nil
          case (true, false): return (.x, qubit)
          case (true, true): return (.y, qubit)
          case (false, true): return (.z, qubit)
          }
        }
        terms.append((coefficient, PauliString(factors)))
      }
    }
    self.init(terms)
  }
}
