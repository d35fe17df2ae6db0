import Ansatz

func metricsExample() throws -> (auc: Double, values: [String: Double]) {
  let predictions = try ClassPredictions(
    truth: [0, 1, 1, 0],
    probabilities: Tensor(rows: [[0.8, 0.2], [0.3, 0.7], [0.6, 0.4], [0.5, 0.5]]))
  let auc = try StandardMetrics.metric(named: "roc-auc").value(of: .classes(predictions))

  var values: [String: Double] = [:]
  for metric in StandardMetrics.metrics(for: .classes(predictions)) {
    values[metric.name] = try metric.value(of: .classes(predictions))
  }
  return (auc, values)
}
