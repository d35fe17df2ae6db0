import AnsatzMath

/// The hyperbolic tangent: `y = tanh(x)`, with slope `1 - y²`.
public struct Tanh: Activation {
  /// The function as it stands in the formula.
  public init() {}

  public var name: String { "tanh" }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    let y = tanh(input.value)
    return pass.tape.record(y, parents: [input]) { upstream, _ in [tanhGradient(y, upstream)] }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func tanh<S: Scalar>(_ x: Tensor<S>) -> Tensor<S> { x.mapped { .tanh($0) } }

@_specialize(where S == Double)
@_specialize(where S == Float)
private func tanhGradient<S: Scalar>(_ y: Tensor<S>, _ upstream: Tensor<S>) -> Tensor<S> {
  y.combined(with: upstream) { $1 * (1 - $0 * $0) }
}
