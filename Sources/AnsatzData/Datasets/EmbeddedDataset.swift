import AnsatzMath
import AnsatzSettings

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
  ///
  /// - Throws: `AnsatzError` if the options name a column that is not there, or ask for classes of a
  ///   size that it does not have.
  public func load(options: TableOptions = TableOptions()) throws -> Dataset {
    try Dataset(
      file(), name: name, label: "label", options: options, origin: origin, licence: licence)
  }

  /// The parsed file.
  public func file() throws -> CSVFile {
    try CSVFile(
      bytes: csv, source: name, header: .present,
      format: CSVFormat(delimiter: .comma, decimalMark: .point))
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
    try Catalogue("data set", all) { $0.name }.named(name)
  }
}
