import AnsatzMath

/// Whole numbers that say where to look, in a shape: token numbers `[batch, time]`, for example.
/// They are data, never differentiated.
public struct Indices: Equatable, Sendable {
  /// How many there are along each axis.
  public let shape: [Int]
  /// All of them, row-major.
  public let values: [Int]

  /// A list of them.
  public init(_ values: [Int]) { (shape, self.values) = ([values.count], values) }

  /// - Throws: `AnsatzError` if the values do not fill the shape.
  public init(shape: [Int], values: [Int]) throws {
    guard shape.allSatisfy({ $0 >= 0 }), shape.reduce(1, *) == values.count else {
      throw AnsatzError(.usage, "indices of shape \(shape) with \(values.count) values")
    }
    (self.shape, self.values) = (shape, values)
  }

  /// - Throws: `AnsatzError` naming the first index that is not in 0..<count.
  func validate(below count: Int, in operation: String) throws {
    guard let place = values.firstIndex(where: { !(0..<count).contains($0) }) else { return }
    throw AnsatzError(
      .badData,
      "\(operation): index \(values[place]) at place \(place) is out of range; "
        + (count > 0 ? "there are 0...\(count - 1)" : "there is nothing to choose from"))
  }
}
