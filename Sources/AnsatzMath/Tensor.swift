/// A dense array of numbers, row-major, of any rank.
public struct Tensor<S: Scalar>: Equatable, Sendable {
  /// How many elements there are along each axis.
  public private(set) var shape: [Int]
  /// All elements in row-major order; `elements.count` is the product of `shape`.
  public var elements: [S]

  /// - Precondition: `elements.count` equals the product of `shape`.
  public init(shape: [Int], elements: [S]) {
    precondition(elements.count == shape.reduce(1, *), "\(elements.count) elements for \(shape)")
    self.shape = shape
    self.elements = elements
  }

  /// The same value everywhere; zeros if none is given.
  public init(repeating value: S = 0, shape: [Int]) {
    self.init(shape: shape, elements: [S](repeating: value, count: shape.reduce(1, *)))
  }

  /// A matrix from rows of equal length; without rows, a tensor of shape `[0, 0]`.
  public init(rows: [[S]]) {
    self.init(shape: [rows.count, rows.first?.count ?? 0], elements: rows.flatMap { $0 })
  }

  /// How many axes there are.
  public var rank: Int { shape.count }
  /// How many elements there are.
  public var count: Int { elements.count }

  /// The number of rows: the first extent.
  public var rowCount: Int { shape.first ?? 1 }
  /// The number of elements in one row: the product of all extents but the first.
  public var rowSize: Int { shape.dropFirst().reduce(1, *) }

  /// The element at a row and a column of a matrix.
  public subscript(row: Int, column: Int) -> S {
    get { elements[row * shape[1] + column] }
    set { elements[row * shape[1] + column] = newValue }
  }

  /// The elements of one row.
  public func row(_ index: Int) -> ArraySlice<S> {
    elements[index * rowSize..<(index + 1) * rowSize]
  }

  /// The rows at the given indices, in that order; repeats are allowed.
  public func rows(at indices: [Int]) -> Tensor {
    Tensor(
      shape: [indices.count] + shape.dropFirst(), elements: gathered(elements, indices, rowSize))
  }

  /// The same elements in another shape of as many.
  public func reshaped(_ shape: [Int]) -> Tensor { Tensor(shape: shape, elements: elements) }

  /// The same values in another precision.
  public func converted<T: Scalar>(to type: T.Type = T.self) -> Tensor<T> {
    if let same = self as? Tensor<T> { return same }
    return Tensor<T>(shape: shape, elements: convertedElements(elements))
  }
}

extension Tensor: Codable {}

/// op(A)·op(B) by BLAS, `[m, k]·[k, n] → [m, n]` after the transpositions asked for.
public func matrixProduct<S: Scalar>(
  _ a: Tensor<S>, _ b: Tensor<S>, transposeA: Bool = false, transposeB: Bool = false
) -> Tensor<S> {
  precondition(a.rank == 2 && b.rank == 2)
  let (m, k) = transposeA ? (a.shape[1], a.shape[0]) : (a.shape[0], a.shape[1])
  let (inner, n) = transposeB ? (b.shape[1], b.shape[0]) : (b.shape[0], b.shape[1])
  precondition(k == inner, "inner extents differ: \(a.shape) and \(b.shape)")
  guard m > 0, n > 0, k > 0 else { return Tensor(shape: [m, n]) }
  let elements = [S](unsafeUninitializedCapacity: m * n) { buffer, count in
    a.elements.withUnsafeBufferPointer { a in
      b.elements.withUnsafeBufferPointer { b in
        guard let pa = a.baseAddress, let pb = b.baseAddress, let pc = buffer.baseAddress else {
          return
        }
        S.gemm(
          transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: 1,
          a: pa, lda: transposeA ? m : k, b: pb, ldb: transposeB ? k : n, beta: 0, c: pc, ldc: n)
      }
    }
    count = m * n
  }
  return Tensor(shape: [m, n], elements: elements)
}
