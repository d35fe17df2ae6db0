import Ansatz

/// A trained model read back from a checkpoint folder, which is all it needs.
struct SavedClassifier {
  let record: ModelRecord
  let checkpoint: Checkpoint
  /// The circuits of the network, each with its trained weights.
  let circuits: [(layer: QuantumLayer, weights: [Double])]
  private let preprocessing: Preprocessing
  private let outputs: @Sendable (Tensor<Double>) throws -> Tensor<Double>
  private let loss: any Loss

  /// - Throws: If there is no intact checkpoint, or its model is not known here.
  init(_ folder: String) throws {
    checkpoint = try CheckpointStore.load(folder)
    record = checkpoint.record
    guard let preprocessing = record.preprocessing, preprocessing.isFitted else {
      throw AnsatzError(.badData, "\(folder): the checkpoint has no fitted preprocessing")
    }
    self.preprocessing = preprocessing
    loss = try LossRegistry.standard.loss(checkpoint.loss)
    let model = try Registry.models().model(of: record)
    let layers = try model.network(features: record.features, classes: record.classNames.count)
    switch try Precision.named(checkpoint.precision) {
    case .f64:
      let network: Network<Double> = try checkpoint.network(of: layers)
      outputs = { try network($0) }
      circuits = network.circuitWeights
    case .f32:
      let network: Network<Float> = try checkpoint.network(of: layers)
      outputs = { try network($0.converted()).converted() }
      circuits = network.circuitWeights
    }
  }

  /// Reads rows of the columns the model was trained on: a CSV file, or an embedded data set.
  ///
  /// - Throws: If they do not fit, or hold a category that training did not see and is not ignored.
  func rows(
    of data: String, label: String?, unknownCategories: UnknownCategories
  ) throws -> NewRows {
    let rows = try rows(of: data, label: label)
    if unknownCategories == .error {
      try rows.requireKnownCategories(preprocessing.knownCategories)
    }
    return rows
  }

  /// How rows are unlike those of the training.
  func findings(in rows: NewRows) -> [Finding] {
    DriftSubject(rows, since: preprocessing).findings
  }

  private func rows(of data: String, label: String?) throws -> NewRows {
    let labelColumn = label ?? record.labelColumn
    if let embedded = EmbeddedDatasets.all.first(where: { $0.name == data }) {
      return try NewRows(
        CSVFile(bytes: embedded.csv, source: data, header: .present),
        schema: preprocessing.inputColumns, labelColumn: labelColumn)
    }
    return try NewRows(csv: data, schema: preprocessing.inputColumns, labelColumn: labelColumn)
  }

  struct Prediction {
    let labels: [Int]
    /// `[rows, classes]`, nil if the model's loss gives no probabilities.
    let probabilities: Tensor<Double>?
  }

  func predict(_ table: Table) throws -> Prediction {
    let outputs = try outputs(preprocessing.transform(table))
    return Prediction(
      labels: loss.labels(outputs: outputs), probabilities: loss.probabilities(outputs: outputs))
  }
}
