import AnsatzData
import AnsatzMath
import Testing

@Suite struct NewRowsTests {
  let schema = [
    ColumnSchema(name: "a", kind: .numeric), ColumnSchema(name: "colour", kind: .text),
  ]
  let unnamed = [
    ColumnSchema(name: "column2", kind: .numeric), ColumnSchema(name: "column3", kind: .numeric),
  ]

  func rows(_ text: String, _ schema: [ColumnSchema], label: String = "label") throws -> NewRows {
    try NewRows(csv(text, expecting: schema.map(\.name)), schema: schema, labelColumn: label)
  }

  @Test("Columns are matched by name in any order, with or without labels, others ignored")
  func byName() throws {
    let plain = try rows("a,colour\n1,red\n", schema)
    let shuffled = try rows("extra,colour,label,a\nz,red,x,1\n", schema)
    #expect(plain.features == shuffled.features)
    #expect(plain.features.schema == schema)
    #expect(!plain.hasLabels)
    #expect(try shuffled.labels(classNames: ["w", "x"]) == [1])
  }

  @Test("A column is read as the kind it was trained as")
  func kinds() throws {
    #expect(try rows("a,colour\n1,7\n", schema).features.columns[1].values == .text(["7"]))
    #expect(try rows("a,colour\n,\n", schema).features.columns[0].values == .numeric([nil]))
    #expect(
      message { try rows("a,colour\nsmall,red\n", schema) }
        == "data.csv, line 2, column 1 ('a'): 'small' is not a number")
  }

  @Test("Without header lines columns are matched by position, whether the label is there or not")
  func byPosition() throws {
    let withLabel = try rows("x,1,2\ny,3,4\n", unnamed, label: "column1")
    let without = try rows("1,2\n3,4\n", unnamed, label: "column1")
    #expect(withLabel.features == without.features)
    #expect(try withLabel.labels(classNames: ["x", "y"]) == [0, 1])
    #expect(!without.hasLabels)
    #expect(
      message { try rows("1,2,3,4\n", unnamed, label: "column1") }
        == "data.csv has 4 columns; the training data had 2 features and a label")
  }

  @Test("A header on one side only is refused")
  func headerMismatch() {
    #expect(
      message { try rows("1,2\n", schema) }
        == "data.csv has no header line; it must name its columns: a,colour")
    #expect(
      message { try rows("p,q\n1,2\n", unnamed) }
        == "data.csv has a header line, but the training data had none; remove the line")
  }

  @Test("Absent columns are named, a single one with its near miss")
  func absentColumns() {
    #expect(
      message { try rows("a,color\n1,red\n", schema) }
        == "data.csv has no column 'colour'; did you mean 'color'?")
    #expect(
      message { try rows("p,q\n1,2\n", schema) } == "data.csv lacks the columns 'a', 'colour'")
  }

  @Test("Labels that are absent, missing or unknown are refused when they are needed")
  func labels() throws {
    #expect(
      message { try rows("a,colour\n1,red\n", schema).labels(classNames: ["x"]) }
        == "data.csv has no label column to compare with")
    #expect(
      message { try rows("a,colour,label\n1,red,\n", schema).labels(classNames: ["x"]) }
        == "data.csv, line 2, column 3 ('label'): the label is missing; fill it, or leave such "
        + "rows out by --skip-missing-labels")
    #expect(
      message {
        try rows("a,colour,label\n1,red,benine\n", schema).labels(classNames: ["benign", "x"])
      }
        == "data.csv, line 2, column 3 ('label'): the class 'benine' is unknown; did you mean "
        + "'benign'?")
  }

  @Test("A category that is none of the known ones is refused by line, with its near miss")
  func unknownCategories() throws {
    let known = ["colour": ["green", "red"]]
    try rows("a,colour\n1,red\n2,\n", schema).requireKnownCategories(known)
    #expect(
      message {
        try rows("label,colour,a\nx,red,1\ny,Red,2\nz,blue,3\n", schema)
          .requireKnownCategories(known)
      }
        == "data.csv, line 3, column 2 ('colour'): the category 'Red' was not in the training data; "
        + "did you mean 'red'? --unknown-categories ignore reads it as none of the known ones")
    #expect(
      message { try rows("a,colour\n1,7\n", schema).requireKnownCategories(known) }
        == "data.csv, line 2, column 2 ('colour'): the category '7' was not in the training data; "
        + "training had 'green' and 'red'; --unknown-categories ignore reads it as none of the known "
        + "ones")
  }

  @Test("Of several columns the first line with an unknown category is named")
  func firstUnknownCategory() throws {
    let two = ["p", "q"].map { ColumnSchema(name: $0, kind: .text) }
    let known = ["p": ["a"], "q": ["b"]]
    let text = try #require(
      message { try rows("p,q\na,b\na,x\ny,b\n", two).requireKnownCategories(known) })
    #expect(text.hasPrefix("data.csv, line 3, column 2 ('q'): the category 'x'"))
  }

  @Test("Columns without a use are named, the label's not among them")
  func unusedColumns() throws {
    #expect(try rows("x,a,label,colour,y\n1,2,k,red,4\n", schema).unusedColumns == ["x", "y"])
    #expect(try rows("x,1,2\n", unnamed, label: "column1").unusedColumns.isEmpty)
  }

  @Test("A test file takes the classes of its training file, even those it lacks")
  func fixedTestSplit() throws {
    let path = fixture("iris_2class_scaled.csv")
    let training = try Dataset(csv: path, label: "label")
    let test = try Dataset(csv: path, like: training.subset([0]))
    #expect(test.features == training.features)
    #expect(test.labels == training.labels)
    #expect(test.classNames == ["-1", "1"])
  }
}
