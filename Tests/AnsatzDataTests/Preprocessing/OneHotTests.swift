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

  @Test("A gap stays a gap in every column of its categories")
  func missing() throws {
    var step = OneHot()
    let table = try Table(columns: [Column("t", .text(["a", nil, "b"]))], source: "d.csv")
    try step.fit(table)
    #expect(
      try step.transform(table).columns == [
        Column("t=a", .numeric([1, nil, 0]), encodedFrom: "t"),
        Column("t=b", .numeric([0, nil, 1]), encodedFrom: "t"),
      ])
  }
}
