import AnsatzMath

/// The rectifier: `y = max(x, 0)`, with slope 1 for x > 0 and 0 elsewhere, at 0 too.
public struct ReLU: Activation {
  /// The function as it stands in the formula.
  public init() {}

  public var name: String { "relu" }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    let y = rectified(input.value)
    return pass.tape.record(y, parents: [input]) { upstream, _ in [rectifiedGradient(y, upstream)] }
  }
}

// NaN passes through, so that a training gone wrong is seen and not rectified away.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func rectified<S: Scalar>(_ x: Tensor<S>) -> Tensor<S> { x.mapped { $0 < 0 ? 0 : $0 } }

@_specialize(where S == Double)
@_specialize(where S == Float)
private func rectifiedGradient<S: Scalar>(_ y: Tensor<S>, _ upstream: Tensor<S>) -> Tensor<S> {
  y.combined(with: upstream) { $0 > 0 ? $1 : 0 }
}
