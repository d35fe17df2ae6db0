import Testing

@testable import AnsatzCLI

@Test("A table aligns its columns and leaves no spaces at the ends of lines")
func textTable() {
  var table = TextTable([("name", .left), ("rows", .right), ("note", .left)])
  table.append(["iris", "150", ""])
  table.append(["breast-cancer", "9", "x ± y"])
  #expect(
    table.text == """
      name           rows  note
      iris            150
      breast-cancer     9  x ± y
      """)
}

@Test(
  "Times are short and rounded",
  arguments: [
    (0.2, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (200, "3 min 20 s"),
    (7500, "2 h 05 min"), (Double.infinity, "very long"),
  ])
func durations(seconds: Double, text: String) {
  #expect(briefDuration(seconds) == text)
}

@Test("Counts agree with their nouns")
func counts() {
  #expect(counted(1, "row") == "1 row")
  #expect(counted(0, "row") == "0 rows")
  #expect(counted(3, "class", plural: "classes") == "3 classes")
}

@Test("A line end inside a cell does not break a table's row")
func textTableOfOddNames() {
  var table = TextTable([("as\na", .left)])
  table.append(["b\r\nc"])
  #expect(table.text == "as a\nb c")
}
