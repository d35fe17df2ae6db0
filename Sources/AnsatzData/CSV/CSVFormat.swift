import AnsatzMath

/// What stands between the columns of a table in a text file.
public enum CSVDelimiter: String, CaseIterable, Codable, Sendable {
  /// `,`
  case comma = ","
  /// `;`
  case semicolon = ";"
  /// A tab.
  case tab = "\t"
  /// `|`
  case bar = "|"

  /// Reads `,`, `;`, `|`, a tab, `\t` or the name of one of them.
  ///
  /// - Throws: `AnsatzError` listing them.
  public init(parsing text: String) throws {
    let found = Self.allCases.first { delimiter in
      text == delimiter.rawValue || text.lowercased() == delimiter.name
        || text.lowercased() == delimiter.name + "s"
    }
    guard let found = found ?? (text == "\\t" ? .tab : nil) else {
      throw AnsatzError(
        .usage,
        "unknown delimiter '\(abbreviated(text))'; choose ',', ';', 'tab' or '|'")
    }
    self = found
  }

  /// `semicolon`.
  public var name: String {
    switch self {
    case .comma: "comma"
    case .semicolon: "semicolon"
    case .tab: "tab"
    case .bar: "bar"
    }
  }

  /// As a shell takes it: `','`, `';'`, `tab`, `'|'`.
  var option: String { self == .tab ? "tab" : "'\(rawValue)'" }

  var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: UInt8(ascii: "\t")
    case .bar: UInt8(ascii: "|")
    }
  }
}

/// What stands before the fraction of a number.
public enum DecimalMark: String, CaseIterable, Codable, Sendable {
  /// `1.5`
  case point = "."
  /// `1,5`
  case comma = ","

  /// Reads `.`, `,`, `point` or `comma`.
  ///
  /// - Throws: `AnsatzError` listing them.
  public init(parsing text: String) throws {
    switch text.lowercased() {
    case ".", "point", "dot": self = .point
    case ",", "comma": self = .comma
    default:
      throw AnsatzError(
        .usage, "unknown decimal mark '\(abbreviated(text))'; choose '.' or ','")
    }
  }

  /// `point` or `comma`.
  public var name: String { self == .point ? "point" : "comma" }

  /// The other one, which then may stand between thousands.
  var other: DecimalMark { self == .point ? .comma : .point }

  var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
}

/// How a file turned out to be written.
public struct CSVDialect: Codable, Equatable, Sendable {
  /// What stands between its columns.
  public var delimiter: CSVDelimiter
  /// What stands before the fraction of its numbers.
  public var decimalMark: DecimalMark

  /// A delimiter and a decimal mark.
  public init(delimiter: CSVDelimiter = .comma, decimalMark: DecimalMark = .point) {
    self.delimiter = delimiter
    self.decimalMark = decimalMark
  }

  /// `semicolons between columns, decimal commas`.
  public var summary: String { "\(delimiter.name)s between columns, decimal \(decimalMark.name)s" }
}

/// What is known of a file's way of writing before it is read; the rest is detected.
public struct CSVFormat: Codable, Equatable, Sendable {
  /// What stands between the columns; nil if the head of the file is to tell.
  public var delimiter: CSVDelimiter?
  /// What stands before a fraction; nil if the head of the file is to tell.
  public var decimalMark: DecimalMark?
  /// Taken where the file tells neither; nil refuses a file that can be read in two ways.
  public var fallback: CSVDialect?
  /// Columns nobody will read, by name: they do not tell the decimal mark.
  public var ignoredColumns: [String] = []

  /// What is given; nil is detected.
  public init(
    delimiter: CSVDelimiter? = nil, decimalMark: DecimalMark? = nil, fallback: CSVDialect? = nil,
    ignoredColumns: [String] = []
  ) {
    self.delimiter = delimiter
    self.decimalMark = decimalMark
    self.fallback = fallback
    self.ignoredColumns = ignoredColumns
  }
}
