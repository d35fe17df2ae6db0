// The public operations are one line each, and the loops are internal functions specialised for
// both scalars: generic callers in other modules reach the specialised loop through its generic
// entry. A public specialised function does not work: the optimiser copies its unspecialised body
// into the other module, which measured 3 times slower on a whole training step.

extension Tensor {
  /// The sum, element by element.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    precondition(a.shape == b.shape)
    return Tensor(shape: a.shape, elements: added(a.elements, b.elements))
  }

  /// The difference, element by element.
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    precondition(a.shape == b.shape)
    return Tensor(shape: a.shape, elements: difference(a.elements, b.elements))
  }

  /// The elementwise (Hadamard) product.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    precondition(a.shape == b.shape)
    return Tensor(shape: a.shape, elements: product(a.elements, b.elements))
  }

  /// Every element times a number.
  public static func * (scale: S, a: Tensor) -> Tensor {
    Tensor(shape: a.shape, elements: scaled(a.elements, by: scale))
  }

  /// Adds `other` to this tensor in place.
  public mutating func add(_ other: Tensor) {
    precondition(shape == other.shape)
    accumulate(other.elements, onto: &elements)
  }

  /// The sum of all elements.
  public func sum() -> S { total(elements) }

  /// Sums over the rows: `[rows, columns] → [columns]`.
  public func sumOverRows() -> Tensor {
    Tensor(shape: [rowSize], elements: columnTotals(elements, columns: rowSize))
  }

  /// Adds a vector of shape `[columns]` to every row.
  public func addingToRows(_ vector: Tensor) -> Tensor {
    precondition(vector.count == rowSize)
    return Tensor(shape: shape, elements: addedToRows(elements, vector.elements))
  }

  /// The matrix transpose: `[m, n] → [n, m]`.
  public func transposed() -> Tensor {
    precondition(rank == 2)
    return Tensor(
      shape: [shape[1], shape[0]],
      elements: transposedElements(elements, rows: shape[0], columns: shape[1]))
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func added<S: Scalar>(_ a: [S], _ b: [S]) -> [S] {
  var result = a
  for i in 0..<min(a.count, b.count) { result[i] = a[i] + b[i] }
  return result
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func difference<S: Scalar>(_ a: [S], _ b: [S]) -> [S] {
  var result = a
  for i in 0..<min(a.count, b.count) { result[i] = a[i] - b[i] }
  return result
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func product<S: Scalar>(_ a: [S], _ b: [S]) -> [S] {
  var result = a
  for i in 0..<min(a.count, b.count) { result[i] = a[i] * b[i] }
  return result
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func scaled<S: Scalar>(_ a: [S], by factor: S) -> [S] {
  var result = a
  for i in 0..<a.count { result[i] = factor * a[i] }
  return result
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func accumulate<S: Scalar>(_ b: [S], onto a: inout [S]) {
  for i in 0..<min(a.count, b.count) { a[i] += b[i] }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func total<S: Scalar>(_ a: [S]) -> S {
  var total: S = 0
  for value in a { total += value }
  return total
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func columnTotals<S: Scalar>(_ a: [S], columns: Int) -> [S] {
  var totals = [S](repeating: 0, count: columns)
  guard columns > 0 else { return totals }
  for row in 0..<a.count / columns {
    for c in 0..<columns { totals[c] += a[row * columns + c] }
  }
  return totals
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func addedToRows<S: Scalar>(_ a: [S], _ vector: [S]) -> [S] {
  let columns = vector.count
  var result = a
  guard columns > 0 else { return result }
  for row in 0..<a.count / columns {
    for c in 0..<columns { result[row * columns + c] += vector[c] }
  }
  return result
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func transposedElements<S: Scalar>(_ a: [S], rows: Int, columns: Int) -> [S] {
  var result = [S](repeating: 0, count: a.count)
  for i in 0..<rows {
    for j in 0..<columns { result[j * rows + i] = a[i * columns + j] }
  }
  return result
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func gathered<S: Scalar>(_ a: [S], _ rows: [Int], _ size: Int) -> [S] {
  var result: [S] = []
  result.reserveCapacity(rows.count * size)
  for row in rows { result.append(contentsOf: a[row * size..<(row + 1) * size]) }
  return result
}

@_specialize(where S == Double, T == Float)
@_specialize(where S == Float, T == Double)
func convertedElements<S: Scalar, T: Scalar>(_ a: [S]) -> [T] { a.map { T($0) } }
