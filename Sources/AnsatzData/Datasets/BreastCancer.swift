import CAnsatzDatasets

extension EmbeddedDatasets {
  static let breastCancer = EmbeddedDataset(
    name: "breast-cancer",
    summary: "malignant or benign by measurements of cell nuclei",
    rowCount: 569, featureCount: 30, classCount: 2,
    origin: "Wolberg, Street, Mangasarian 1995; UCI Machine Learning Repository",
    licence: "CC BY 4.0",
    bytes: { ansatz_breast_cancer_csv($0) })
}
