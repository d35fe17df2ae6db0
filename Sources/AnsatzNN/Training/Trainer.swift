import AnsatzData
import AnsatzMath
import AnsatzOptimizers

/// Trains a network, one mini-batch at a time.
///
/// ```swift
/// var trainer = try Trainer(network, loss: CrossEntropy(), features: x, labels: y, classCount: 3)
/// while try trainer.step() {}
/// let labels = try trainer.predict(newFeatures)
/// ```
///
/// The run is decided by the options, the network it starts from and the data, to the bit. Between
/// any two steps it can be stopped, saved (`Checkpoint`) and resumed without a trace.
public struct Trainer<S: Scalar>: Sendable {
  /// The network with its present weights.
  public internal(set) var network: Network<S>
  /// What is minimized.
  public let loss: any Loss
  /// How many classes there are.
  public let classCount: Int
  /// How it trains.
  public let options: TrainingOptions
  /// How far it has come, and what happened in each epoch.
  public internal(set) var progress: TrainingProgress
  /// The parameters of the best epoch so far; nil before, or if no loss is watched.
  public internal(set) var bestParameters: [NetworkParameter<S>]?
  var states: [OptimizerState<S>]
  let optimizer: any Optimizer
  /// How circuits are read, in training and evaluation.
  public let measurement: Measurement

  private let schedule: any Schedule
  private let training: Examples
  private let validation: Examples?

  private struct Examples: Sendable {
    let features: Tensor<S>
    let labels: [Int]
    let targets: Tensor<S>
  }

  /// - Parameters:
  ///   - features: `[rows, features]`, preprocessed.
  ///   - labels: One class number in 0..<classCount for each row.
  ///   - validation: Rows to watch the loss on; if nil, `options.validationFraction` of the rows is
  ///     held out.
  /// Noise and shots of the options apply to every circuit of the network.
  ///
  /// - Throws: `AnsatzError` for options out of bounds, for noise or shots if the network has no
  ///   circuit, and for data that do not fit the network.
  public init(
    _ network: Network<S>, loss: any Loss, features: Tensor<S>, labels: [Int], classCount: Int,
    validation: (features: Tensor<S>, labels: [Int])? = nil,
    options: TrainingOptions = TrainingOptions()
  ) throws {
    try options.validate()
    self.network = network
    self.loss = loss
    self.classCount = classCount
    self.options = options
    optimizer = try OptimizerRegistry.standard.optimizer(options.optimizer)
    schedule = try ScheduleRegistry.standard.schedule(options.schedule)
    states = network.makeStates(for: optimizer)
    measurement = try options.measurement()
    try measurement.check(network.sequential)

    func examples(_ features: Tensor<S>, _ labels: [Int]) throws -> Examples {
      try Self.check(features, labels, classCount: classCount, network: network)
      return Examples(
        features: features, labels: labels,
        targets: loss.targets(labels: labels, classes: classCount))
    }
    let all = try examples(features, labels)
    guard all.targets.rowSize == network.outputCount else {
      throw AnsatzError(
        .usage,
        "the loss '\(loss.name)' needs \(all.targets.rowSize) outputs for \(classCount) "
          + "classes, but the network gives \(network.outputCount)")
    }
    if let validation {
      self.training = all
      self.validation = try examples(validation.features, validation.labels)
    } else if options.validationFraction > 0 {
      var split = RandomStream(seed: options.seed, stream: "split")
      let parts = try stratifiedSplit(
        labels: labels, fraction: options.validationFraction, using: &split)
      func part(_ rows: [Int]) throws -> Examples {
        try examples(features.rows(at: rows), rows.map { labels[$0] })
      }
      self.training = try part(parts.second)
      self.validation = try part(parts.first)
    } else {
      self.training = all
      self.validation = nil
    }
    progress = TrainingProgress(
      seed: options.seed,
      dataFingerprint: fingerprint(
        training.features, training.labels, self.validation?.features,
        self.validation?.labels ?? []))
  }

  /// For two classes, of each row of outputs a number that is the higher, the more the row is taken
  /// for the second: its probability, or what the loss has instead. Nil for more classes.
  public func secondClassScores(_ outputs: Tensor<Double>) -> [Double]? {
    guard classCount == 2 else { return nil }
    if let table = loss.probabilities(outputs: outputs) {
      return (0..<table.rowCount).map { table[$0, 1] }
    }
    return outputs.rowSize == 1 ? outputs.elements : nil
  }

  /// The number of rows trained on; those held out are not counted.
  public var trainingCount: Int { training.labels.count }

  /// Batches in one epoch.
  public var batchesPerEpoch: Int {
    (trainingCount - 1) / options.batchSize + 1
  }

  /// The part of the planned work that is done, from 0 to 1.
  public var fractionDone: Double {
    progress.isFinished
      ? 1
      : (Double(progress.epoch) + Double(progress.batch) / Double(batchesPerEpoch))
        / Double(options.epochs)
  }

  /// Trains on the next mini-batch; at the end of an epoch also evaluates and may finish.
  ///
  /// - Returns: False when the training has finished; a further call then does nothing.
  /// - Throws: `AnsatzError` naming epoch and batch when the loss or its gradient is not finite;
  ///   `CancellationError` when `StopFlag` is raised, also in the middle of the batch, which then is
  ///   as if it had not begun.
  public mutating func step() throws -> Bool {
    guard !progress.isFinished else { return false }
    try StopFlag.check()
    let progressBefore = progress
    // Weights move before the rows held out are looked at, which may be interrupted too.
    let endsEpoch = validation != nil && progress.batch + 1 == batchesPerEpoch
    let weightsBefore = endsEpoch ? (network, states) : nil
    do { return try trainOnBatch() } catch  where error.isInterruption {
      progress = progressBefore
      if let weightsBefore { (network, states) = weightsBefore }
      throw CancellationError()
    }
  }

  private mutating func trainOnBatch() throws -> Bool {
    if progress.batch == 0 {
      progress.order = progress.shuffle.permutation(trainingCount)
    }
    let first = progress.batch * options.batchSize
    let rows = Array(progress.order[first...].prefix(options.batchSize))
    let counter = EvaluationCounter()
    var context = ForwardContext(
      isTraining: true, dropout: progress.dropout, measurement: measurement,
      circuitEvaluations: counter)
    var result: BatchResult<S>
    do {
      result = try network.lossAndGradients(
        loss, inputs: training.features.rows(at: rows),
        targets: training.targets.rows(at: rows), context: &context)
    } catch let error as NonFiniteValues {
      // The features are finite, so it is the weights that have grown too large.
      throw divergence("output of \(error.layer)", error.value)
    }
    progress.dropout = context.dropout
    progress.circuitEvaluations += counter.count
    try requireFinite(result.loss, "loss")
    addPenalties(to: &result.gradients)
    let norm: Double
    if let limit = options.clipNorm {
      norm = clip(&result.gradients, toGlobalNorm: limit)
    } else {
      norm = globalNorm(of: result.gradients)
    }
    try requireFinite(norm, "gradient")
    let rate = learningRate
    network.update(
      along: result.gradients, with: optimizer, states: &states, learningRate: rate)
    try requireFiniteState()
    let predicted = loss.labels(outputs: result.outputs)
    progress.lossSum += result.loss * Double(rows.count)
    for (row, label) in zip(rows, predicted) where training.labels[row] == label {
      progress.correctCount += 1
    }
    progress.sampleCount += rows.count
    progress.stepCount += 1
    progress.batch += 1
    if progress.batch == batchesPerEpoch { try finishEpoch(learningRate: rate) }
    return !progress.isFinished
  }

  /// Trains to the end, telling the observer how far it is.
  ///
  /// - Throws: As `step`; `CancellationError` if the observer was cancelled.
  public mutating func run(observer: any FitObserver = SilentObserver()) throws {
    repeat {
      if observer.isCancelled { throw CancellationError() }
      observer.progressed(to: fractionDone)
    } while try step()
    observer.progressed(to: 1)
  }

  /// The learning rate of the next step.
  public var learningRate: Double {
    let time = Double(progress.epoch) + Double(progress.batch) / Double(batchesPerEpoch)
    return options.learningRate * schedule.factor(at: time, of: Double(options.epochs))
  }

  /// The network with the weights of the best epoch so far, or the present ones if none is known.
  public var bestNetwork: Network<S> {
    var best = network
    if options.restoresBest, let bestParameters { best.parameters = bestParameters }
    return best
  }

  /// The mean loss and the accuracy of the present weights on other rows.
  public func evaluate(
    _ features: Tensor<S>, labels: [Int]
  ) throws -> (loss: Double, accuracy: Double) {
    try Self.check(features, labels, classCount: classCount, network: network)
    return try evaluate(
      Examples(
        features: features, labels: labels,
        targets: loss.targets(labels: labels, classes: classCount)))
  }

  /// The class of each row by the present weights.
  ///
  /// - Throws: `AnsatzError(.badData)` naming the first row whose outputs are not finite.
  public func predict(_ features: Tensor<S>) throws -> [Int] {
    let outputs = try outputs(features)
    try outputs.requireFiniteRows()
    return loss.labels(outputs: outputs)
  }

  /// What the network gives with the present weights, measured as in training.
  public func outputs(_ features: Tensor<S>) throws -> Tensor<S> {
    try network(features, measurement: measurement)
  }

  private func evaluate(_ examples: Examples) throws -> (loss: Double, accuracy: Double) {
    let tape = Tape<S>()
    let outputs = try outputs(examples.features)
    let value = loss.forward(tape.constant(outputs), targets: examples.targets, on: tape).value
    let hits = zip(loss.labels(outputs: outputs), examples.labels).filter { $0 == $1 }.count
    return (Double(value.elements[0]), Double(hits) / Double(examples.labels.count))
  }

  private mutating func finishEpoch(learningRate: Double) throws {
    let result = try validation.map { try evaluate($0) }
    if let result { try requireFinite(result.loss, "validation loss") }
    let trainingLoss = progress.lossSum / Double(progress.sampleCount)
    progress.epoch += 1
    progress.history.append(
      EpochRecord(
        epoch: progress.epoch, trainingLoss: trainingLoss,
        trainingAccuracy: Double(progress.correctCount) / Double(progress.sampleCount),
        validationLoss: result?.loss, validationAccuracy: result?.accuracy,
        learningRate: learningRate))
    progress.batch = 0
    progress.order = []
    (progress.lossSum, progress.correctCount, progress.sampleCount) = (0, 0, 0)
    if validation != nil || options.patience != nil {
      let watched = result?.loss ?? trainingLoss
      if watched < progress.bestLoss ?? .infinity {
        progress.bestLoss = watched
        progress.bestEpoch = progress.epoch
        bestParameters = network.parameters
      }
    }
    let idle =
      progress.epoch - max(progress.bestEpoch ?? progress.epoch, progress.patienceStart ?? 0)
    if progress.epoch >= options.epochs || idle >= options.patience ?? .max {
      progress.isFinished = true
      network = bestNetwork
    }
  }

  private func addPenalties(to gradients: inout [Tensor<S>]) {
    guard options.l1 > 0 || options.l2 > 0 else { return }
    var next = 0
    for parameter in network.parameters where parameter.isTrainable {
      if parameter.isPenalized {
        addPenalty(
          of: parameter.tensor, to: &gradients[next], l1: S(options.l1), l2: S(options.l2))
      }
      next += 1
    }
  }

  private func requireFinite(_ value: Double, _ what: String) throws {
    guard value.isFinite else { throw divergence(what, value) }
  }

  /// Weights and slots that are not finite are found in the step that makes them, so that none are
  /// ever saved.
  private func requireFiniteState() throws {
    // An angle of so many turns has no fraction of one left, and circuits refuse it.
    for index in network.circuitParameters {
      let parameter = network.parameters[index]
      if let angle = parameter.tensor.elements.first(where: { $0.magnitude > 0x1p52 }) {
        throw divergence("weight '\(parameter.name)'", Double(angle))
      }
    }
    let trainable = network.parameters.lazy.filter(\.isTrainable)
    for (parameter, state) in zip(trainable, states) {
      if let place = firstNonFinite(parameter.tensor.elements) {
        throw divergence(
          "weight '\(parameter.name)'", Double(parameter.tensor.elements[place]))
      }
      for slot in state.slots {
        if let place = firstNonFinite(slot) {
          throw divergence("optimizer's state of '\(parameter.name)'", Double(slot[place]))
        }
      }
    }
  }

  private func divergence(_ what: String, _ value: Double) -> AnsatzError {
    AnsatzError(
      .badConfiguration,
      "the \(what) became \(value.isNaN ? "nan" : "\(value)") in epoch \(progress.epoch + 1), batch \(progress.batch + 1); "
        + "lower the learning rate (now \(options.learningRate))"
        + (options.clipNorm == nil ? " or clip the gradient" : "")
        + ", and check that the features are scaled")
  }

  private static func check(
    _ features: Tensor<S>, _ labels: [Int], classCount: Int, network: Network<S>
  ) throws {
    guard features.rank >= 2, features.rowCount == labels.count, !labels.isEmpty else {
      throw AnsatzError(
        .badData,
        "\(labels.count) labels for features of shape \(features.shape); "
          + "give one label for each row, and at least one row")
    }
    guard features.rowSize == network.inputCount else {
      throw AnsatzError(
        .badData,
        "the data have \(features.rowSize) features, but the network takes "
          + "\(network.inputCount)")
    }
    if let place = firstNonFinite(features.elements) {
      throw AnsatzError(
        .badData,
        "feature \(place % network.inputCount + 1) of row \(place / network.inputCount + 1) is not "
          + "a finite number; correct it or leave the row out")
    }
    guard classCount >= 2 else {
      throw AnsatzError(.badData, "the data have only one class; a classifier needs at least two")
    }
    if let label = labels.first(where: { !(0..<classCount).contains($0) }) {
      throw AnsatzError(.badData, "label \(label) is not a class number in 0..<\(classCount)")
    }
  }
}

/// Adds the gradient of `l1 Σ|w| + l2 Σw²`.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func addPenalty<S: Scalar>(
  of weights: Tensor<S>, to gradient: inout Tensor<S>, l1: S, l2: S
) {
  for i in 0..<weights.count {
    let w = weights.elements[i]
    let sign: S = w > 0 ? 1 : (w < 0 ? -1 : 0)
    gradient.elements[i] += l1 * sign + 2 * l2 * w
  }
}

/// A number that differs, all but surely, when any feature or label does.
private func fingerprint<S: Scalar>(
  _ features: Tensor<S>, _ labels: [Int], _ others: Tensor<S>?, _ otherLabels: [Int]
) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a, word by word
  mix(features.elements, into: &hash)
  mix(others?.elements ?? [], into: &hash)
  for label in labels + otherLabels { hash = (hash ^ UInt64(label)) &* 0x100_0000_01b3 }
  return String(hash, radix: 16)
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func mix<S: Scalar>(_ values: [S], into hash: inout UInt64) {
  for value in values { hash = (hash ^ Double(value).bitPattern) &* 0x100_0000_01b3 }
}
