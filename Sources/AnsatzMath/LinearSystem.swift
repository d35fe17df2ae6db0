/// The solution of `A x = b` for a square matrix, by elimination with row exchanges.
///
/// For systems of a few dozen unknowns, such as shift rules.
///
/// - Throws: `AnsatzError` if the matrix is singular to rounding.
public func solveLinearSystem(
  _ matrix: Tensor<Double>, _ right: [Double]
) throws(AnsatzError) -> [Double] {
  precondition(matrix.rank == 2 && matrix.shape == [right.count, right.count])
  let n = right.count
  var a = matrix
  var x = right
  let scale = matrix.elements.reduce(0) { max($0, abs($1)) }
  for column in 0..<n {
    let pivot = (column..<n).max { abs(a[$0, column]) < abs(a[$1, column]) } ?? column
    guard abs(a[pivot, column]) > 1e-13 * scale else {
      throw AnsatzError(.badData, "a linear system of \(n) equations is singular")
    }
    if pivot != column {
      for j in 0..<n { (a[column, j], a[pivot, j]) = (a[pivot, j], a[column, j]) }
      x.swapAt(column, pivot)
    }
    for row in column + 1..<max(n, column + 1) {
      let factor = a[row, column] / a[column, column]
      guard factor != 0 else { continue }
      for j in column..<n { a[row, j] -= factor * a[column, j] }
      x[row] -= factor * x[column]
    }
  }
  for row in (0..<n).reversed() {
    for j in row + 1..<max(n, row + 1) { x[row] -= a[row, j] * x[j] }
    x[row] /= a[row, row]
  }
  return x
}

/// The solution of `(A + λ) x = b` for a symmetric positive A, directions without curvature left
/// out.
///
/// - Parameters:
///   - damping: λ, 0 or more.
///   - cutoff: Eigenvalues of A + λ below this part of the largest count as 0.
/// - Throws: `AnsatzError` if the matrix holds values that are not finite.
public func solveSymmetric(
  _ matrix: Tensor<Double>, _ right: [Double], damping: Double = 0, cutoff: Double = 1e-10
) throws -> [Double] {
  guard !right.isEmpty else { return [] }
  let (values, vectors) = try symmetricEigen(matrix)
  let largest = values.reduce(0) { max($0, abs($1)) } + damping
  var solution = [Double](repeating: 0, count: right.count)
  for (i, value) in values.enumerated() where value + damping > cutoff * largest {
    var along = 0.0
    for j in right.indices { along += vectors[i, j] * right[j] }
    along /= value + damping
    for j in right.indices { solution[j] += along * vectors[i, j] }
  }
  return solution
}
