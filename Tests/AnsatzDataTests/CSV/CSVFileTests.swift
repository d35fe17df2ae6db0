import AnsatzData
import AnsatzMath
import Foundation
import Testing

@Suite struct CSVFileTests {
  @Test("The reader returns what a writer that quotes everything wrote, whatever the line end")
  func randomTablesSurvive() throws {
    let pieces = ["a", "\"", ",", "\n", "\r\n", "\r", " ", "é", "🙂", "0", ";", "\t"]
    for seed in 0..<200 as Range<UInt64> {
      var stream = RandomStream(seed: seed, stream: "csv")
      let columns = 1 + stream.integer(below: 4)
      let rows = 1 + stream.integer(below: 5)
      let expected = (0..<rows).map { _ in
        // The letter in front keeps a cell from being one of the words for a missing value.
        (0..<columns).map { _ in
          "x"
            + (0..<stream.integer(below: 6)).map { _ in
              pieces[stream.integer(below: pieces.count)]
            }.joined()
        }
      }
      let lineEnd = ["\n", "\r\n", "\r"][stream.integer(below: 3)]
      let lines = expected.map { row in
        row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
      }
      let text =
        lines.joined(separator: lineEnd) + (stream.integer(below: 2) == 0 ? lineEnd : "")
      #expect(cells(try csv(text, header: .absent)) == expected, "seed \(seed)")
    }
  }

  @Test(
    "LF, CRLF, CR, blank lines and a missing last line end read the same",
    arguments: [
      "a,b\n1,2\n3,4\n", "a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r",
      "a,b\r1,2\r3,4",
      "\u{feff}a,b\n1,2\n3,4\n", "\n\na,b\n\n1,2\n  \t\n3,4\n\n\n", " a , b \n 1,\t2\n3 ,4 ",
      "\"a\",\"b\"\n\"1\",\"2\"\n\"3\" , \"4\"",
    ])
  func lineEnds(text: String) throws {
    let file = try csv(text)
    #expect(file.columnNames == ["a", "b"])
    #expect(file.hasHeader)
    #expect(cells(file) == [["1", "2"], ["3", "4"]])
  }

  @Test("Quoted cells keep commas, line ends, doubled quotes and spaces")
  func quotedCells() throws {
    let file = try csv("name,note\n\" a, \"\"b\"\" \",\"two\r\nlines\"\n\"\"\"\",x\n")
    #expect(cells(file) == [[" a, \"b\" ", "two\r\nlines"], ["\"", "x"]])
  }

  @Test("A comma at the end of the file is followed by an empty cell")
  func trailingComma() throws {
    #expect(cells(try csv("a,b\n1,")) == [["1", nil]])
    #expect(cells(try csv("a,b\n,\n")) == [[nil, nil]])
  }

  @Test(
    "Empty cells and the words for nothing are missing values",
    arguments: [
      "", "  ", "\"\"", "NA", "na", "N/A", "n/a", "NaN", "nan", "NAN", "?", "null", "NULL",
    ])
  func missing(cell: String) throws {
    #expect(cells(try csv("a,b\n1,\(cell)\n")) == [["1", nil]])
  }

  @Test(
    "Words that contain a word for nothing are text",
    arguments: ["NAN1", "nu", "nulls", "N\\A", "??", "none", "-"])
  func notMissing(cell: String) throws {
    #expect(cells(try csv("a,b\n1,\(cell)\n")) == [["1", cell]])
  }

  @Test("A first line without numbers is a header, one with a number is not")
  func headerDetection() throws {
    #expect(
      try csv("5.1,3.5,setosa\n4.9,3,setosa\n").columnNames == ["column1", "column2", "column3"])
    #expect(try csv("x,y\n1,2\n").hasHeader)
    #expect(try csv("x,y\nred,big\n").hasHeader)
    // Repeated cells over text are a row of categories.
    #expect(try !csv("p,x,x\ne,b,s\n").hasHeader)
    #expect(try csv(",y\n1,2\n").columnNames == ["column1", "y"])
    #expect(try !csv("0,1,label\n5,6,a\n").hasHeader)
    #expect(try csv("0,1,label\n5,6,a\n", expecting: ["label"]).hasHeader)
    #expect(try csv("1,2\n3,4\n", header: .present).columnNames == ["1", "2"])
    #expect(try csv("x,y\n1,2\n", header: .absent).rowCount == 2)
  }

  @Test("A hundred thousand rows parse to the right sum")
  func manyRows() throws {
    var text = "a,b,label\n"
    for i in 0..<100_000 { text += "\(i),\(i).5,\(i % 3)\n" }
    let data = try dataset(text)
    let matrix = try data.features.matrix()
    #expect(data.rowCount == 100_000)
    // Exact in Double: 2 · Σi + 0.5 · 100000 with Σi = 99999 · 50000.
    #expect(matrix.sum() == 2 * 99_999 * 50_000 + 50_000)
  }
}
