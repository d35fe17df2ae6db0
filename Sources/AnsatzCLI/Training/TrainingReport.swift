import Ansatz

/// What a finished training run tells.
struct TrainingReport: Encodable {
  let dataset: String
  /// How the data were read, and what was left out.
  let reading: TableReading
  let rows: Int
  let features: Int
  let classes: Int
  /// The steps that had something to do.
  let preprocessing: [String]
  /// What a user should know of the data.
  let findings: [Finding]
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
  /// Of the weights that are kept, on the rows trained on; the history has means over each epoch, while
  /// the weights still moved.
  let finalTrainingLoss: Double
  let finalTrainingAccuracy: Double
  let testAccuracy: Double?
  /// Circuits run for training, each sample counted, since this process started; nil without one.
  let circuitEvaluations: Int?
  let seconds: Double
  let checkpoint: String?
  /// Rules of the noise model that fit nothing, a line each; nil if all fit something.
  let noiseWithoutEffect: [String]?
  /// How a run stands that was finished before, so that nothing was trained; nil of any other.
  var alreadyFinished: String?

  var text: String {
    var lines = [
      "\(dataset): \(counted(rows, "row")), \(counted(features, "feature")), "
        + "\(counted(classes, "class", plural: "classes")); "
        + "preprocessing \(stepsText(preprocessing))",
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
        "training    loss \(decimal(finalTrainingLoss, 4))  accuracy "
          + "\(decimal(finalTrainingAccuracy, 4))  (the weights kept)")
      lines.append(
        "epoch mean  loss \(decimal(record.trainingLoss, 4))  accuracy "
          + "\(decimal(record.trainingAccuracy, 4))  (training, while the weights moved)")
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
