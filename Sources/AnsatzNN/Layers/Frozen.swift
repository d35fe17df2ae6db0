import AnsatzMath

/// A layer whose parameters, and those of all layers inside it, keep their initial values.
///
/// They are not counted as trainable, and no gradient is computed for them; gradients still flow
/// through the layer to what comes before. Names of parameters are those of the layer inside.
public struct Frozen: Layer {
  /// The layer whose parameters stay.
  public let layer: any Layer

  /// The layer, never trained.
  public init(_ layer: any Layer) { self.layer = layer }

  public var name: String { layer.name }
  public var isTrainable: Bool { false }
  public var children: [any Layer] { [layer] }
  public func pathComponent(ofChild index: Int) -> String? { nil }

  public func mapChildren(_ transform: (any Layer) throws -> any Layer) rethrows -> Frozen {
    Frozen(try transform(layer))
  }

  public func outputShape(of input: Shape) throws -> Shape { try layer.outputShape(of: input) }

  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    try layer.forward(input, parameters.child(0), in: &pass)
  }

  public static var examples: [LayerExample] {
    [LayerExample(Dense(3).frozen(), [3], "frozen dense on [3]")]
  }
}

extension Layer {
  /// The same layer, never trained.
  public func frozen() -> Frozen { Frozen(self) }
}
