import AnsatzData
import AnsatzMath
import Testing

@Suite struct DatasetTests {
  @Test("The label column may stand anywhere; the others are features in their order")
  func labelPosition() throws {
    let data = try dataset("a,label,b\n1,x,2\n3,y,4\n")
    #expect(data.features.columnNames == ["a", "b"])
    #expect(try data.features.matrix() == Tensor(rows: [[1, 2], [3, 4]]))
    #expect(data.labels == [0, 1])
    #expect(data.classNames == ["x", "y"])
    #expect(data.labelColumn == "label")
  }

  @Test("Classes that are all numbers are in numeric order and keep their text")
  func numericClasses() throws {
    #expect(try dataset("a,label\n1,10\n2,9\n3,-1\n4,10\n").classNames == ["-1", "9", "10"])
    #expect(try dataset("a,label\n1,10\n2,9\n3,b\n").classNames == ["10", "9", "b"])
  }

  @Test(
    "Numbers are read as Swift reads them", arguments: ["1", "-0.5", ".5", "5.", "1e-3", "+2E4"])
  func numbers(text: String) throws {
    let data = try dataset("a,label\n\(text),x\n7,y\n")
    let expected = Double(text) ?? Double(text + "0") ?? Double("0" + text)
    #expect(data.features.columns[0].values == .numeric([expected, 7]))
  }

  @Test("Any Double written in decimal is read back bit for bit")
  func exactNumbers() throws {
    var stream = RandomStream(seed: 1)
    let numbers = (0..<2000).map { _ in Double(bitPattern: stream.next()) }.filter(\.isFinite)
    let text = "a,label\n" + numbers.enumerated().map { "\($1),\($0 % 2)\n" }.joined()
    #expect(try dataset(text).features.columns[0] == Column("a", numbers: numbers))
  }

  @Test("A column of text alone is a category; missing values stay missing")
  func textColumn() throws {
    let data = try dataset("a,colour,label\n1,red,x\n?,,y\n3,\"blue\",x\n")
    #expect(data.features.columns[0].values == .numeric([1, nil, 3]))
    #expect(data.features.columns[1].values == .text(["red", nil, "blue"]))
    #expect(data.features.schema.map(\.kind) == [.numeric, .text])
  }

  @Test("One cell of text in a column of numbers is named with its place")
  func nonNumericFeature() {
    #expect(
      message { try dataset("a,b,label\n1,2,x\n3,4,y\n5,abc,x\n") }
        == "data.csv, line 4, column 2 ('b'): 'abc' is not a number")
    #expect(
      message { try dataset("1,x\n2,y\nbad,y\n", label: "column2") }
        == "data.csv, line 3, column 1: 'bad' is not a number")
    // Hexadecimal, units and marks at other places than between thousands are text, not numbers.
    for cell in ["0x10", "\"0,123,456\"", "5cm", "1e", "--1", "1 2", "1,0000"] {
      #expect(message { try dataset("a,label\n1,x\n2,y\n\(cell),x\n") } != nil, "\(cell)")
    }
  }

  @Test("Infinite features are refused with their place", arguments: ["inf", "-Infinity", "1e999"])
  func infiniteFeature(cell: String) {
    #expect(
      message { try dataset("a,label\n1,x\n\(cell),y\n") }
        == "data.csv, line 3, column 1 ('a'): '\(cell)' is not finite; give a number or leave it "
        + "empty")
  }

  @Test("The line of a bad cell counts the lines inside the quoted cells before it")
  func placeAfterEmbeddedNewline() {
    #expect(
      message { try dataset("n,a,label\n\"p\r\nq\",1,x\n\"r\ns\",z,y\n\"t\",2,y\n") }
        == "data.csv, line 5, column 2 ('a'): 'z' is not a number")
  }

  @Test("A text column with too many distinct values is refused")
  func tooManyCategories() {
    let text = "id,label\n" + (0..<30).map { "person \($0),\($0 % 2)\n" }.joined()
    #expect(
      message { try dataset(text) }
        == "data.csv: column 'id' is not numeric and has 30 distinct texts in 30 rows, too many to "
        + "be categories; leave it out by --drop, or encode it as numbers")
  }

  @Test("An unknown label column gets the near miss, or the columns there are")
  func unknownLabel() {
    #expect(
      message { try dataset("a,species\n1,x\n2,y\n", label: "specis") }
        == "data.csv has no label column 'specis'; did you mean 'species'?")
    #expect(
      message { try dataset("a,b\n1,2\n2,3\n", label: "quality") }
        == "data.csv has no label column 'quality'; choose one of: a, b")
    #expect(
      message { try dataset("1,2,x\n3,4,y\n", label: "class") }
        == "data.csv has no header line, so its columns are called 'column1' to 'column3'; there is "
        + "no label column 'class'")
    let semicolons = Array("a;b;label\n1;2;x\n".utf8)
    #expect(
      message {
        try Dataset(
          CSVFile(bytes: semicolons, source: "data.csv", format: CSVFormat(delimiter: .tab)),
          name: "data.csv", label: "label")
      }
        == "data.csv has no label column 'label'; with tabs as delimiters its one column is "
        + "'a;b;label'")
  }

  @Test("A missing label names its line")
  func missingLabel() {
    #expect(
      message { try dataset("a,label\n1,x\n2,\n3,y\n") }
        == "data.csv, line 3, column 2 ('label'): the label is missing; fill it, or leave such "
        + "rows out by --skip-missing-labels")
  }

  @Test("One class only, and a label without features, are refused")
  func oneClass() {
    #expect(
      message { try dataset("a,label\n1,x\n2,x\n") }
        == "data.csv: the label column 'label' has one class only ('x'); a classifier needs two or "
        + "more")
    #expect(
      message { try dataset("label\nx\ny\n") }
        == "data.csv: 'label' is the only column; a classifier needs features")
  }

  @Test("A subset takes rows in the order asked for and keeps the classes")
  func subset() throws {
    let data = try dataset("a,label\n1,x\n2,y\n3,z\n").subset([2, 0, 2])
    #expect(try data.features.matrix() == Tensor(rows: [[3], [1], [3]]))
    #expect(data.labels == [2, 0, 2])
    #expect(data.classNames == ["x", "y", "z"])
    #expect(data.classSizes == [1, 0, 2])
  }

  @Test("Labels that fit neither the rows nor the classes are refused")
  func inconsistentLabels() throws {
    let features = try table([1, 2])
    #expect(
      message { try Dataset(name: "d", features: features, labels: [0], classNames: ["a"]) }
        == "d: 1 labels for 2 rows of features")
    #expect(
      message { try Dataset(name: "d", features: features, labels: [0, 1], classNames: ["a"]) }
        == "d: label 1 of only 1 classes")
    #expect(
      message {
        try Table(columns: [Column("a", numbers: [1]), Column("a", numbers: [1])], source: "t")
      }
        == "t: two columns are named 'a'; names must differ")
    #expect(
      message {
        try Table(columns: [Column("a", numbers: [1]), Column("b", numbers: [])], source: "t")
      }
        == "t: column 'b' has 0 rows, but 'a' has 1")
  }

  @Test("The two-class iris fixture is iris, cut and scaled as its licence note says")
  func irisFixture() throws {
    let scaled = try Dataset(csv: fixture("iris_2class_scaled.csv"), label: "label")
    let iris = try EmbeddedDatasets.named("iris").load()
    let rows = (0..<150).filter { iris.labels[$0] < 2 }
    let lengths = try iris.subset(rows).features.matrix()
    let matrix = try scaled.features.matrix()
    #expect(scaled.classNames == ["-1", "1"])
    #expect(scaled.labels == rows.map { iris.labels[$0] })
    for row in 0..<100 {
      // The file is rounded to a few decimals.
      #expect(abs(matrix[row, 0] - (lengths[row, 0] - 4.3) / 2) < 1e-9)
      #expect(abs(matrix[row, 1] - (lengths[row, 1] - 2) / 2) < 1e-9)
    }
  }
}
