import Numerics

extension ComplexMatrix {
  /// The eigenvalues of a Hermitian matrix, ascending.
  ///
  /// - Throws: `AnsatzError` if the matrix holds values that are not finite.
  public func hermitianEigenvalues() throws -> [Double] {
    // The real form has each eigenvalue twice.
    let values = try symmetricEigen(realForm).values
    return stride(from: 0, to: values.count, by: 2).map { (values[$0] + values[$0 + 1]) / 2 }
  }

  /// The matrix with the same eigenvectors as this Hermitian one and `f` of its eigenvalues.
  ///
  /// - Throws: `AnsatzError` if the matrix holds values that are not finite.
  public func hermitianFunction(_ f: (Double) -> Double) throws -> ComplexMatrix {
    let (values, vectors) = try symmetricEigen(realForm)
    var scaled = vectors
    for (i, value) in values.enumerated() {
      let factor = f(value)
      for j in 0..<values.count { scaled[i, j] *= factor }
    }
    let product = matrixProduct(vectors, scaled, transposeA: true)
    return ComplexMatrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { place in
        let (i, j) = (place / columns, place % columns)
        // Both copies, since rounding can tell the two vectors of one eigenvalue apart.
        return Complex(
          (product[i, j] + product[rows + i, rows + j]) / 2,
          (product[rows + i, j] - product[i, rows + j]) / 2)
      })
  }

  /// `[[Re, -Im], [Im, Re]]`, which is symmetric if the matrix is Hermitian.
  private var realForm: Tensor<Double> {
    precondition(rows == columns)
    var form = Tensor<Double>(shape: [2 * rows, 2 * rows])
    for i in 0..<rows {
      for j in 0..<rows {
        form[i, j] = self[i, j].real
        form[rows + i, rows + j] = self[i, j].real
        form[i, rows + j] = -self[i, j].imaginary
        form[rows + i, j] = self[i, j].imaginary
      }
    }
    return form
  }
}
