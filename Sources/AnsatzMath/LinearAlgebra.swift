import CBLAS
import Numerics

/// The eigenvalues (ascending) and orthonormal eigenvectors (as rows) of a real symmetric matrix,
/// by LAPACK's `dsyev`.
///
/// - Throws: `AnsatzError` if the matrix holds values that are not finite or LAPACK does not
///   converge.
public func symmetricEigen(
  _ matrix: Tensor<Double>
) throws -> (values: [Double], vectors: Tensor<Double>) {
  precondition(matrix.rank == 2 && matrix.shape[0] == matrix.shape[1])
  guard matrix.elements.allSatisfy(\.isFinite) else {
    throw AnsatzError(.badData, "cannot decompose a matrix with values that are not finite")
  }
  var order = Int32(matrix.shape[0])
  var a = matrix.elements
  var values = [Double](repeating: 0, count: matrix.shape[0])
  var info: Int32 = 0
  var size: Int32 = -1
  var query = 0.0
  dsyev_("V", "U", &order, &a, &order, &values, &query, &size, &info)
  size = Int32(query)
  var work = [Double](repeating: 0, count: max(1, Int(size)))
  dsyev_("V", "U", &order, &a, &order, &values, &work, &size, &info)
  guard info == 0 else {
    throw AnsatzError(.software, "eigenvalue decomposition did not converge (dsyev: \(info))")
  }
  // LAPACK's columns are our rows: it stores column-major.
  return (values, Tensor(shape: matrix.shape, elements: a))
}

/// A dense complex matrix, row-major, in double precision. For gates and oracles, not for states.
public struct ComplexMatrix: Hashable, Sendable {
  /// How many rows there are.
  public let rows: Int
  /// How many columns there are.
  public let columns: Int
  /// Row by row.
  public var elements: [Complex<Double>]

  /// A matrix from its elements, row by row.
  public init(rows: Int, columns: Int, elements: [Complex<Double>]) {
    precondition(elements.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// A matrix from its rows, which must be as long as each other.
  public init(_ rows: [[Complex<Double>]]) {
    self.init(
      rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
  }

  /// The identity of that order.
  public static func identity(_ order: Int) -> ComplexMatrix {
    diagonal([Complex<Double>](repeating: 1, count: order))
  }

  /// These entries on the diagonal, 0 elsewhere.
  public static func diagonal(_ entries: [Complex<Double>]) -> ComplexMatrix {
    let order = entries.count
    var matrix = ComplexMatrix(
      rows: order, columns: order, elements: [Complex<Double>](repeating: 0, count: order * order))
    for i in 0..<order { matrix[i, i] = entries[i] }
    return matrix
  }

  /// The element at a row and a column.
  public subscript(row: Int, column: Int) -> Complex<Double> {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// The matrix product, or a matrix times a number.
  public static func * (a: ComplexMatrix, b: ComplexMatrix) -> ComplexMatrix {
    precondition(a.columns == b.rows)
    var c = ComplexMatrix(
      rows: a.rows, columns: b.columns,
      elements: [Complex<Double>](repeating: 0, count: a.rows * b.columns))
    for i in 0..<a.rows {
      for k in 0..<a.columns where a[i, k] != 0 {
        for j in 0..<b.columns { c[i, j] += a[i, k] * b[k, j] }
      }
    }
    return c
  }

  /// The sum, element by element.
  public static func + (a: ComplexMatrix, b: ComplexMatrix) -> ComplexMatrix {
    ComplexMatrix(
      rows: a.rows, columns: a.columns, elements: zip(a.elements, b.elements).map { $0 + $1 })
  }

  /// The matrix product, or a matrix times a number.
  public static func * (scale: Complex<Double>, a: ComplexMatrix) -> ComplexMatrix {
    ComplexMatrix(rows: a.rows, columns: a.columns, elements: a.elements.map { scale * $0 })
  }

  /// The Kronecker product `self ⊗ other`: `self` acts on the more significant bits.
  public func kronecker(_ other: ComplexMatrix) -> ComplexMatrix {
    var result = ComplexMatrix(
      rows: rows * other.rows, columns: columns * other.columns,
      elements: [Complex<Double>](
        repeating: 0, count: rows * other.rows * columns * other.columns))
    for i in 0..<rows {
      for j in 0..<columns {
        for k in 0..<other.rows {
          for l in 0..<other.columns {
            result[i * other.rows + k, j * other.columns + l] = self[i, j] * other[k, l]
          }
        }
      }
    }
    return result
  }

  /// The conjugate transpose.
  public var adjoint: ComplexMatrix {
    var result = ComplexMatrix(rows: columns, columns: rows, elements: elements)
    for i in 0..<rows {
      for j in 0..<columns { result[j, i] = self[i, j].conjugate }
    }
    return result
  }

  /// The largest absolute difference between elements.
  public func maximumDifference(from other: ComplexMatrix) -> Double {
    zip(elements, other.elements).map { ($0 - $1).length }.max() ?? 0
  }
}
