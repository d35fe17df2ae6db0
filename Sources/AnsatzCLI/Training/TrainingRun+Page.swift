import Ansatz

extension TrainingRun {
  /// The report on a run that is over.
  func makePage<S: Scalar>(_ trainer: Trainer<S>, _ result: TrainingReport) throws -> TrainingPage {
    var page = TrainingPage()
    page.title = "\(result.model) on \(result.dataset)"
    page.subtitle =
      "\(counted(result.rows, "row")), \(counted(result.features, "feature")), "
      + "\(counted(result.classes, "class", plural: "classes")); "
      + "\(counted(result.parameters, "parameter")); trained in \(timeText(result.seconds))"
    page.classNames = dataset.classNames
    page.findings = result.findings
    page.history = result.history
    page.bestEpoch = result.bestEpoch
    let (training, validation) = try split()
    page.parts = try [("training", training), ("validation", validation), ("test", test)]
      .compactMap { name, rows in try rows.map { try part(name, $0, trainer) } }
    if let plane = FeaturePlane(dataset) {
      let decision = try plane.decision(preprocessing: preprocessing) {
        try trainer.predict($0.converted())
      }
      page.plane = plane.chart(dataset.name, decision: decision)
    }
    page.circuits = try model.network(
      features: preprocessing.outputCount, classes: dataset.classCount
    ).quantumLayers.map(\.circuit)
    page.settings =
      [("data", ([dataset.name] + dataset.reading.notices).joined(separator: "; "))]
      + (test.map { [("test data", $0.name)] } ?? [])
      + [("model", result.model)] + model.settingValues.map { ($0.name, $0.value.text) }
      + options.facts
      + [
        ("preprocessing", stepsText(result.preprocessing)),
        ("seed", "\(options.seed)"),
      ] + (result.checkpoint.map { [("checkpoint", $0)] } ?? [])
      + machineFacts(precision: result.precision)
    page.command = ownCommand
    return page
  }

  private func part<S: Scalar>(
    _ name: String, _ rows: Dataset, _ trainer: Trainer<S>
  ) throws -> TrainingPage.Part {
    let features: Tensor<S> = try preprocessing.transform(rows.features).converted()
    let outputs: Tensor<Double> = try trainer.outputs(features).converted()
    return TrainingPage.Part(
      name, labels: rows.labels, predictions: trainer.loss.labels(outputs: outputs),
      scores: trainer.secondClassScores(outputs))
  }
}
