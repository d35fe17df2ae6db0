import AnsatzMath

/// Layers one after the other, written as a list with loops and conditions:
///
/// ```swift
/// let classifier = Sequential {
///   for width in hidden {
///     Dense(width)
///     ReLU()
///   }
///   if dropout > 0 { Dropout(dropout) }
///   Dense(classes)
/// }
/// ```
public struct Sequential: Sendable {
  /// In the order data pass through them.
  public let layers: [any Layer]

  /// These layers, one after the other.
  public init(_ layers: [any Layer]) { self.layers = layers }

  /// These layers, one after the other.
  public init(@LayerBuilder _ layers: () throws -> [any Layer]) rethrows {
    self.layers = try layers()
  }

  /// The width after each layer, for data of the given width.
  ///
  /// - Throws: `AnsatzError` that names both layers where one does not take what the other gives,
  ///   or the layer that cannot work as configured.
  public func widths(inputs: Int) throws -> [Int] {
    guard !layers.isEmpty else {
      throw AnsatzError(.usage, "the network has no layers; add at least one, such as Dense(2)")
    }
    guard inputs > 0 else {
      throw AnsatzError(.usage, "the network has \(inputs) inputs; it needs at least 1")
    }
    var width = inputs
    var widths: [Int] = []
    for (index, layer) in layers.enumerated() {
      if let wanted = layer.inputCount, wanted != width {
        let source =
          index == 0
          ? "the data have \(width) features"
          : "layer \(index) (\(layers[index - 1].name)) gives \(width)"
        throw AnsatzError(
          .usage,
          "layer \(index + 1) (\(layer.name)) takes \(wanted) inputs, but \(source); "
            + "make the two equal or put a dense layer between them")
      }
      do {
        width = try layer.outputCount(inputCount: width)
      } catch let error as AnsatzError {
        throw AnsatzError(
          error.category, "layer \(index + 1) (\(layer.name)): \(error.message)")
      }
      widths.append(width)
    }
    return widths
  }
}

/// Gathers the lines of a `Sequential { }`: layers, other sequentials, loops and conditions.
@resultBuilder
public enum LayerBuilder {
  /// A line of the block: a layer, or several.
  public static func buildExpression(_ layer: some Layer) -> [any Layer] { [layer] }
  /// A line of the block: a layer, or several.
  public static func buildExpression(_ layer: any Layer) -> [any Layer] { [layer] }
  /// A line of the block: a layer, or several.
  public static func buildExpression(_ layers: [any Layer]) -> [any Layer] { layers }
  /// A line of the block: a layer, or several.
  public static func buildExpression(_ sequential: Sequential) -> [any Layer] { sequential.layers }
  /// The lines one after the other.
  public static func buildBlock(_ parts: [any Layer]...) -> [any Layer] { parts.flatMap { $0 } }
  /// What a loop made, one pass after the other.
  public static func buildArray(_ parts: [[any Layer]]) -> [any Layer] { parts.flatMap { $0 } }
  /// An `if` without `else`.
  public static func buildOptional(_ part: [any Layer]?) -> [any Layer] { part ?? [] }
  /// The first branch of an `if` or `switch`.
  public static func buildEither(first part: [any Layer]) -> [any Layer] { part }
  /// The other branches of an `if` or `switch`.
  public static func buildEither(second part: [any Layer]) -> [any Layer] { part }
}
