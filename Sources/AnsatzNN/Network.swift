import AnsatzMath
import AnsatzOptimizers

/// A `Sequential` with its parameter tensors.
public struct Network<S: Scalar>: Sendable {
  /// The layers.
  public let sequential: Sequential
  /// The shape of a sample.
  public let input: Shape
  /// The shape of what the last layer gives for a sample.
  public let output: Shape
  /// All parameters, layer by layer in the order of the layers' declarations.
  public internal(set) var parameters: [NetworkParameter<S>]
  private let layout: ParameterLayout
  /// Where the weights of circuits stand among the parameters.
  let circuitParameters: [Int]

  /// Builds the network with fresh parameters.
  ///
  /// Each layer draws from a stream of its own, so a change in one layer leaves the start of the
  /// others as it was.
  ///
  /// - Throws: `AnsatzError` when the layers do not fit each other or the inputs, naming both, and
  ///   for more weights than memory holds.
  public init(_ sequential: Sequential, input: Shape, seed: UInt64) throws {
    output = try sequential.outputShape(of: input)
    let count = try sequential.countOfAllParameters(for: input)
    // The values, their gradients, and two numbers that most optimizers keep for each.
    try MemoryLimit.check(
      "a network of \(MemoryLimit.written(count)) weights with their gradients",
      bytes: 4 * count * Double(MemoryLayout<S>.stride), mend: "use narrower or fewer layers")
    var maker = ParameterMaker<S>(seed: seed)
    layout = try maker.add(sequential, for: input)
    circuitParameters = layout.circuits(in: sequential).flatMap { Array($0.parameters) }
    self.sequential = sequential
    self.input = input
    parameters = maker.parameters
  }

  /// Builds the network for rows of so many features.
  ///
  /// - Throws: `AnsatzError` when the layers do not fit each other or the inputs, naming both.
  public init(_ sequential: Sequential, inputs: Int, seed: UInt64) throws {
    try self.init(sequential, input: [inputs], seed: seed)
  }

  /// How many numbers a sample has.
  public var inputCount: Int { input.count }
  /// How many numbers the last layer gives for a sample.
  public var outputCount: Int { output.count }

  /// The number of trainable weights.
  public var trainableParameterCount: Int {
    parameters.filter(\.isTrainable).reduce(0) { $0 + $1.tensor.count }
  }

  /// Replaces a parameter's values.
  ///
  /// - Throws: `AnsatzError` for an unknown name or a tensor of another shape.
  public mutating func setParameter(_ name: String, to tensor: Tensor<S>) throws {
    guard let index = parameters.firstIndex(where: { $0.name == name }) else {
      throw AnsatzError(
        .usage,
        "the network has no parameter '\(name)'; "
          + didYouMean(name, in: parameters.map(\.name)))
    }
    guard parameters[index].tensor.shape == tensor.shape else {
      throw AnsatzError(
        .usage,
        "parameter '\(name)' has shape \(parameters[index].tensor.shape), "
          + "not \(tensor.shape)")
    }
    parameters[index].tensor = tensor
  }

  /// The outputs for a batch, without dropout: `[batch] + input → [batch] + output`.
  ///
  /// Large batches are run in blocks of rows, which bounds the memory of the layers' states.
  ///
  /// - Parameter measurement: How circuits are read. The outcomes of shots are the same in every
  ///   call.
  /// - Throws: `NonFiniteValues` if a layer takes finite numbers only and the one before gives others.
  public func callAsFunction(
    _ inputs: Tensor<S>, measurement: Measurement = .exact
  ) throws -> Tensor<S> {
    try check(inputs)
    let block = 1024
    var context = ForwardContext.inference(measurement)
    if inputs.rowCount <= block { return try infer(inputs, &context) }
    var elements: [S] = []
    elements.reserveCapacity(inputs.rowCount * outputCount)
    for start in stride(from: 0, to: inputs.rowCount, by: block) {
      let rows = Array(start..<min(start + block, inputs.rowCount))
      elements += try infer(inputs.rows(at: rows), &context).elements
    }
    return Tensor(shape: [inputs.rowCount] + output.extents, elements: elements)
  }

  private func infer(_ inputs: Tensor<S>, _ context: inout ForwardContext) throws -> Tensor<S> {
    let tape = Tape<S>()
    return try forward(
      tape.constant(inputs), parameters: parameters.map { tape.constant($0.tensor) }, on: tape,
      context: &context
    ).value
  }

  /// The mean loss over a batch, the outputs, and the gradients of all trainable parameters.
  public func lossAndGradients(
    _ loss: any Loss, inputs: Tensor<S>, targets: Tensor<S>, context: inout ForwardContext
  ) throws -> BatchResult<S> {
    try trainingPass(loss, inputs: inputs, targets: targets, context: &context)
  }

  // Callers in other modules reach the specialised versions only through a wrapper.
  @_specialize(where S == Double)
  @_specialize(where S == Float)
  func trainingPass(
    _ loss: any Loss, inputs: Tensor<S>, targets: Tensor<S>, context: inout ForwardContext
  ) throws -> BatchResult<S> {
    try check(inputs)
    let tape = Tape<S>()
    let variables = parameters.map {
      $0.isTrainable ? tape.trainable($0.tensor) : tape.constant($0.tensor)
    }
    let outputs = try forward(
      tape.constant(inputs), parameters: variables, on: tape, context: &context)
    guard outputs.value.shape == targets.shape else {
      throw AnsatzError(
        .usage,
        "the loss '\(loss.name)' needs \(targets.rowSize) outputs for these classes, but "
          + "the last layer (\(sequential.layers[sequential.layers.count - 1].name)) gives "
          + "\(output.text)")
    }
    let value = loss.forward(outputs, targets: targets, on: tape)
    let gradients = try tape.gradients(
      of: value, withRespectTo: variables.filter(\.requiresGradient))
    return BatchResult(
      loss: Double(value.value.elements[0]), outputs: outputs.value, gradients: gradients)
  }

  /// Runs the layers on a tape the caller keeps.
  public func forward(
    _ input: Variable<S>, parameters variables: [Variable<S>], on tape: Tape<S>,
    context: inout ForwardContext
  ) throws -> Variable<S> {
    var pass = Pass(on: tape, context)
    let value = try sequential.forward(
      input, ParameterView(variables, layout: layout), in: &pass)
    context = pass.context
    return value
  }

  /// The trained weights of each circuit in the network, in the order of `quantumLayers`.
  public var circuitWeights: [(layer: QuantumLayer, weights: [Double])] {
    layout.circuits(in: sequential).map { circuit in
      let weights = parameters[circuit.parameters].first
      return (circuit.layer, weights.map { $0.tensor.converted().elements } ?? [])
    }
  }

  /// Fresh optimizer states, one for each trainable parameter.
  public func makeStates(for optimizer: some Optimizer) -> [OptimizerState<S>] {
    parameters.filter(\.isTrainable).map { optimizer.makeState(count: $0.tensor.count) }
  }

  /// One optimizer step on all trainable parameters, in the order of `lossAndGradients`.
  public mutating func update(
    along gradients: [Tensor<S>], with optimizer: some Optimizer,
    states: inout [OptimizerState<S>], learningRate: Double
  ) {
    step(along: gradients, with: optimizer, states: &states, learningRate: learningRate)
  }

  @_specialize(kind:partial,where S == Double)
  @_specialize(kind:partial,where S == Float)
  mutating func step<O: Optimizer>(
    along gradients: [Tensor<S>], with optimizer: O, states: inout [OptimizerState<S>],
    learningRate: Double
  ) {
    var next = 0
    for index in parameters.indices where parameters[index].isTrainable {
      optimizer.update(
        &parameters[index].tensor.elements, gradient: gradients[next].elements,
        state: &states[next], learningRate: learningRate)
      next += 1
    }
  }

  private func check(_ inputs: Tensor<S>) throws {
    guard inputs.rank > 0, Array(inputs.shape.dropFirst()) == input.extents else {
      throw AnsatzError(
        .usage,
        "the network takes "
          + (input.rank == 1 ? "\(input.width) inputs in each row" : "samples of \(input.text)")
          + ", but the data have shape \(inputs.shape)")
    }
  }
}

/// A parameter tensor of a network.
public struct NetworkParameter<S: Scalar>: Equatable, Sendable {
  /// Layer number (from 1), layer name and parameter name, `1.dense.weight`; with the numbers and
  /// names of all layers it is in.
  public let name: String
  /// Its values.
  public internal(set) var tensor: Tensor<S>
  /// Whether training changes it.
  public let isTrainable: Bool
  /// Whether L1 and L2 penalties apply.
  public let isPenalized: Bool
}

/// What one training pass over a batch computes.
public struct BatchResult<S: Scalar>: Sendable {
  /// The mean loss, without penalties.
  public let loss: Double
  /// `[batch]` and the shape of an output.
  public let outputs: Tensor<S>
  /// One for each trainable parameter, in the order of the network's parameters.
  public var gradients: [Tensor<S>]
}
