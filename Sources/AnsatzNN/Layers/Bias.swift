import AnsatzMath

/// Adds a trainable bias to every value: `y = x + b`, with `bias` of shape `[inputs]`.
///
/// Not penalised.
public struct Bias: Layer {
  /// The value before training.
  public let initial: Double

  /// With that value before training.
  public init(initial: Double = 0) { self.initial = initial }

  public var name: String { "bias" }

  public func initialParameters(
    inputCount: Int, using random: inout RandomStream
  ) throws -> [Parameter] {
    [Parameter("bias", Tensor(repeating: initial, shape: [inputCount]), isPenalized: false)]
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, parameters: [Variable<S>], on tape: Tape<S>, context: inout ForwardContext
  ) throws -> Variable<S> { tape.addingToRows(input, parameters[0]) }
}
