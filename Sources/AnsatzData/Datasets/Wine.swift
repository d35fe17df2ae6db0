import CAnsatzDatasets

extension EmbeddedDatasets {
  static let wine = EmbeddedDataset(
    name: "wine",
    summary: "three cultivars of wine by chemical analysis",
    rowCount: 178, featureCount: 13, classCount: 3,
    origin: "Forina et al. 1991; UCI Machine Learning Repository",
    licence: "CC BY 4.0",
    bytes: { ansatz_wine_csv($0) })
}
