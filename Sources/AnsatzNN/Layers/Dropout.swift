import AnsatzMath

/// Sets each value to zero with a given probability while training, and scales the others up by
/// `1 / (1 - probability)`, so that the mean stays and predictions need no scaling.
///
/// - Source: Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting"
///   (2014), section 10 (the inverted form).
public struct Dropout: Layer {
  /// How likely a value is dropped.
  public let probability: Double

  /// Drops each value with that probability.
  public init(_ probability: Double) { self.probability = probability }

  public var name: String { "dropout" }

  public func outputShape(of input: Shape) throws -> Shape {
    guard probability >= 0, probability < 1 else {
      throw AnsatzError(
        .usage,
        "the probability of a dropout layer must be at least 0 and less than 1, not "
          + "\(probability)")
    }
    return input
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    guard pass.isTraining, probability > 0 else { return input }
    let mask: Tensor<S> = dropoutMask(
      shape: input.value.shape, probability: probability, using: &pass.context.dropout)
    return pass.tape.product(input, constant: mask)
  }

  public static var examples: [LayerExample] {
    [LayerExample(Dropout(0.4), [3]), LayerExample(Dropout(0), [2, 3])]
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func dropoutMask<S: Scalar>(
  shape: [Int], probability: Double, using random: inout RandomStream
) -> Tensor<S> {
  var mask = Tensor<S>(repeating: S(1 / (1 - probability)), shape: shape)
  for i in 0..<mask.count where random.uniform() < probability { mask.elements[i] = 0 }
  return mask
}
