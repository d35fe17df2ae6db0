import AnsatzMath

/// A layer whose parameters keep their initial values.
///
/// They are not counted as trainable, and no gradient is computed for them; gradients still flow
/// through the layer to what comes before.
public struct Frozen: Layer {
  /// The layer whose parameters stay.
  public let layer: any Layer

  /// The layer, never trained.
  public init(_ layer: any Layer) { self.layer = layer }

  public var name: String { layer.name }
  public var inputCount: Int? { layer.inputCount }

  public func outputCount(inputCount: Int) throws -> Int {
    try layer.outputCount(inputCount: inputCount)
  }

  public func parameterCount(inputCount: Int) throws -> Int {
    try layer.parameterCount(inputCount: inputCount)
  }

  public func initialParameters(
    inputCount: Int, using random: inout RandomStream
  ) throws -> [Parameter] {
    try layer.initialParameters(inputCount: inputCount, using: &random).map { parameter in
      var frozen = parameter
      frozen.isTrainable = false
      return frozen
    }
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, parameters: [Variable<S>], on tape: Tape<S>, context: inout ForwardContext
  ) throws -> Variable<S> {
    try layer.forward(input, parameters: parameters, on: tape, context: &context)
  }
}

extension Layer {
  /// The same layer, never trained.
  public func frozen() -> Frozen { Frozen(self) }
}
