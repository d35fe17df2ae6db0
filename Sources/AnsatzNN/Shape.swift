/// The extents of one sample, without the batch: `[features]`, `[time, width]`,
/// `[channels, height, width]`.
///
/// ```swift
/// let image: Shape = [1, 28, 28]
/// image.count  // 784
/// ```
public struct Shape: Hashable, Codable, Sendable, ExpressibleByArrayLiteral,
  CustomStringConvertible
{
  /// From the outermost axis to the innermost.
  public let extents: [Int]

  /// A sample of these extents.
  public init(_ extents: [Int]) { self.extents = extents }

  public init(arrayLiteral extents: Int...) { self.init(extents) }

  public init(from decoder: any Decoder) throws {
    extents = try decoder.singleValueContainer().decode([Int].self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(extents)
  }

  /// How many axes there are.
  public var rank: Int { extents.count }
  /// How many numbers a sample has.
  public var count: Int { extents.reduce(1, *) }
  /// The extent of the innermost axis; 1 for a single number.
  public var width: Int { extents.last ?? 1 }

  /// The same sample with another innermost extent.
  public func replacingWidth(_ width: Int) -> Shape { Shape(extents.dropLast() + [width]) }

  public var description: String { "\(extents)" }

  /// What a layer gives, in words: `3` for a row of numbers, else the shape.
  var text: String { rank == 1 ? "\(width)" : "shape \(extents)" }
}

/// What a layer throws when it does not take a shape; networks add which layer and where the shape
/// came from.
public struct ShapeError: Error, Sendable {
  /// What it takes, to follow "takes": `4 inputs`, `a row of numbers`.
  public let wanted: String

  /// A refusal that says what would be taken.
  public init(wanted: String) { self.wanted = wanted }
}
