import AnsatzData
import AnsatzMath
import Foundation
import Testing

@Suite struct DriftTests {
  let training = Result {
    var preprocessing = Preprocessing()
    try preprocessing.fit(
      Table(
        columns: [
          Column("size", .numeric([0, 1, nil, 2])),
          Column("colour", .text(["red", "green", nil, "red"])),
          Column("late", .numeric([nil, nil, nil, nil])),
        ], source: "train.csv"))
    return preprocessing
  }

  func findings(_ size: [Double?], _ colour: [String?], late: [Double?]? = nil) throws -> [String] {
    let table = try Table(
      columns: [
        Column("size", .numeric(size)), Column("colour", .text(colour)),
        Column("late", .numeric(late ?? size.map { _ in nil })),
      ], source: "new.csv")
    // What is saved with a model says the same.
    let saved = try jsonRoundTrip(training.get())
    return DriftSubject(table, since: saved).findings.map(\.message)
  }

  @Test("Rows like those of the training are no news, gaps and half a range beyond it included")
  func noDrift() throws {
    #expect(try findings([0, 3, -1, nil], ["red", nil, "green", "red"]).isEmpty)
  }

  @Test("Unknown categories are counted and named")
  func unknownCategories() throws {
    #expect(
      try findings([1, 1, 1, 1, 1], ["Red", "red", "purple", "Red", "7"]) == [
        "column 'colour': 4 of 5 rows hold a category that training did not see ('Red', 'purple' and "
          + "'7'), read as none of the known ones"
      ])
  }

  @Test("Numbers far outside the range are counted, with both ranges")
  func farValues() throws {
    #expect(
      try findings([3.25, 1, -40], ["red", "red", "red"]) == [
        "column 'size': 2 of 3 rows lie far outside what training saw (0 to 2): from -40 to 3.25"
      ])
  }

  @Test("Values in a column that was empty are not used")
  func emptyColumn() throws {
    #expect(
      try findings([1, 1], ["red", "red"], late: [nil, 5]) == [
        "column 'late' is not used: empty in the training data"
      ])
  }

  @Test("Columns that training did not have are not used")
  func unusedColumns() throws {
    let table = try Table(columns: [Column("size", numbers: [1])], source: "new.csv")
    let subject = DriftSubject(table, since: try training.get(), unusedColumns: ["p", "q"])
    #expect(
      subject.findings.map(\.message) == [
        "columns 'p' and 'q' are not used: not among the training data"
      ])
  }

  @Test("A summary holds the moments of a column, of huge and of equal numbers too")
  func summaries() throws {
    let small = ColumnSummary(Column("n", .numeric([1, nil, 3])))
    #expect((small.count, small.missing) == (2, 1))
    #expect((small.minimum, small.maximum) == (1, 3))
    #expect((small.mean, small.deviation) == (2, 1))
    #expect(small.categories == nil)
    let huge = ColumnSummary(Column("n", numbers: [-1.5e308, 1.5e308]))
    // One rounding of the square root, relative.
    #expect(abs((huge.deviation ?? 0) / 1.5e308 - 1) < 1e-15)
    #expect(ColumnSummary(Column("n", numbers: [4, 4])).deviation == 0)
    let text = ColumnSummary(Column("t", .text(["b", nil, "a", "b"])))
    #expect(text.categories == ["a", "b"] && text.mean == nil)
    for summary in [small, huge, text] { #expect(try jsonRoundTrip(summary) == summary) }
  }
}
