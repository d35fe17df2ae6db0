import CAnsatzDatasets

extension EmbeddedDatasets {
  static let iris = EmbeddedDataset(
    name: "iris",
    summary: "three species of iris by the size of sepal and petal",
    rowCount: 150, featureCount: 4, classCount: 3,
    origin: "Anderson, Fisher 1936; UCI Machine Learning Repository",
    licence: "CC BY 4.0",
    bytes: { ansatz_iris_csv($0) })
}
