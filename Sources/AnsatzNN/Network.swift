import AnsatzCircuits
import AnsatzMath
import AnsatzOptimizers

/// A `Sequential` with its parameter tensors.
public struct Network<S: Scalar>: Sendable {
  /// The layers.
  public private(set) var sequential: Sequential
  /// The width of a row of data.
  public let inputCount: Int
  /// The width of the last layer.
  public let outputCount: Int
  /// All parameters, layer by layer in the order of the layers' declarations.
  public internal(set) var parameters: [NetworkParameter<S>]
  /// The parameters of each layer, as a range of `parameters`.
  private let ranges: [Range<Int>]

  /// Builds the network with fresh parameters.
  ///
  /// Each layer draws from a stream of its own, so a change in one layer leaves the start of the
  /// others as it was.
  ///
  /// - Throws: `AnsatzError` when the layers do not fit each other or the inputs, naming both.
  public init(_ sequential: Sequential, inputs: Int, seed: UInt64) throws {
    let widths = try sequential.widths(inputs: inputs)
    var parameters: [NetworkParameter<S>] = []
    var ranges: [Range<Int>] = []
    for (index, layer) in sequential.layers.enumerated() {
      var random = RandomStream(seed: seed, stream: "initialization of layer \(index + 1)")
      let first = parameters.count
      let width = index == 0 ? inputs : widths[index - 1]
      for parameter in try layer.initialParameters(inputCount: width, using: &random) {
        parameters.append(
          NetworkParameter(
            name: "\(index + 1).\(layer.name).\(parameter.name)",
            tensor: parameter.value.converted(), isTrainable: parameter.isTrainable,
            isPenalized: parameter.isPenalized))
      }
      ranges.append(first..<parameters.count)
    }
    self.sequential = sequential
    self.inputCount = inputs
    self.outputCount = widths[widths.count - 1]
    self.parameters = parameters
    self.ranges = ranges
  }

  /// The same parameters, in layers whose circuits are measured under noise, with shots, or both.
  ///
  /// - Throws: `AnsatzError` if there is no circuit, or one that is measured already.
  func measured(noise: NoiseModel?, shots: Int?) throws -> Network {
    var network = self
    network.sequential = try sequential.measured(noise: noise, shots: shots)
    return network
  }

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

  /// The outputs for a batch, without dropout: `[batch, inputs] → [batch, outputs]`.
  ///
  /// Large batches are run in blocks of rows, which bounds the memory of the layers' states.
  ///
  /// - Throws: `NonFiniteValues` if a layer takes finite numbers only and the one before gives others.
  public func callAsFunction(_ inputs: Tensor<S>) throws -> Tensor<S> {
    try check(inputs)
    let block = 1024
    if inputs.rowCount <= block { return try infer(inputs) }
    var elements: [S] = []
    elements.reserveCapacity(inputs.rowCount * outputCount)
    for start in stride(from: 0, to: inputs.rowCount, by: block) {
      let rows = Array(start..<min(start + block, inputs.rowCount))
      elements += try infer(inputs.rows(at: rows)).elements
    }
    return Tensor(shape: [inputs.rowCount, outputCount], elements: elements)
  }

  private func infer(_ inputs: Tensor<S>) throws -> Tensor<S> {
    let tape = Tape<S>()
    var context = ForwardContext.inference
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
          + "\(outputCount)")
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
    var value = input
    for (index, layer) in sequential.layers.enumerated() {
      do {
        value = try layer.forward(
          value, parameters: Array(variables[ranges[index]]), on: tape, context: &context)
      } catch {
        // A circuit refuses numbers that are not finite as its inputs, which they are not to a user.
        guard index > 0, let place = firstNonFinite(value.value.elements) else { throw error }
        throw NonFiniteValues(
          layer: "layer \(index) (\(sequential.layers[index - 1].name))",
          value: Double(value.value.elements[place]))
      }
    }
    return value
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
    guard inputs.rank == 2, inputs.shape[1] == inputCount else {
      throw AnsatzError(
        .usage,
        "the network takes \(inputCount) inputs in each row, but the data have shape "
          + "\(inputs.shape)")
    }
  }
}

/// A parameter tensor of a network.
public struct NetworkParameter<S: Scalar>: Equatable, Sendable {
  /// Layer number (from 1), layer name and parameter name: `1.dense.weight`.
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
  /// `[batch, outputs]`.
  public let outputs: Tensor<S>
  /// One for each trainable parameter, in the order of the network's parameters.
  public var gradients: [Tensor<S>]
}
