import AnsatzData
import AnsatzMath
import Foundation
import Testing

@Suite struct InputLimitTests {
  @Test("A line without end is refused at its millionth cell")
  func endlessLine() {
    for delimiter in CSVDelimiter.allCases {
      let bytes = [UInt8](repeating: Array(delimiter.rawValue.utf8)[0], count: 1_500_000)
      #expect(
        message { try CSVFile(bytes: bytes, source: "data.csv") }
          == "data.csv, line 1: more than 1000000 cells on a line; is it a table with "
          + "\(delimiter.name)s between its columns?")
    }
  }

  @Test("What cannot fit into the free memory is refused before it is read")
  func freeMemory() throws {
    try InputLimit.checkFile(1_000_000, source: "data.csv", free: 6_000_000)
    #expect(
      message { try InputLimit.checkFile(2_000_000, source: "data.csv", free: 11_000_000) }
        == "data.csv has 2 MB, and reading a table takes up to 6 times its size; 11 MB of memory are "
        + "free: split it")
    #expect(
      message { try InputLimit.checkCells(1_000_000, source: "data.csv", free: 15_000_000) }
        == "data.csv has 1000000 cells, which need 16 MB; 15 MB of memory are free: split it")
    #expect(InputLimit.streamLimit(free: 60_000_000) == 10_000_000)
    #expect(InputLimit.streamLimit(free: .max) == InputLimit.streamByteCount)
    #expect(InputLimit.freeMemory() > 0)
  }

  @Test("A FIFO is read as a file is")
  func fifo() throws {
    let path = NSTemporaryDirectory() + "ansatz-\(UUID().uuidString)"
    #expect(mkfifo(path, 0o600) == 0)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let text = "a,b\n" + (0..<50_000).map { "\($0),x\n" }.joined()
    let writer = Thread { try? Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
    writer.start()
    let file = try CSVFile(path: path)
    #expect(file.rowCount == 50_000)
    #expect(file.text(row: 49_999, column: 0) == "49999")
  }
}
