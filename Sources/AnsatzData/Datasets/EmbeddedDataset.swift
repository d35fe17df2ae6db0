import AnsatzMath

/// A data set that travels inside the program.
public struct EmbeddedDataset: Sendable {
  /// What commands call it.
  public let name: String
  /// What it is, in one line.
  public let summary: String
  /// How many samples it has.
  public let rowCount: Int
  /// How many columns beside the label.
  public let featureCount: Int
  /// How many classes.
  public let classCount: Int
  /// Who made it, and where it was published.
  public let origin: String
  /// What it may be used under.
  public let licence: String
  /// The bytes of its CSV file, and their number.
  let bytes: @Sendable (UnsafeMutablePointer<Int>) -> UnsafePointer<UInt8>?

  /// The CSV file.
  public var csv: [UInt8] {
    var count = 0
    guard let start = bytes(&count) else { return [] }
    return [UInt8](UnsafeBufferPointer(start: start, count: count))
  }

  /// Parses the embedded file.
  public func load() throws -> Dataset {
    try Dataset(
      CSVFile(bytes: csv, source: name, header: .present), name: name, label: "label",
      origin: origin, licence: licence)
  }
}

/// The data sets inside the program.
public enum EmbeddedDatasets {
  /// Every one of them, in the order of listings.
  public static let all: [EmbeddedDataset] = [iris, wine, breastCancer, digits]

  /// The embedded data set of a name.
  ///
  /// - Throws: `AnsatzError` with the near miss if there is no data set of that name.
  public static func named(_ name: String) throws -> EmbeddedDataset {
    if let dataset = all.first(where: { $0.name == name }) { return dataset }
    throw AnsatzError(
      .usage, "unknown data set '\(name)'; \(didYouMean(name, in: all.map(\.name)))")
  }
}
