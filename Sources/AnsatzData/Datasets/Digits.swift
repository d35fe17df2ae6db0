import CAnsatzDatasets

extension EmbeddedDatasets {
  static let digits = EmbeddedDataset(
    name: "digits",
    summary: "handwritten digits, 8×8 pixels of 0 to 16",
    rowCount: 1797, featureCount: 64, classCount: 10,
    origin: "Alpaydin, Kaynak 1998; UCI Machine Learning Repository",
    licence: "CC BY 4.0",
    bytes: { ansatz_digits_csv($0) })
}
