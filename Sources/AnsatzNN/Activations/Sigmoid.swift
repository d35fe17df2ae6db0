import AnsatzMath

/// The logistic function: `y = 1 / (1 + exp(-x))`, with slope `y (1 - y)`.
public struct Sigmoid: Activation {
  /// The function as it stands in the formula.
  public init() {}

  public var name: String { "sigmoid" }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    let y = sigmoid(input.value)
    return pass.tape.record(y, parents: [input]) { upstream, _ in [sigmoidGradient(y, upstream)] }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func sigmoid<S: Scalar>(_ x: Tensor<S>) -> Tensor<S> { x.mapped { 1 / (1 + .exp(-$0)) } }

@_specialize(where S == Double)
@_specialize(where S == Float)
private func sigmoidGradient<S: Scalar>(_ y: Tensor<S>, _ upstream: Tensor<S>) -> Tensor<S> {
  y.combined(with: upstream) { $1 * $0 * (1 - $0) }
}
