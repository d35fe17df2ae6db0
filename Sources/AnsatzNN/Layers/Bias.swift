import AnsatzMath

/// Adds a trainable bias to every value: `y = x + b` along the last axis, with `bias`
/// of shape `[width]`.
///
/// Not penalised.
public struct Bias: Layer {
  /// The value before training.
  public let initial: Double

  /// With that value before training.
  public init(initial: Double = 0) { self.initial = initial }

  public var name: String { "bias" }

  public func makeParameters(
    for input: Shape, using random: inout RandomStream
  ) throws -> [Parameter] {
    [Parameter("bias", Tensor(repeating: initial, shape: [input.width]), isPenalized: false)]
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    let tape = pass.tape
    return tape.alongLastAxis(input) { tape.addingToRows($0, parameters[0]) }
  }

  public static var examples: [LayerExample] {
    [LayerExample(Bias(initial: 0.2), [3]), LayerExample(Bias(), [2, 3])]
  }
}
