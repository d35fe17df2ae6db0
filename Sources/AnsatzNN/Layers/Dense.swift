import AnsatzMath

/// A fully connected layer: `y = x W + b`, `[batch, inputs] → [batch, outputs]`.
///
/// Parameters: `weight` of shape `[inputs, outputs]`, then `bias` of shape `[outputs]`, which starts
/// at zero and is not penalised.
public struct Dense: Layer {
  /// The width of the output.
  public let outputs: Int
  public let inputCount: Int?
  /// Whether a bias is added.
  public let hasBias: Bool
  /// How the weights start.
  public let initializer: Initializer

  /// 2 GB of doubles, which the optimizer needs several times over.
  private static let weightLimit = 1 << 28

  /// - Parameter inputs: The width to insist on; nil takes the width of what comes before.
  public init(
    _ outputs: Int, inputs: Int? = nil, bias: Bool = true, initializer: Initializer = .glorotUniform
  ) {
    self.outputs = outputs
    self.inputCount = inputs
    self.hasBias = bias
    self.initializer = initializer
  }

  public var name: String { "dense" }

  public func outputCount(inputCount: Int) throws -> Int {
    guard outputs > 0 else {
      throw AnsatzError(.usage, "a dense layer needs at least 1 output, not \(outputs)")
    }
    let (weightCount, overflow) = inputCount.multipliedReportingOverflow(by: outputs)
    guard !overflow, weightCount <= Self.weightLimit else {
      throw AnsatzError(
        .usage,
        "\(inputCount) × \(outputs) weights are too many; a dense layer takes up to "
          + "\(Self.weightLimit)")
    }
    return outputs
  }

  public func parameterCount(inputCount: Int) throws -> Int {
    inputCount * outputs + (hasBias ? outputs : 0)
  }

  public func initialParameters(
    inputCount: Int, using random: inout RandomStream
  ) throws -> [Parameter] {
    let weight = initializer.tensor(
      shape: [inputCount, outputs], inputs: inputCount, outputs: outputs, using: &random)
    let bias = Parameter("bias", Tensor(shape: [outputs]), isPenalized: false)
    return [Parameter("weight", weight)] + (hasBias ? [bias] : [])
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, parameters: [Variable<S>], on tape: Tape<S>, context: inout ForwardContext
  ) throws -> Variable<S> {
    guard hasBias else { return tape.matrixProduct(input, parameters[0]) }
    return tape.affine(input, weight: parameters[0], bias: parameters[1])
  }
}
