import CBLAS
import Numerics

extension ComplexMatrix {
  /// A Hermitian matrix as `vectors · diag(values) · vectors†`, by LAPACK's `zheev`.
  ///
  /// - Returns: The eigenvalues in rising order and the eigenvectors as columns; nil if LAPACK does
  ///   not converge.
  public func hermitianEigen() -> (values: [Double], vectors: ComplexMatrix)? {
    precondition(rows == columns)
    var order = Int32(rows)
    // Column by column, as LAPACK has it.
    var a = (0..<columns).flatMap { column in (0..<rows).map { self[$0, column] } }
    var values = [Double](repeating: 0, count: rows)
    var work: [Complex<Double>] = [0]
    var rwork = [Double](repeating: 0, count: max(1, 3 * rows - 2))
    var (size, info): (Int32, Int32) = (-1, 0)
    // The first call asks for the size of the work array.
    for _ in 0..<2 {
      zheev_("V", "U", &order, &a, &order, &values, &work, &size, &rwork, &info)
      guard info == 0 else { return nil }
      if size > 0 { break }
      size = Int32(work[0].real)
      work = [Complex<Double>](repeating: 0, count: max(1, Int(size)))
    }
    let vectors = ComplexMatrix(
      rows: rows, columns: rows,
      elements: (0..<rows * rows).map { a[$0 % rows * rows + $0 / rows] })
    return (values, vectors)
  }

  /// The matrix with the same eigenvectors as this Hermitian one and `f` of its eigenvalues.
  ///
  /// - Throws: `AnsatzError` if the matrix holds values that are not finite.
  public func hermitianFunction(_ f: (Double) -> Double) throws(AnsatzError) -> ComplexMatrix {
    guard elements.allSatisfy(\.isFinite), let (values, vectors) = hermitianEigen() else {
      throw AnsatzError(.badData, "cannot decompose a matrix with values that are not finite")
    }
    return vectors * .diagonal(values.map { Complex(f($0)) }) * vectors.adjoint
  }

  /// The sum of the diagonal.
  public var trace: Complex<Double> {
    (0..<min(rows, columns)).reduce(Complex<Double>.zero) { $0 + self[$1, $1] }
  }
}
