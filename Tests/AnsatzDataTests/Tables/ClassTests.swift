import AnsatzData
import AnsatzMath
import Testing

@Suite struct ClassTests {
  /// Spellings of one number with a decimal point.
  static func spellings(_ value: Int) -> [String] {
    ["\(value)", "\(value).0", "\(value).", "0\(value)", "+\(value)", "\(value)e0", "\(value).00"]
  }

  @Test("Labels that write one number are one class, called by the shortest spelling")
  func oneNumberOneClass() throws {
    for seed in 0..<50 as Range<UInt64> {
      var stream = RandomStream(seed: seed, stream: "labels")
      let values = (0..<40).map { _ in stream.integer(below: 3) }
      func text(_ mark: String) -> String {
        "a;label\n"
          + values.enumerated().map { row, value in
            let all = Self.spellings(value)
            let label = row < 10 ? "\(value)" : all[stream.integer(below: all.count)]
            return "0\(mark)\(row + 1);" + label.replacing(".", with: mark) + "\n"
          }.joined()
      }
      let names = Set(values.prefix(10)).union(values).sorted().map { "\($0)" }
      for mark in [".", ","] {
        let data = try dataset(text(mark))
        #expect(data.classNames == names, "seed \(seed)")
        #expect(data.labels.map { data.classNames[$0] } == values.map { "\($0)" })
        // Another file spells them otherwise.
        let other = try NewRows(
          csv(text(mark)), schema: data.features.schema, labelColumn: "label")
        #expect(try other.labels(classNames: data.classNames) == data.labels)
      }
    }
  }

  @Test("The shortest spelling is one that the file has, with a decimal point")
  func names() throws {
    #expect(try dataset("a,label\n1,1.0\n2,2.0\n").classNames == ["1.0", "2.0"])
    #expect(try dataset("a,label\n1,007\n2,12\n").classNames == ["007", "12"])
    #expect(try dataset("a;label\n1;0,5\n2;2,25\n").classNames == ["0.5", "2.25"])
    #expect(try dataset("a,label\n1,1.0\n2,b\n3,1\n").classNames == ["1", "b"])
    // Neighbouring whole numbers that are one Double.
    let long = "a,label\n1,9007199254740992\n2,9007199254740993\n"
    #expect(try dataset(long).classNames.count == 2)
  }

  @Test("Class names of models saved earlier, which may hold a number twice, are found as written")
  func earlierNames() throws {
    let rows = try NewRows(
      csv("a,label\n1,1.0\n2,1\n3,01\n"), schema: [ColumnSchema(name: "a", kind: .numeric)],
      labelColumn: "label")
    #expect(try rows.labels(classNames: ["0", "0.0", "1", "1.0"]) == [3, 2, 2])
  }

  @Test("A measured label is refused, naming column, distinct numbers and rows")
  func measuredLabel() {
    let prices = "a,price\n" + (0..<40).map { "\($0),\(Double($0) * 1.5 + 0.25)\n" }.joined()
    #expect(
      message { try dataset(prices, label: "price") }
        == "data.csv: the label column 'price' holds 40 distinct numbers in 40 rows: a measured "
        + "quantity, not classes; Ansatz classifies, so name another column, or replace the numbers "
        + "by ranges such as low and high")
    let counts = "a,n\n" + (0..<60).map { "\($0),\($0 * 7 % 61)\n" }.joined()
    #expect(
      message { try dataset(counts, label: "n") }?.contains("60 distinct whole numbers") == true)
  }

  @Test("Few fractions that come back, and many numbered classes, are classes")
  func numbersAsClasses() throws {
    let ratings = "a,r\n" + (0..<100).map { "\($0),\(Double($0 % 9) / 2)\n" }.joined()
    #expect(try dataset(ratings, label: "r").classNames.count == 9)
    #expect(try dataset("a,r\n1,0.5\n2,1.5\n3,0.5\n", label: "r").classNames.count == 2)
    let letters = "a,r\n" + (0..<200).map { "\($0),\($0 % 26)\n" }.joined()
    #expect(try dataset(letters, label: "r").classNames.count == 26)
  }
}
