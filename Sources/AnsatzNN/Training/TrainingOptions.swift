import AnsatzCircuits
import AnsatzMath
import AnsatzOptimizers

/// How to train: everything a run depends on besides the model and the data.
public struct TrainingOptions: Codable, Equatable, Sendable {
  /// How many times the training rows are seen.
  public var epochs: Int
  /// Rows in one step; the last batch of an epoch may have fewer.
  public var batchSize: Int
  /// The optimizer, as `OptimizerRegistry` reads it: `adam` or `adam:beta1=0.95`.
  public var optimizer: String
  /// The base rate, which the schedule scales.
  public var learningRate: Double
  /// The schedule, as `ScheduleRegistry` reads it, with time in epochs: `warm-up:length=5+cosine`.
  public var schedule: String
  /// The largest global norm of the gradient; nil for no limit.
  public var clipNorm: Double?
  /// Weight of the penalty Σ|w|.
  public var l1: Double
  /// Weight of the penalty Σw².
  public var l2: Double
  /// The part of the rows, stratified by class, that is held out to watch the loss; 0 for none.
  public var validationFraction: Double
  /// Stop after this many epochs without a new lowest loss; nil to run all epochs. The loss watched
  /// is that of the validation rows, or of training if there are none.
  public var patience: Int?
  /// Whether training ends with the weights of the lowest watched loss. Without patience and
  /// validation rows nothing is watched, and the last weights stay.
  public var restoresBest: Bool
  /// The noise model that circuits run under, as its file has it; nil for none.
  public var noise: JSONValue?
  /// How often each Pauli string of each circuit is measured; nil for exact expectation values.
  public var shots: Int?
  /// Decides the initial weights, the split, the order of the rows, dropout and the results of shots.
  public var seed: UInt64

  /// Takes the values as they are.
  public init(
    epochs: Int = 100, batchSize: Int = 32, optimizer: String = "adam",
    learningRate: Double = 0.01, schedule: String = "constant", clipNorm: Double? = nil,
    l1: Double = 0, l2: Double = 0, validationFraction: Double = 0, patience: Int? = nil,
    restoresBest: Bool = true, noise: JSONValue? = nil, shots: Int? = nil, seed: UInt64 = 0
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.optimizer = optimizer
    self.learningRate = learningRate
    self.schedule = schedule
    self.clipNorm = clipNorm
    self.l1 = l1
    self.l2 = l2
    self.validationFraction = validationFraction
    self.patience = patience
    self.restoresBest = restoresBest
    self.noise = noise
    self.shots = shots
    self.seed = seed
  }

  /// How circuits are read.
  ///
  /// - Throws: `AnsatzError` for noise that cannot be read, or fewer shots than 1.
  public func measurement() throws -> Measurement {
    try Measurement(
      noise: noise.map { try NoiseModel($0, name: "the noise model") }, shots: shots)
  }

  /// Whether a best epoch is looked for.
  var watchesLoss: Bool { patience != nil || validationFraction > 0 }

  /// Checks every value.
  ///
  /// - Throws: `AnsatzError` that lists every value out of bounds, in one line.
  public func validate() throws {
    var problems: [String] = []
    func require(_ condition: Bool, _ text: String) { if !condition { problems.append(text) } }
    require(epochs >= 1, "epochs must be 1 or more, not \(epochs)")
    require(batchSize >= 1, "batch size must be 1 or more, not \(batchSize)")
    require(
      learningRate > 0 && learningRate.isFinite,
      "learning rate must be greater than 0, not \(learningRate)")
    if let clipNorm {
      require(
        clipNorm > 0 && clipNorm.isFinite, "clip norm must be greater than 0, not \(clipNorm)")
    }
    require(l1 >= 0 && l1.isFinite, "l1 must be 0 or more, not \(l1)")
    require(l2 >= 0 && l2.isFinite, "l2 must be 0 or more, not \(l2)")
    require(
      validationFraction >= 0 && validationFraction < 1,
      "validation fraction must be at least 0 and less than 1, not \(validationFraction)")
    if let patience { require(patience >= 1, "patience must be 1 or more, not \(patience)") }
    if let shots { require(shots >= 1, "shots must be 1 or more, not \(shots)") }
    for check in [
      { _ = try OptimizerRegistry.standard.optimizer(optimizer) },
      { _ = try ScheduleRegistry.standard.schedule(schedule) },
    ] {
      do { try check() } catch let error as AnsatzError { problems.append(error.message) }
    }
    guard problems.isEmpty else { throw AnsatzError(.usage, problems.joined(separator: "; ")) }
  }
}
