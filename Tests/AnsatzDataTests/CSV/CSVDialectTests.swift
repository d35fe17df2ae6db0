import AnsatzData
import AnsatzMath
import Testing

/// A way to write a table of numbers.
private struct Writer {
  let dialect: CSVDialect
  let lineEnd: String
  let quotesAll: Bool
  let hasHeader: Bool
  let hasGroups: Bool

  init(_ dialect: CSVDialect, _ stream: inout RandomStream) {
    self.dialect = dialect
    lineEnd = ["\n", "\r\n", "\r"][stream.integer(below: 3)]
    quotesAll = stream.integer(below: 2) == 0
    hasHeader = stream.integer(below: 4) > 0
    hasGroups = stream.integer(below: 2) == 0
  }

  func text(_ rows: [[Double?]], _ stream: inout RandomStream) -> String {
    let names = rows[0].indices.map { "c\($0)" }
    let lines = rows.map { row in row.map { $0.map { number($0, &stream) } ?? "" } }
    return ((hasHeader ? [names] : []) + lines).map { cells in
      cells.map { cell in
        let mustQuote = cell.contains(dialect.delimiter.rawValue)
        return quotesAll || mustQuote ? "\"\(cell)\"" : cell
      }.joined(separator: dialect.delimiter.rawValue)
    }.joined(separator: lineEnd)
  }

  /// All digits of the number; now and then with marks between its thousands.
  private func number(_ value: Double, _ stream: inout RandomStream) -> String {
    let text = "\(value)"
    guard !text.contains("e") else {
      return text.replacing(".", with: dialect.decimalMark.rawValue)
    }
    let parts = text.split(separator: ".")
    var whole = String(parts[0])
    if hasGroups, stream.integer(below: 2) == 0 {
      let separators = [dialect.decimalMark == .point ? "," : ".", " ", "'", "\u{a0}", "\u{202f}"]
      let separator = separators[stream.integer(below: separators.count)]
      var digits = Array(whole.drop { $0 == "-" })
      var groups: [String] = []
      while digits.count > 3 {
        groups.insert(String(digits.suffix(3)), at: 0)
        digits.removeLast(3)
      }
      whole =
        (value < 0 ? "-" : "") + ([String(digits)] + groups).joined(separator: separator)
    }
    return parts[1] == "0" ? whole : whole + dialect.decimalMark.rawValue + parts[1]
  }
}

@Suite struct CSVDialectTests {
  static let dialects = CSVDelimiter.allCases.flatMap { delimiter in
    DecimalMark.allCases.map { CSVDialect(delimiter: delimiter, decimalMark: $0) }
  }

  @Test(
    "A table reads to the same numbers, whatever delimiter, decimal mark and quotes it is written with",
    arguments: dialects)
  func sameNumbers(dialect: CSVDialect) throws {
    for seed in 0..<100 as Range<UInt64> {
      var stream = RandomStream(seed: seed, stream: "dialect")
      let columns = 2 + stream.integer(below: 4)
      let rows: [[Double?]] = (0..<(2 + stream.integer(below: 6))).map { row in
        (0..<columns).map { column in
          if row > 0, stream.integer(below: 9) == 0 { return nil }
          switch column {
          // What tells the decimal mark: thousandths of a number below one.
          case 0: return Double(1 + stream.integer(below: 998)) / 1000
          case 1: return Double(stream.integer(below: 20_000_000)) / 10 - 1_000_000
          case 2: return Double(stream.integer(below: 5_000))
          default: return (stream.uniform() - 0.5) * 1e-9
          }
        }
      }
      let writer = Writer(dialect, &stream)
      let text = writer.text(rows, &stream)
      for format in [
        CSVFormat(), CSVFormat(delimiter: dialect.delimiter, decimalMark: dialect.decimalMark),
        CSVFormat(fallback: CSVDialect()),
      ] {
        let file = try CSVFile(bytes: Array(text.utf8), source: "data.csv", format: format)
        #expect(file.dialect == dialect, "seed \(seed): \(text)")
        #expect(file.hasHeader == writer.hasHeader)
        let schema = file.columnNames.map { ColumnSchema(name: $0, kind: .numeric) }
        let table = try NewRows(file, schema: schema, labelColumn: nil).features
        let numbers = (0..<file.rowCount).map { row in
          table.columns.map { column -> Double? in
            guard case .numeric(let values) = column.values else { return nil }
            return values[row]
          }
        }
        #expect(numbers == rows, "seed \(seed): \(text)")
      }
    }
  }

  @Test("Text with the other delimiters in it is cut by the one that all lines share")
  func textWithMarks() throws {
    let file = try csv("name;note\na, b;x|y\nc;z, w, v\n")
    #expect(file.dialect.delimiter == .semicolon)
    #expect(cells(file) == [["a, b", "x|y"], ["c", "z, w, v"]])
    #expect(try csv("a,b\n1;2,x\n3,y;z\n").dialect.delimiter == .comma)
    #expect(try csv("a\tb\n\t\n1\t2\n").rowCount == 2)
  }

  @Test("What can be read in two ways is refused, naming both and the option, or read as before")
  func ambiguous() throws {
    let two = "x;y,z\na;b,c\nd;e,f\n"
    #expect(
      message { try csv(two) }
        == "data.csv can be read with commas or with semicolons between its columns; say which by "
        + "--delimiter ',' or --delimiter ';'")
    #expect(try csv(two, expecting: ["z"]).dialect.delimiter == .comma)
    #expect(try csv(two, expecting: ["y,z"]).dialect.delimiter == .semicolon)
    let bytes = Array("a;b\n1,234;x\n".utf8)
    #expect(
      message { try CSVFile(bytes: bytes, source: "data.csv") }
        == "data.csv: the mark in line 2, column 1: '1,234' can stand before a fraction or between "
        + "thousands; say which by --decimal '.' or --decimal ','")
    for mark in DecimalMark.allCases {
      for format in [
        CSVFormat(decimalMark: mark),
        CSVFormat(fallback: CSVDialect(delimiter: .semicolon, decimalMark: mark)),
      ] {
        let file = try CSVFile(bytes: bytes, source: "data.csv", format: format)
        #expect(file.dialect == CSVDialect(delimiter: .semicolon, decimalMark: mark))
        #expect(file.hasGroupedNumbers == (mark == .point))
      }
    }
    #expect(
      message { try csv("a,b\n\"1,5\",2.5\n\"2,5\",3\n") }
        == "data.csv has decimal points (line 2, column 2: '2.5') and decimal commas (line 2, column "
        + "1: '1,5'); say which by --decimal '.' or --decimal ',', or leave a column out by --drop")
  }

  @Test("The file tells more than what was known of an earlier one")
  func fallback() throws {
    let earlier = CSVFormat(fallback: CSVDialect(delimiter: .semicolon, decimalMark: .comma))
    func dialect(_ text: String) throws -> CSVDialect {
      try CSVFile(bytes: Array(text.utf8), source: "data.csv", format: earlier).dialect
    }
    #expect(try dialect("a,b\n1.5,2\n") == CSVDialect())
    #expect(try dialect("a,b\n1.234,2\n") == CSVDialect())
    #expect(try dialect("a\n1,5\n2,25\n") == earlier.fallback)
  }

  @Test("Numbers in the other notation are named with their place, and are no categories")
  func foreignNumbers() {
    let text = "a,b,label\n0.5,\"1,5\",x\n0.7,\"2,5\",y\n0.9,\"x,y\",y\n"
    #expect(
      message { try dataset(text) }?.hasPrefix(
        "data.csv, line 2, column 2 ('b'): '1,5' is no number with a decimal point") == true)
    #expect(
      message { try dataset("a;label\n0,5;x\n0,7;y\n1.5;y\n1,25;x\n") }?.hasPrefix(
        "data.csv has decimal points") == true)
  }

  @Test("A decimal mark or delimiter that there is not is refused with the choices")
  func choices() throws {
    #expect(try CSVDelimiter(parsing: "\\t") == .tab)
    #expect(try CSVDelimiter(parsing: "Semicolons") == .semicolon)
    #expect(try DecimalMark(parsing: "comma") == .comma)
    #expect(
      message { try CSVDelimiter(parsing: "x") }
        == "unknown delimiter 'x'; choose ',', ';', 'tab' or '|'")
    #expect(
      message { try DecimalMark(parsing: ";") } == "unknown decimal mark ';'; choose '.' or ','")
  }
}
