import CBLAS
import Numerics

extension ComplexMatrix {
  /// A block of rows and columns.
  public func block(rows: Range<Int>, columns: Range<Int>) -> ComplexMatrix {
    ComplexMatrix(
      rows: rows.count, columns: columns.count,
      elements: rows.flatMap { row in columns.map { self[row, $0] } })
  }

  /// The elements column by column, as LAPACK has them.
  private var columnMajor: [Complex<Double>] {
    (0..<columns).flatMap { column in (0..<rows).map { self[$0, column] } }
  }

  private init(order: Int, columnMajor: [Complex<Double>]) {
    self.init(
      rows: order, columns: order,
      elements: (0..<order * order).map { columnMajor[$0 % order * order + $0 / order] })
  }

  /// A unitary of even order as `(left.0 ⊕ left.1) · [[C, -S], [S, C]] · (right.0 ⊕ right.1)` with C
  /// and S the diagonals of the angles' cosines and sines, by LAPACK's `zuncsd`.
  ///
  /// - Returns: The four unitaries of half the order, and the angles in radians, 0...π/2; nil if
  ///   LAPACK does not converge.
  public func cosineSineFactors() -> (
    left: (ComplexMatrix, ComplexMatrix), angles: [Double], right: (ComplexMatrix, ComplexMatrix)
  )? {
    precondition(rows == columns && rows % 2 == 0)
    let half = rows / 2
    var (m, p) = (Int32(rows), Int32(half))
    func part(_ i: Int, _ j: Int) -> [Complex<Double>] {
      block(rows: i * half..<(i + 1) * half, columns: j * half..<(j + 1) * half).columnMajor
    }
    var (x11, x12, x21, x22) = (part(0, 0), part(0, 1), part(1, 0), part(1, 1))
    let zeros = [Complex<Double>](repeating: 0, count: half * half)
    var (u1, u2, v1, v2) = (zeros, zeros, zeros, zeros)
    var angles = [Double](repeating: 0, count: half)
    var work: [Complex<Double>] = [0]
    var rwork = [0.0]
    var iwork = [Int32](repeating: 0, count: rows)
    var (size, rsize, info): (Int32, Int32, Int32) = (-1, -1, 0)
    // The first call asks for the sizes of the work arrays.
    for _ in 0..<2 {
      zuncsd_(
        "Y", "Y", "Y", "Y", "N", "D", &m, &p, &p, &x11, &p, &x12, &p, &x21, &p,
        &x22, &p, &angles, &u1, &p, &u2, &p, &v1, &p, &v2, &p, &work, &size, &rwork, &rsize,
        &iwork, &info)
      guard info == 0 else { return nil }
      if size > 0 { break }
      (size, rsize) = (Int32(work[0].real), Int32(rwork[0]))
      work = [Complex<Double>](repeating: 0, count: max(1, Int(size)))
      rwork = [Double](repeating: 0, count: max(1, Int(rsize)))
    }
    return (
      (ComplexMatrix(order: half, columnMajor: u1), ComplexMatrix(order: half, columnMajor: u2)),
      angles,
      (ComplexMatrix(order: half, columnMajor: v1), ComplexMatrix(order: half, columnMajor: v2))
    )
  }

  /// A unitary as `vectors · diag(e^{i phases}) · vectors†`, by LAPACK's `zgees`.
  ///
  /// - Returns: Orthonormal eigenvectors as columns, and the phases in radians, -π...π; nil if LAPACK
  ///   does not converge.
  public func unitaryEigen() -> (phases: [Double], vectors: ComplexMatrix)? {
    precondition(rows == columns)
    var order = Int32(rows)
    var a = columnMajor
    var (values, vectors) = (
      [Complex<Double>](repeating: 0, count: rows),
      [Complex<Double>](repeating: 0, count: rows * rows)
    )
    var work: [Complex<Double>] = [0]
    var rwork = [Double](repeating: 0, count: rows)
    var bwork = [Int32](repeating: 0, count: rows)
    var (selected, size, info): (Int32, Int32, Int32) = (0, -1, 0)
    for _ in 0..<2 {
      zgees_(
        "V", "N", nil, &order, &a, &order, &selected, &values, &vectors, &order, &work, &size,
        &rwork, &bwork, &info)
      guard info == 0 else { return nil }
      if size > 0 { break }
      size = Int32(work[0].real)
      work = [Complex<Double>](repeating: 0, count: max(1, Int(size)))
    }
    return (values.map(\.phase), ComplexMatrix(order: rows, columnMajor: vectors))
  }

  /// The principal power of a unitary: each eigenvalue `e^{iφ}`, φ in (-π, π], becomes `e^{ikφ}`.
  ///
  /// - Returns: nil if LAPACK does not converge, or the exponent is beyond all bounds.
  public func unitaryPower(_ exponent: Double) -> ComplexMatrix? {
    guard (4 * exponent).isFinite, let (phases, vectors) = unitaryEigen() else { return nil }
    // An eigenvalue -1 may come out just below the cut.
    let principal = phases.map { $0 < -.pi + 1e-9 ? $0 + 2 * .pi : $0 }
    let powers = principal.map { Complex<Double>(length: 1, phase: exponent * $0) }
    return vectors * .diagonal(powers) * vectors.adjoint
  }
}
