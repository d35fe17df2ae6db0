import AnsatzMath

/// The leaky rectifier: `y = x` for x > 0, `slope · x` elsewhere.
///
/// - Source: Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models"
///   (2013).
public struct LeakyReLU: Activation {
  /// The slope below 0.
  public let slope: Double

  /// The function as it stands in the formula.
  public init() { self.init(slope: 0.01) }
  /// With that slope below 0.
  public init(slope: Double) { self.slope = slope }

  public var name: String { "leaky-relu" }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    let (x, slope) = (input.value, S(slope))
    return pass.tape.record(leaky(x, x, slope), parents: [input]) { upstream, _ in
      [leaky(x, upstream, slope)]
    }
  }

  public static var examples: [LayerExample] {
    [
      LayerExample(LeakyReLU(), [3]),
      LayerExample(LeakyReLU(slope: 0.3), [2, 3], "leaky-relu with slope 0.3"),
    ]
  }
}

/// `values`, multiplied by `slope` where x is not positive: the function and its gradient alike.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func leaky<S: Scalar>(_ x: Tensor<S>, _ values: Tensor<S>, _ slope: S) -> Tensor<S> {
  x.combined(with: values) { $0 > 0 ? $1 : slope * $1 }
}
