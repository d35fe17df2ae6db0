/// A dense array of numbers, row-major, of any rank.
public struct Tensor<S: Scalar>: Equatable, Sendable {
  public private(set) var shape: [Int]
  /// All elements in row-major order; `elements.count` is the product of `shape`.
  public var elements: [S]

  /// - Precondition: `elements.count` equals the product of `shape`.
  public init(shape: [Int], elements: [S]) {
    precondition(elements.count == shape.reduce(1, *), "\(elements.count) elements for \(shape)")
    self.shape = shape
    self.elements = elements
  }

  public init(repeating value: S = 0, shape: [Int]) {
    self.init(shape: shape, elements: [S](repeating: value, count: shape.reduce(1, *)))
  }

  /// A matrix from rows of equal length; without rows, a tensor of shape `[0, 0]`.
  public init(rows: [[S]]) {
    self.init(shape: [rows.count, rows.first?.count ?? 0], elements: rows.flatMap { $0 })
  }

  public var rank: Int { shape.count }
  public var count: Int { elements.count }

  /// The number of rows: the first extent.
  public var rowCount: Int { shape.first ?? 1 }
  /// The number of elements in one row: the product of all extents but the first.
  public var rowSize: Int { shape.dropFirst().reduce(1, *) }

  public subscript(row: Int, column: Int) -> S {
    get { elements[row * shape[1] + column] }
    set { elements[row * shape[1] + column] = newValue }
  }

  public func row(_ index: Int) -> ArraySlice<S> {
    elements[index * rowSize..<(index + 1) * rowSize]
  }

  /// The rows at the given indices, in that order; repeats are allowed.
  public func rows(at indices: [Int]) -> Tensor {
    var gathered: [S] = []
    gathered.reserveCapacity(indices.count * rowSize)
    for index in indices { gathered.append(contentsOf: row(index)) }
    return Tensor(shape: [indices.count] + shape.dropFirst(), elements: gathered)
  }

  public func reshaped(_ shape: [Int]) -> Tensor { Tensor(shape: shape, elements: elements) }

  public func converted<T: Scalar>(to type: T.Type = T.self) -> Tensor<T> {
    if let same = self as? Tensor<T> { return same }
    return Tensor<T>(shape: shape, elements: elements.map { T($0) })
  }
}

extension Tensor: Codable {}

// Arithmetic. The loops are specialised for both scalars because unspecialised generic code that
// is called across modules runs orders of magnitude slower.
extension Tensor {
  @_specialize(exported:true,where S == Double)
  @_specialize(exported:true,where S == Float)
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    precondition(a.shape == b.shape)
    var result = a
    for i in 0..<a.elements.count { result.elements[i] = a.elements[i] + b.elements[i] }
    return result
  }

  @_specialize(exported:true,where S == Double)
  @_specialize(exported:true,where S == Float)
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    precondition(a.shape == b.shape)
    var result = a
    for i in 0..<a.elements.count { result.elements[i] = a.elements[i] - b.elements[i] }
    return result
  }

  /// The elementwise (Hadamard) product.
  @_specialize(exported:true,where S == Double)
  @_specialize(exported:true,where S == Float)
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    precondition(a.shape == b.shape)
    var result = a
    for i in 0..<a.elements.count { result.elements[i] = a.elements[i] * b.elements[i] }
    return result
  }

  @_specialize(exported:true,where S == Double)
  @_specialize(exported:true,where S == Float)
  public static func * (scale: S, a: Tensor) -> Tensor {
    var result = a
    for i in 0..<a.elements.count { result.elements[i] = scale * a.elements[i] }
    return result
  }

  /// Adds `other` to this tensor in place.
  @_specialize(exported:true,where S == Double)
  @_specialize(exported:true,where S == Float)
  public mutating func add(_ other: Tensor) {
    precondition(shape == other.shape)
    for i in 0..<elements.count { elements[i] += other.elements[i] }
  }

  @_specialize(exported:true,where S == Double)
  @_specialize(exported:true,where S == Float)
  public func sum() -> S {
    var total: S = 0
    for i in 0..<elements.count { total += elements[i] }
    return total
  }

  /// Sums over the rows: `[rows, columns] → [columns]`.
  @_specialize(exported:true,where S == Double)
  @_specialize(exported:true,where S == Float)
  public func sumOverRows() -> Tensor {
    let columns = rowSize
    var total = [S](repeating: 0, count: columns)
    for r in 0..<rowCount {
      for c in 0..<columns { total[c] += elements[r * columns + c] }
    }
    return Tensor(shape: [columns], elements: total)
  }

  /// Adds a vector of shape `[columns]` to every row.
  @_specialize(exported:true,where S == Double)
  @_specialize(exported:true,where S == Float)
  public func addingToRows(_ vector: Tensor) -> Tensor {
    let columns = rowSize
    precondition(vector.count == columns)
    var result = self
    for r in 0..<rowCount {
      for c in 0..<columns { result.elements[r * columns + c] += vector.elements[c] }
    }
    return result
  }

  /// The matrix transpose: `[m, n] → [n, m]`.
  @_specialize(exported:true,where S == Double)
  @_specialize(exported:true,where S == Float)
  public func transposed() -> Tensor {
    precondition(rank == 2)
    let (m, n) = (shape[0], shape[1])
    var result = Tensor(shape: [n, m])
    for i in 0..<m {
      for j in 0..<n { result.elements[j * m + i] = elements[i * n + j] }
    }
    return result
  }
}

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
