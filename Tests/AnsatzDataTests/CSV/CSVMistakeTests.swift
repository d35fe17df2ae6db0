import AnsatzData
import AnsatzMath
import Foundation
import Testing

@Suite struct CSVMistakeTests {
  @Test("A missing file, a folder and an unreadable name are told apart")
  func missingFile() throws {
    #expect(throws: AnsatzError(.missingInput, "no/such.csv: no such file")) {
      try CSVFile(path: "no/such.csv")
    }
    #expect(throws: AnsatzError(.missingInput, "/ is a folder; name a CSV file in it")) {
      try CSVFile(path: "/")
    }
  }

  @Test("A file is read from its path under its own name")
  func fileOnDisk() throws {
    let path = NSTemporaryDirectory() + "ansatz-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("a,b\n1,x\n".utf8).write(to: URL(fileURLWithPath: path))
    let file = try CSVFile(path: path)
    #expect(cells(file) == [["1", "x"]])
    #expect(file.place(row: 0, column: 1) == "\(path), line 2, column 2 ('b')")
  }

  @Test("Empty files and files without rows are refused", arguments: ["", "\n \n", "\u{feff}"])
  func empty(text: String) {
    #expect(
      message { try csv(text) } == "data.csv is empty; it needs a header line and rows of data")
    #expect(
      message { try csv("a,b\n") } == "data.csv has a header line but no rows of data below it")
  }

  @Test("An unterminated quote names the line on which it opened")
  func unterminatedQuote() {
    #expect(
      message { try csv("a,b\n1,2\n3,\"x\ny\nz\n") }
        == "data.csv, line 3, column 2: the quote that opens here is never closed")
    #expect(
      message { try csv("a,b\n1,\"x\"\"") }
        == "data.csv, line 2, column 2: the quote that opens here is never closed")
  }

  @Test("Text after a closing quote is refused at its line")
  func textAfterQuote() {
    #expect(
      message { try csv("a,b\n\"1\n2\"x,3\n") }
        == "data.csv, line 3, column 1: text after the closing quote; a quote inside a quoted cell "
        + "must be doubled")
  }

  @Test("A quote inside an unquoted cell is refused")
  func strayQuote() {
    #expect(
      message { try csv("a,b\n1,5\" disk\n") }
        == "data.csv, line 2, column 2: a quote inside a cell that does not start with one; quote "
        + "the whole cell and double the quote")
  }

  @Test("Rows of unequal length name the line, and lines inside quotes count")
  func unequalRows() {
    #expect(
      message { try csv("a,b\n\"x\ny\",2\n\n3\n") }
        == "data.csv, line 5: expected 2 cells, as on line 1, but found 1")
    #expect(
      message { try csv("a,b\r\n1,2,3\r\n") }
        == "data.csv, line 2: expected 2 cells, as on line 1, but found 3")
  }

  @Test("Bytes that are not UTF-8 name their line")
  func notUTF8() {
    let bytes = Array("a,b\r\n1,é\r\n2,".utf8) + [0xe9, 0x0a]
    #expect(
      message { try CSVFile(bytes: bytes, source: "data.csv") }
        == "data.csv, line 3: the text is not UTF-8; save the file as UTF-8 CSV")
  }

  @Test("A column name that is used twice is refused")
  func repeatedName() {
    #expect(
      message { try csv("a,b,a\n1,2,3\n") }
        == "data.csv, line 1, column 3: the name 'a' is used twice; column names must differ")
  }
}
