import AnsatzData
import AnsatzMath
import Foundation

func csv(
  _ text: String, header: CSVHeader = .detected, expecting names: [String] = []
) throws -> CSVFile {
  try CSVFile(bytes: Array(text.utf8), source: "data.csv", header: header, expecting: names)
}

/// All cells of a file, nil where missing.
func cells(_ file: CSVFile) -> [[String?]] {
  (0..<file.rowCount).map { row in
    (0..<file.columnCount).map { file.text(row: row, column: $0) }
  }
}

func dataset(_ text: String, label: String = "label") throws -> Dataset {
  try Dataset(csv(text, expecting: [label]), name: "data.csv", label: label)
}

/// The message of the error that `body` throws; nil if it throws none.
func message(_ body: () throws -> some Any) -> String? {
  do {
    _ = try body()
    return nil
  } catch {
    return (error as? AnsatzError)?.message ?? "another error: \(error)"
  }
}

/// A table of one numeric column per array.
func table(_ columns: [Double]...) throws -> Table {
  try Table(
    columns: columns.enumerated().map { Column("c\($0)", numbers: $1) }, source: "table")
}

func fixture(_ name: String) -> String {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/\(name)").path
}

func jsonRoundTrip<Value: Codable>(_ value: Value) throws -> Value {
  try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
}
