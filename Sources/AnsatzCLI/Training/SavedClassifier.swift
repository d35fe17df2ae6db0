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
    let found = try CheckpointStore.find(folder)
    if let notice = found.notice { StandardStreams.note("ansatz: \(notice)\n") }
    checkpoint = found.checkpoint
    record = checkpoint.record
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
      circuits = Self.circuits(of: layers, network.parameters)
    case .f32:
      let network: Network<Float> = try checkpoint.network(of: layers)
      outputs = { try network($0.converted()).converted() }
      circuits = Self.circuits(of: layers, network.parameters)
    }
  }

  private static func circuits<S: Scalar>(
    of layers: Sequential, _ parameters: [NetworkParameter<S>]
  ) -> [(layer: QuantumLayer, weights: [Double])] {
    layers.layers.enumerated().flatMap { index, layer in
      Sequential([layer]).quantumLayers.map { quantum in
        let own = parameters.first {
          $0.name.hasPrefix("\(index + 1).") && $0.tensor.count == quantum.circuit.weightCount
        }
        return (quantum, own.map { $0.tensor.converted().elements } ?? [])
      }
    }
  }

  /// Reads rows of the columns the model was trained on: a CSV file, or an embedded data set.
  func rows(of data: String, label: String?) throws -> NewRows {
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
    let outputs: Tensor<Double>
    do { outputs = try self.outputs(preprocessing.transform(table)) } catch let error
      as NonFiniteValues
    { throw AnsatzError(.badData, "\(error)") }
    try outputs.requireFiniteRows()
    return Prediction(
      labels: loss.labels(outputs: outputs), probabilities: loss.probabilities(outputs: outputs))
  }
}
