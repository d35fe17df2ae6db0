import AnsatzMath

/// A fully connected layer along the last axis: `y = x W + b`, `[…, inputs] → […, outputs]`.
///
/// Parameters: `weight` of shape `[inputs, outputs]`, then `bias` of shape `[outputs]`, which starts
/// at zero and is not penalised.
public struct Dense: Layer {
  /// The width of the output.
  public let outputs: Int
  /// The width it insists on; nil takes any.
  public let inputs: Int?
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
    self.inputs = inputs
    self.hasBias = bias
    self.initializer = initializer
  }

  public var name: String { "dense" }

  public func outputShape(of input: Shape) throws -> Shape {
    let inputCount = input.width
    if let inputs, inputs != inputCount { throw ShapeError(wanted: "\(inputs) inputs") }
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
    return input.replacingWidth(outputs)
  }

  public func parameterCount(for input: Shape) -> Int {
    input.width * outputs + (hasBias ? outputs : 0)
  }

  public func makeParameters(
    for input: Shape, using random: inout RandomStream
  ) throws -> [Parameter] {
    let inputCount = input.width
    let weight = initializer.tensor(
      shape: [inputCount, outputs], inputs: inputCount, outputs: outputs, using: &random)
    let bias = Parameter("bias", Tensor(shape: [outputs]), isPenalized: false)
    return [Parameter("weight", weight)] + (hasBias ? [bias] : [])
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    let tape = pass.tape
    return tape.alongLastAxis(input) { rows in
      guard hasBias else { return tape.matrixProduct(rows, parameters[0]) }
      return tape.affine(rows, weight: parameters[0], bias: parameters[1])
    }
  }

  public static var examples: [LayerExample] {
    [
      LayerExample(Dense(4), [3]), LayerExample(Dense(2, bias: false), [3], "dense without bias"),
      LayerExample(Dense(3, inputs: 2), [2]), LayerExample(Dense(2), [4, 3]),
      LayerExample(Dense(2), [2, 2, 3]),
    ]
  }
}
