import AnsatzData
import AnsatzMath
import Testing

@Suite struct OneHotTests {
  @Test("Categories become columns in ascending order; an unseen one becomes zeros")
  func encoding() throws {
    var step = OneHot()
    try step.fit(
      Table(
        columns: [Column("t", .text(["b", "a", "b"])), Column("n", numbers: [1, 2, 3])],
        source: "training"))
    let encoded = try step.transform(
      Table(
        columns: [Column("t", .text(["a", "z"])), Column("n", numbers: [5, 6])], source: "new"))
    #expect(encoded.columnNames == ["t=a", "t=b", "n"])
    #expect(try encoded.matrix() == Tensor(rows: [[1, 0, 5], [0, 0, 6]]))
  }

  @Test("Missing text is refused with the step that helps")
  func missing() throws {
    var step = OneHot()
    let table = try Table(columns: [Column("t", .text(["a", nil]))], source: "d.csv")
    try step.fit(table)
    #expect(
      message { try step.transform(table) }
        == "d.csv: column 't' has missing values; fill them first, by the step 'impute'")
  }
}
