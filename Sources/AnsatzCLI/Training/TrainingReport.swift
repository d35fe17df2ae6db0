import Ansatz

/// What a finished training run tells.
struct TrainingReport: Encodable {
  let dataset: String
  let rows: Int
  let features: Int
  let classes: Int
  let preprocessing: [String]
  let model: String
  let hyperparameters: JSONValue
  let parameters: Int
  let precision: String
  let options: TrainingOptions
  let epochs: Int
  /// The epoch whose weights were kept.
  let bestEpoch: Int
  let stoppedEarly: Bool
  let history: [EpochRecord]
  let testAccuracy: Double?
  /// Circuits run for training, each sample counted, since this process started; nil without one.
  let circuitEvaluations: Int?
  let seconds: Double
  let checkpoint: String?
  /// How a run stands that was finished before, so that nothing was trained; nil of any other.
  var alreadyFinished: String?

  var text: String {
    var lines = [
      "\(dataset): \(counted(rows, "row")), \(counted(features, "feature")), "
        + "\(counted(classes, "class", plural: "classes")); \(preprocessing.joined(separator: ", "))",
      "\(model): \(counted(parameters, "parameter")); \(options.optimizer), learning rate "
        + "\(options.learningRate), batch \(options.batchSize), seed \(options.seed), \(precision)",
    ]
    let ending = stoppedEarly ? " (stopped early, best epoch \(bestEpoch))" : ""
    if let alreadyFinished {
      lines.append(
        "\(alreadyFinished); nothing was trained (--resume --epochs N with N above \(epochs) goes on "
          + "from these weights)")
    } else {
      lines.append("\(counted(epochs, "epoch")) in \(timeText(seconds))\(ending)")
    }
    if let record = history.first(where: { $0.epoch == bestEpoch }) {
      lines.append(
        "training    loss \(decimal(record.trainingLoss, 4))  accuracy "
          + decimal(record.trainingAccuracy, 4))
      if let loss = record.validationLoss, let accuracy = record.validationAccuracy {
        lines.append("validation  loss \(decimal(loss, 4))  accuracy \(decimal(accuracy, 4))")
      }
    }
    if let circuitEvaluations { lines.append("\(circuitEvaluations) circuit evaluations") }
    if let testAccuracy {
      lines.append("test                     accuracy \(decimal(testAccuracy, 4))")
    }
    lines.append(
      checkpoint.map { alreadyFinished == nil ? "saved \($0)" : "kept in \($0)" }
        ?? "not saved; --checkpoint DIR would keep the trained model"
    )
    return lines.joined(separator: "\n")
  }
}
