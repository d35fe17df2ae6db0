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
public struct Sequential: Layer {
  /// In the order data pass through them.
  public let layers: [any Layer]

  /// These layers, one after the other.
  public init(_ layers: [any Layer]) { self.layers = layers }

  /// These layers, one after the other.
  public init(@LayerBuilder _ layers: () throws -> [any Layer]) rethrows {
    self.layers = try layers()
  }

  public var name: String { "sequential" }
  public var children: [any Layer] { layers }

  public func mapChildren(_ transform: (any Layer) throws -> any Layer) rethrows -> Sequential {
    Sequential(try layers.map(transform))
  }

  public func childShapes(of input: Shape) throws -> [Shape] {
    [input] + (try shapes(of: input)).dropLast()
  }

  public func outputShape(of input: Shape) throws -> Shape {
    try shapes(of: input).last ?? input
  }

  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    var value = input
    for (index, layer) in layers.enumerated() {
      try StopFlag.check()
      do {
        value = try layer.forward(value, parameters.child(index), in: &pass)
      } catch let error as AnsatzError {
        // A circuit refuses numbers that are not finite as its inputs, which they are not to a user.
        guard index > 0, let place = firstNonFinite(value.value.elements) else { throw error }
        throw NonFiniteValues(
          layer: "layer \(index) (\(layers[index - 1].name))",
          value: Double(value.value.elements[place]))
      }
    }
    return value
  }

  /// The shape after each layer, for data of the given shape.
  ///
  /// - Throws: `AnsatzError` that names both layers where one does not take what the other gives,
  ///   or the layer that cannot work as configured.
  public func shapes(of input: Shape) throws -> [Shape] {
    guard !layers.isEmpty else {
      throw AnsatzError(.usage, "the network has no layers; add at least one, such as Dense(2)")
    }
    guard input.extents.allSatisfy({ $0 > 0 }) else {
      throw AnsatzError(.usage, "the network has \(input.text) inputs; it needs at least 1")
    }
    var shape = input
    var shapes: [Shape] = []
    for (index, layer) in layers.enumerated() {
      do {
        shape = try layer.outputShape(of: shape)
      } catch let error as ShapeError {
        let source =
          index == 0
          ? "the data have " + (shape.rank == 1 ? "\(shape.width) features" : shape.text)
          : "layer \(index) (\(layers[index - 1].name)) gives \(shape.text)"
        throw AnsatzError(
          .usage,
          "layer \(index + 1) (\(layer.name)) takes \(error.wanted), but \(source); "
            + "make the two equal or put a dense layer between them")
      } catch let error as AnsatzError {
        throw AnsatzError(
          error.category, "layer \(index + 1) (\(layer.name)): \(error.message)")
      }
      shapes.append(shape)
    }
    return shapes
  }

  /// The width after each layer, for rows of so many features.
  ///
  /// - Throws: As `shapes(of:)`.
  public func widths(inputs: Int) throws -> [Int] { try shapes(of: [inputs]).map(\.count) }

  public static var examples: [LayerExample] {
    let layers = Sequential {
      Dense(4)
      Tanh()
      Sequential([Dense(2), Bias(initial: 0.1)]).frozen()
      Dense(3)
    }
    return [LayerExample(layers, [3]), LayerExample(layers, [2, 3])]
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
