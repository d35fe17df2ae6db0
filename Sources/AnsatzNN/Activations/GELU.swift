import AnsatzMath

/// The Gaussian error linear unit in its exact form: `y = x Φ(x)`, `Φ(x) = (1 + erf(x / √2)) / 2`.
///
/// The slope is `Φ(x) + x exp(-x² / 2) / √(2π)`.
///
/// - Source: Hendrycks and Gimpel, "Gaussian error linear units" (2016).
public struct GELU: Activation {
  /// The function as it stands in the formula.
  public init() {}

  public var name: String { "gelu" }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    let x = input.value
    return pass.tape.record(gelu(x), parents: [input]) { upstream, _ in [geluGradient(x, upstream)]
    }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func gelu<S: Scalar>(_ x: Tensor<S>) -> Tensor<S> {
  let scale = S(0.5).squareRoot()
  return x.mapped { $0 * (1 + S.erf($0 * scale)) / 2 }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func geluGradient<S: Scalar>(_ x: Tensor<S>, _ upstream: Tensor<S>) -> Tensor<S> {
  let scale = S(0.5).squareRoot()
  let height = 1 / (2 * S.pi).squareRoot()
  return x.combined(with: upstream) { x, g in
    let cumulative = (1 + S.erf(x * scale)) / 2
    let density = height * S.exp(-x * x / 2)
    return g * (cumulative + x * density)
  }
}
