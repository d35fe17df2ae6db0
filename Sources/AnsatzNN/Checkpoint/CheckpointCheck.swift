import AnsatzMath

// What a run cannot have written, whoever wrote it.
extension Checkpoint {
  /// What contradicts the rest, with its name; nil if nothing does.
  var fault: String? {
    // More than any run reaches, and far from where sums overflow.
    let counts = 0...(1 << 53)
    func outside(_ name: String, _ value: Int, _ range: ClosedRange<Int>) -> String? {
      range.contains(value)
        ? nil
        : "\(name) is \(value), but must be from \(range.lowerBound) to \(range.upperBound)"
    }
    do { try options.validate() } catch { return "options: \(error)" }
    let classes = record.classNames
    guard Set(classes).count == classes.count else { return "record.classNames repeat a name" }
    if let text = outside("classCount", classCount, 2...max(2, classes.count)) { return text }
    guard classes.count == classCount else {
      return "record.classNames has \(classes.count) names, but classCount is \(classCount)"
    }
    guard ["f64", "f32"].contains(precision) else { return "precision is neither f64 nor f32" }
    if let text = outside("record.features", record.features, 1...(1 << 31)) { return text }
    if let preprocessing = record.preprocessing, preprocessing.isFitted,
      preprocessing.outputCount != record.features
    {
      return "record.features is \(record.features), but the preparation gives "
        + "\(preprocessing.outputCount)"
    }
    for (index, steps) in optimizerSteps.enumerated() {
      if let text = outside("optimizerSteps[\(index)]", steps, counts) { return text }
    }
    return fault(of: progress, counts: counts, outside)
  }

  private func fault(
    of progress: TrainingProgress, counts: ClosedRange<Int>,
    _ outside: (String, Int, ClosedRange<Int>) -> String?
  ) -> String? {
    let rows = progress.order.count
    for (name, value, range) in [
      ("epoch", progress.epoch, 0...options.epochs),
      ("batch", progress.batch, 0...rows),
      ("sampleCount", progress.sampleCount, 0...rows),
      ("correctCount", progress.correctCount, 0...max(0, progress.sampleCount)),
      ("stepCount", progress.stepCount, counts),
      ("circuitEvaluations", progress.circuitEvaluations, counts),
      ("bestEpoch", progress.bestEpoch ?? 1, 1...max(1, progress.epoch)),
      ("patienceStart", progress.patienceStart ?? 0, 0...max(0, progress.epoch)),
    ] {
      if let text = outside("progress.\(name)", value, range) { return text }
    }
    guard progress.history.count == progress.epoch,
      progress.history.enumerated().allSatisfy({ $0 + 1 == $1.epoch })
    else { return "progress.history does not have epochs 1 to \(progress.epoch)" }
    guard (progress.bestEpoch == nil) == (progress.bestLoss == nil),
      (progress.bestEpoch == nil) == (best == nil)
    else { return "progress.bestEpoch, progress.bestLoss and the best weights must come together" }
    return nil
  }
}
