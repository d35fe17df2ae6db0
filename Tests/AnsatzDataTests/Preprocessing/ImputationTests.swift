import AnsatzData
import AnsatzMath
import Testing

@Suite struct ImputationTests {
  let training = Result {
    try Table(
      columns: [
        Column("n", .numeric([4, nil, 1, 1, 10])),
        Column("t", .text(["b", "a", nil, "a", "b"])),
      ], source: "table")
  }

  func filled(_ argument: String?) throws -> [Column.Values] {
    var step = try Imputation(argument: argument)
    try step.fit(training.get())
    let table = try Table(
      columns: [Column("n", .numeric([nil, 7])), Column("t", .text([nil, "c"]))], source: "new")
    return try step.transform(table).columns.map(\.values)
  }

  @Test("Missing numbers take the training rows' mean, median or most frequent value")
  func strategies() throws {
    #expect(try filled(nil) == [.numeric([4, 7]), .text(["a", "c"])])
    #expect(try filled("mean") == [.numeric([4, 7]), .text(["a", "c"])])
    #expect(try filled("median") == [.numeric([2.5, 7]), .text(["a", "c"])])
    #expect(try filled("most-frequent") == [.numeric([1, 7]), .text(["a", "c"])])
  }

  @Test("The median of an odd number of values is the middle one")
  func oddMedian() throws {
    var step = Imputation(.median)
    try step.fit(table([9, 1, 5]))
    #expect(step.fills == [.number(5)])
  }

  @Test("The mean of values near the largest number does not overflow")
  func hugeMean() throws {
    var step = Imputation()
    try step.fit(table([1e308, 1e308, 1e308]))
    #expect(step.fills == [.number(1e308)])
  }

  @Test("A column without a value is left out, of the training rows and of others")
  func emptyColumn() throws {
    var step = Imputation()
    let columns = [Column("x", .numeric([nil, nil])), Column("y", .numeric([nil, 3]))]
    try step.fit(Table(columns: columns, source: "d.csv"))
    let filled = try step.transform(table([5, 6], [7, 8]))
    #expect(filled.columns == [Column("c1", numbers: [7, 8])])
    #expect(try jsonRoundTrip(step) == step)
    var alone = try Preprocessing(parsing: "none")
    #expect(
      message { try alone.fit(Table(columns: [columns[0]], source: "d.csv")) }
        == "d.csv: no feature has a value")
  }

  @Test("An unknown strategy is refused")
  func mistakes() throws {
    #expect(
      message { try Imputation(argument: "mode") }
        == "preprocessing step 'impute' does not take 'mode'; write impute, impute:median or "
        + "impute:most-frequent")
  }
}
