import AnsatzData
import AnsatzMath

/// A model as a classifier: each fit makes the model's network for the data and trains it.
public struct NetworkClassifier<S: Scalar>: Classifier {
  /// What makes the network.
  public let model: any Model
  /// How it is trained.
  public let options: TrainingOptions
  public let name: String
  /// What is taken from the network, to compare a hybrid with its twins.
  public let ablation: Ablation
  /// The run of the last fit.
  public private(set) var trainer: Trainer<S>?

  /// - Parameters:
  ///   - options: How to train; nil takes the model's own. Their seed decides the run.
  ///   - name: The name in tables; nil takes the model's.
  public init(
    _ model: any Model, options: TrainingOptions? = nil, name: String? = nil,
    ablation: Ablation = .none
  ) {
    self.model = model
    self.ablation = ablation
    self.options = options ?? model.training
    self.name = name ?? type(of: model).name
  }

  public var parameterCount: Int { trainer?.network.trainableParameterCount ?? 0 }

  public mutating func fit(
    _ features: Tensor<Double>, labels: [Int], classCount: Int, observer: any FitObserver
  ) throws {
    trainer = nil
    let layers = try ablation.applied(
      to: model.network(features: features.rowSize, classes: classCount), inputs: features.rowSize)
    var trainer = try Trainer<S>(
      Network(layers, inputs: features.rowSize, seed: options.seed),
      loss: LossRegistry.standard.loss(model.loss), features: features.converted(),
      labels: labels, classCount: classCount, options: options)
    // A fit that is stopped keeps what it has learnt.
    do { try trainer.run(observer: observer) } catch  where error.isInterruption {
      self.trainer = trainer
      throw error
    }
    self.trainer = trainer
  }

  public func predict(_ features: Tensor<Double>) throws -> [Int] {
    guard let trainer else {
      throw AnsatzError(.software, "'\(name)' was asked to predict before it was fitted")
    }
    return try trainer.predict(features.converted())
  }
}
