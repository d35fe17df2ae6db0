import AnsatzMath

/// Where a training run stands: all that changes besides weights and optimizer slots.
///
/// Together with those it decides the rest of the run to the bit.
public struct TrainingProgress: Codable, Equatable, Sendable {
  /// Epochs completed.
  public internal(set) var epoch = 0
  /// Batches done in the epoch under way.
  public internal(set) var batch = 0
  /// The order of the training rows in the epoch under way.
  public internal(set) var order: [Int] = []
  /// The random numbers that order the rows.
  public internal(set) var shuffle: RandomStream
  /// The random numbers of dropout.
  public internal(set) var dropout: RandomStream
  /// Sums over the batches done in the epoch under way.
  public internal(set) var lossSum = 0.0
  /// Rows of the present epoch that were classified right.
  public internal(set) var correctCount = 0
  /// Rows of the present epoch so far.
  public internal(set) var sampleCount = 0
  /// One record for each epoch completed.
  public internal(set) var history: [EpochRecord] = []
  /// The lowest loss watched, and its epoch; nil before the first.
  public internal(set) var bestLoss: Double?
  /// The epoch of the lowest watched loss.
  public internal(set) var bestEpoch: Int?
  /// The epoch from which patience counts, in a run that was finished once and has been given more
  /// epochs.
  public internal(set) var patienceStart: Int?
  /// Whether there is nothing left to do.
  public internal(set) var isFinished = false
  /// Steps taken by the optimizer.
  public internal(set) var stepCount = 0
  /// Circuits that quantum layers have run in training steps, for values and for gradients.
  public internal(set) var circuitEvaluations = 0
  /// Tells the data of the run from others.
  public internal(set) var dataFingerprint: String

  init(seed: UInt64, dataFingerprint: String) {
    shuffle = RandomStream(seed: seed, stream: "shuffle")
    dropout = RandomStream(seed: seed, stream: "dropout")
    self.dataFingerprint = dataFingerprint
  }

  /// Whether training ended before its last epoch because the loss no longer fell.
  public func stoppedEarly(of epochs: Int) -> Bool { isFinished && epoch < epochs }
}

/// What one epoch of training reached.
public struct EpochRecord: Codable, Equatable, Sendable {
  /// From 1.
  public let epoch: Int
  /// Means over the epoch's batches as they were trained on, without penalties.
  public let trainingLoss: Double
  /// The fraction classified right, while the weights still moved.
  public let trainingAccuracy: Double
  /// At the end of the epoch; nil without validation rows.
  public let validationLoss: Double?
  /// The fraction of the rows held out that was classified right.
  public let validationAccuracy: Double?
  /// The scheduled rate of the epoch's last batch.
  public let learningRate: Double
}
