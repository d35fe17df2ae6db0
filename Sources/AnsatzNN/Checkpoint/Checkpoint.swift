import AnsatzMath
import AnsatzOptimizers
import Foundation

/// A training run between two steps: enough to predict, and to resume to the bit.
///
/// On disk (`CheckpointStore`) it is a directory of `checkpoint.json`, `weights.safetensors`,
/// `optimizer.safetensors`, `best.safetensors` if a best epoch is known, and the history of the
/// epochs as CSV, in pieces.
public struct Checkpoint: Sendable {
  /// The model, the data and how they are prepared.
  public var record: ModelRecord
  /// How the run was trained.
  public internal(set) var options: TrainingOptions
  /// The name of the loss.
  public let loss: String
  /// How many classes the model tells apart.
  public let classCount: Int
  /// `f64` or `f32`, the precision of the run.
  public let precision: String
  /// How far the run has come.
  public internal(set) var progress: TrainingProgress
  /// The present parameters, by name.
  public let weights: SafeTensors
  /// The parameters of the best epoch so far.
  public let best: SafeTensors?
  /// The optimizer's slots, named parameter/slot.
  public let optimizer: SafeTensors
  /// The steps each trainable parameter's optimizer state has taken.
  let optimizerSteps: [Int]

  /// Captures a run.
  public init<S: Scalar>(_ trainer: Trainer<S>, record: ModelRecord) {
    self.record = record
    options = trainer.options
    loss = trainer.loss.name
    classCount = trainer.classCount
    precision = S.precisionName
    progress = trainer.progress
    weights = Self.tensors(of: trainer.network.parameters)
    best = trainer.bestParameters.map(Self.tensors)
    optimizerSteps = trainer.states.map(\.stepCount)
    var slots = SafeTensors()
    let trainable = trainer.network.parameters.filter(\.isTrainable)
    let slotNames = type(of: trainer.optimizer).slotNames
    for (parameter, state) in zip(trainable, trainer.states) {
      for (name, slot) in zip(slotNames, state.slots) {
        slots.append(
          "\(parameter.name)/\(name)", Tensor(shape: parameter.tensor.shape, elements: slot))
      }
    }
    optimizer = slots
  }

  private static func tensors<S: Scalar>(of parameters: [NetworkParameter<S>]) -> SafeTensors {
    var tensors = SafeTensors()
    for parameter in parameters { tensors.append(parameter.name, parameter.tensor) }
    return tensors
  }

  /// The weights to predict with: those of the best epoch if the run looks for one.
  public var bestWeights: SafeTensors { options.restoresBest ? best ?? weights : weights }

  /// The trained network.
  ///
  /// - Parameter sequential: The layers that the model gives for the recorded features and classes.
  /// - Throws: `AnsatzError` if they are not the layers that were trained.
  public func network<S: Scalar>(of sequential: Sequential) throws -> Network<S> {
    var network = try Network<S>(sequential, inputs: record.features, seed: options.seed)
    network.parameters = try parameters(bestWeights, as: network.parameters)
    return network
  }

  func parameters<S: Scalar>(
    _ tensors: SafeTensors, as parameters: [NetworkParameter<S>]
  ) throws -> [NetworkParameter<S>] {
    guard S.precisionName == precision else {
      throw AnsatzError(
        .usage, "the checkpoint holds a run in \(precision), not \(S.precisionName)")
    }
    guard tensors.names.sorted() == parameters.map(\.name).sorted() else {
      throw AnsatzError(
        .badData,
        "the checkpoint's weights (\(tensors.names.joined(separator: ", "))) are not "
          + "those of the model (\(parameters.map(\.name).joined(separator: ", ")))")
    }
    return try parameters.map { parameter in
      var loaded = parameter
      let tensor: Tensor<S> = try tensors.tensor(parameter.name)
      guard tensor.shape == parameter.tensor.shape else {
        throw AnsatzError(
          .badData,
          "the checkpoint's '\(parameter.name)' has shape \(tensor.shape), but the "
            + "model's has \(parameter.tensor.shape)")
      }
      loaded.tensor = tensor
      return loaded
    }
  }
}

extension Trainer {
  /// Puts the run where the checkpoint left it; what follows is as if it had never stopped.
  ///
  /// The trainer must have been made with the checkpoint's options and the same data, and a network
  /// of the same layers.
  ///
  /// - Throws: `AnsatzError` that names what differs; the trainer is then unchanged.
  public mutating func restore(_ checkpoint: Checkpoint) throws {
    guard checkpoint.options == options, checkpoint.loss == loss.name else {
      throw AnsatzError(
        .usage, "the checkpoint was trained with other options; resume with its own")
    }
    guard checkpoint.progress.dataFingerprint == progress.dataFingerprint else {
      throw AnsatzError(
        .badData,
        "the training data differ from those of the checkpoint; resume with the same "
          + "data, or start anew")
    }
    let parameters = try checkpoint.parameters(checkpoint.weights, as: network.parameters)
    let best = try checkpoint.best.map { try checkpoint.parameters($0, as: network.parameters) }
    let trainable = parameters.filter(\.isTrainable)
    let (batch, order) = (checkpoint.progress.batch, checkpoint.progress.order)
    let steps = checkpoint.progress.epoch.multipliedReportingOverflow(by: batchesPerEpoch)
    guard checkpoint.optimizerSteps.count == trainable.count,
      (0..<batchesPerEpoch).contains(batch),
      order.sorted() == (batch == 0 ? [] : Array(0..<trainingCount)),
      checkpoint.progress.sampleCount
        == min(batch * min(options.batchSize, trainingCount), trainingCount),
      !steps.overflow, checkpoint.progress.stepCount == steps.partialValue + batch
    else { throw AnsatzError(.badData, "the checkpoint contradicts itself") }
    let slotNames = type(of: optimizer).slotNames
    let states = try zip(trainable, checkpoint.optimizerSteps).map { parameter, steps in
      OptimizerState<S>(
        stepCount: steps,
        slots: try slotNames.map { name in
          let slot: Tensor<S> = try checkpoint.optimizer.tensor("\(parameter.name)/\(name)")
          guard slot.shape == parameter.tensor.shape else {
            throw AnsatzError(.badData, "the checkpoint contradicts itself")
          }
          return slot.elements
        })
    }
    network.parameters = parameters
    bestParameters = best
    self.states = states
    progress = checkpoint.progress
  }
}
