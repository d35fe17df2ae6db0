import AnsatzMath

/// Which elements of a tensor count: padding, or what a position must not see.
public struct BooleanMask: Equatable, Sendable {
  /// How many elements there are along each axis.
  public let shape: [Int]
  /// Whether each counts, row-major.
  public let values: [Bool]

  /// - Throws: `AnsatzError` if the values do not fill the shape.
  public init(shape: [Int], values: [Bool]) throws {
    guard shape.allSatisfy({ $0 >= 0 }), shape.reduce(1, *) == values.count else {
      throw AnsatzError(.usage, "a mask of shape \(shape) with \(values.count) values")
    }
    (self.shape, self.values) = (shape, values)
  }

  /// `[count, count]`: each position (row) sees itself and those before it.
  public static func causal(_ count: Int) -> BooleanMask {
    let count = max(0, count)
    return BooleanMask(
      unchecked: [count, count],
      (0..<count).flatMap { row in (0..<count).map { $0 <= row } })
  }

  /// `[lengths, count]`: of each sequence the first positions, as many as its length.
  public static func lengths(_ lengths: [Int], count: Int) -> BooleanMask {
    let count = max(0, count)
    return BooleanMask(
      unchecked: [lengths.count, count],
      lengths.flatMap { length in (0..<count).map { $0 < length } })
  }

  private init(unchecked shape: [Int], _ values: [Bool]) {
    (self.shape, self.values) = (shape, values)
  }

  /// 1 where an element counts, else 0.
  public func numbers<S: Scalar>(of type: S.Type = S.self) -> Tensor<S> {
    Tensor(shape: shape, elements: values.map { $0 ? 1 : 0 })
  }
}
