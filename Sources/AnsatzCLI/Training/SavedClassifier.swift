import Ansatz

/// A trained model read back from a checkpoint folder, which is all it needs.
struct SavedClassifier {
  let record: ModelRecord
  let checkpoint: Checkpoint
  /// How the table was read that it was trained on.
  let reading: TableReading
  /// The circuits of the network, each with its trained weights.
  let circuits: [(layer: QuantumLayer, weights: [Double])]
  private let preprocessing: Preprocessing
  private let outputs: @Sendable (Tensor<Double>) throws -> Tensor<Double>
  private let loss: any Loss

  /// - Throws: If there is no intact checkpoint, or its model is not known here.
  init(_ folder: String) throws {
    let found = try CheckpointStore.find(folder)
    if let notice = found.notice { StandardStreams.notice(notice) }
    checkpoint = found.checkpoint
    record = checkpoint.record
    reading = try TableReading(record)
    guard let preprocessing = record.preprocessing, preprocessing.isFitted else {
      throw AnsatzError(.badData, "\(folder): the checkpoint has no fitted preprocessing")
    }
    self.preprocessing = preprocessing
    loss = try LossRegistry.standard.loss(checkpoint.loss)
    let model = try Registry.models().model(of: record)
    let layers = try model.network(features: record.features, classes: record.classNames.count)
    let (classes, widths) = (record.classNames.count, try layers.widths(inputs: record.features))
    let targets: Tensor<Double> = loss.targets(labels: [0], classes: classes)
    guard targets.rowSize == widths.last else {
      throw AnsatzError(
        .badData,
        "\(folder): the loss '\(loss.name)' needs \(targets.rowSize) outputs for \(classes) "
          + "classes, but the model gives \(widths.last ?? 0)")
    }
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
  /// - Parameter options: What was said of how the file is written; it may be written otherwise than
  ///   the training data.
  /// - Throws: If they do not fit, or hold a category that training did not see and is not ignored.
  func rows(
    of data: String, label: String?, reading options: ReadingOptions,
    unknownCategories: UnknownCategories
  ) throws -> NewRows {
    let rows = try rows(of: data, label: label, reading: options)
    if unknownCategories == .error {
      try rows.requireKnownCategories(preprocessing.knownCategories)
    }
    return rows
  }

  /// How rows are unlike those of the training.
  func findings(in rows: NewRows) -> [Finding] {
    // What the user left out of the training is no surprise.
    let leftOut = Set(reading.options.dropped + [reading.options.identifier].compactMap { $0 })
    return DriftSubject(
      rows.features, since: preprocessing,
      unusedColumns: rows.unusedColumns.filter { !leftOut.contains($0) }
    ).findings
  }

  private func rows(
    of data: String, label: String?, reading options: ReadingOptions
  ) throws -> NewRows {
    let labelColumn = label ?? record.labelColumn
    if let embedded = EmbeddedDatasets.all.first(where: { $0.name == data }) {
      try options.refuse(for: data)
      return try NewRows(
        embedded.file(), schema: preprocessing.inputColumns, labelColumn: labelColumn)
    }
    let rows = try NewRows(
      csv: data, schema: preprocessing.inputColumns, labelColumn: labelColumn,
      columnCount: reading.columnCount, format: options.format(over: reading.formatOfSuccessor))
    return rows
  }

  struct Prediction {
    let labels: [Int]
    /// `[rows, classes]`, nil if the model's loss gives no probabilities.
    let probabilities: Tensor<Double>?
  }

  func predict(_ table: Table) throws -> Prediction {
    let outputs: Tensor<Double>
    do { outputs = try self.outputs(preprocessing.transform(table)) } catch let error
      as NonFiniteValues
    { throw AnsatzError(.badData, "\(error)") }
    try outputs.requireFiniteRows()
    return Prediction(
      labels: loss.labels(outputs: outputs), probabilities: loss.probabilities(outputs: outputs))
  }
}
