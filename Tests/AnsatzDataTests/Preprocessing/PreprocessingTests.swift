import AnsatzData
import AnsatzMath
import Foundation
import Testing

@Suite struct PreprocessingTests {
  let mixed = Result {
    try Table(
      columns: [
        Column("size", .numeric([1, nil, 3, 0.1])),
        Column("colour", .text(["red", "blue", nil, "red"])),
        Column("weight", numbers: [1e-300, 2.0 / 3, 123_456_789.123456, -0.0]),
      ], source: "mixed")
  }

  @Test("The default pipeline gives standardised numbers from gaps and categories")
  func defaultPipeline() throws {
    var preprocessing = Preprocessing()
    #expect(!preprocessing.isFitted)
    try preprocessing.fit(mixed.get())
    #expect(preprocessing.outputNames == ["size", "colour=blue", "colour=red", "weight"])
    let matrix = try preprocessing.transform(mixed.get())
    #expect(matrix.shape == [4, 4])
    let sums = matrix.sumOverRows().elements
    #expect(abs(sums[0]) < 1e-14 && abs(sums[3]) < 1e-14)
    // The gap is filled with the most frequent category; neither is scaled.
    #expect(sums[1] == 1 && sums[2] == 3)
  }

  @Test("What is learnt depends on the rows it is fitted to alone")
  func fittedOnTrainingRowsOnly() throws {
    let data = try EmbeddedDatasets.named("wine").load()
    let (training, test) = (Array(0..<100), Array(100..<178))
    var alone = Preprocessing()
    try alone.fit(data.subset(training).features)
    // The same training rows before wildly different test rows.
    let matrix = try data.features.matrix()
    var changed = matrix
    for row in test {
      for column in 0..<13 { changed[row, column] = -1000 * changed[row, column] }
    }
    let other = try Table(matrix: changed, names: data.features.columnNames, source: "other")
    var beside = Preprocessing()
    try beside.fit(other.subset(training))
    #expect(
      try alone.transform(data.features.subset(test))
        == beside.transform(data.features.subset(test)))
    // And it is not what all rows together would teach.
    var all = Preprocessing()
    try all.fit(data.features)
    #expect(try all.transform(data.features) != alone.transform(data.features))
    // By hand, from the training rows.
    let values = training.map { matrix[$0, 0] }
    let mean = values.reduce(0, +) / 100
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100).squareRoot()
    let found = try alone.transform(data.features.subset(test))
    for (i, row) in test.enumerated() {
      #expect(abs(found[i, 0] - (matrix[row, 0] - mean) / deviation) < 1e-12)
    }
  }

  @Test(
    "A fitted pipeline survives JSON bit for bit",
    arguments: [
      "standardize", "min-max:-pi..pi", "impute:median,one-hot,standardize,pca:2",
      "impute:most-frequent,min-max,pca:1", "none",
    ])
  func jsonKeepsEveryBit(text: String) throws {
    var preprocessing = try Preprocessing(parsing: text)
    let table = try mixed.get()
    try preprocessing.fit(table)
    let restored = try jsonRoundTrip(preprocessing)
    let (before, after) = (try preprocessing.transform(table), try restored.transform(table))
    #expect(before.elements.map(\.bitPattern) == after.elements.map(\.bitPattern))
    #expect(restored.outputNames == preprocessing.outputNames)
    #expect(restored.inputColumns == preprocessing.inputColumns)
    #expect(restored.isFitted)
  }

  @Test("An unfitted pipeline survives JSON too")
  func unfittedJSON() throws {
    let restored = try jsonRoundTrip(Preprocessing(parsing: "standardize,pca:2"))
    #expect(!restored.isFitted)
    #expect(
      restored.steps.map { type(of: $0).name } == ["impute", "one-hot", "standardize", "pca"])
  }

  @Test("Random numbers survive JSON bit for bit")
  func jsonKeepsNumbers() throws {
    var stream = RandomStream(seed: 4)
    for _ in 0..<50 {
      let values = (0..<20).map { _ in
        Double(
          sign: .plus, exponent: stream.integer(below: 200) - 100, significand: 1 + stream.uniform()
        )
      }
      var step = Standardize()
      try step.fit(table(values))
      #expect(try jsonRoundTrip(step) == step)
    }
  }

  @Test("The JSON names steps, columns and values")
  func readableJSON() throws {
    var preprocessing = Preprocessing()
    try preprocessing.fit(mixed.get())
    let text = String(decoding: try JSONEncoder().encode(preprocessing), as: UTF8.self)
    for part in ["\"name\":\"standardize\"", "\"colour=blue\"", "\"kind\":\"text\"", "\"fills\":["]
    {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test("A saved pipeline that was damaged throws and does not crash")
  func damagedJSON() throws {
    var preprocessing = try Preprocessing(parsing: "standardize,pca:2")
    try preprocessing.fit(mixed.get())
    let text = String(decoding: try JSONEncoder().encode(preprocessing), as: UTF8.self)
    func message(replacing part: String, with other: String) throws -> String? {
      let damaged = text.replacing(part, with: other)
      #expect(damaged != text, "\(part)")
      return AnsatzDataTests.message {
        try JSONDecoder().decode(Preprocessing.self, from: Data(damaged.utf8))
          .transform(mixed.get())
      }
    }
    #expect(
      try message(replacing: "\"pca\"", with: "\"pcaa\"")
        == "unknown preprocessing step 'pcaa'; did you mean 'pca'?")
    #expect(try message(replacing: "\"means\":[", with: "\"means\":[1,") != nil)
    #expect(try message(replacing: "\"fills\":[", with: "\"fills\":[1,") != nil)
    #expect(try message(replacing: "\"components\":[[", with: "\"components\":[[1,") != nil)
    #expect(try message(replacing: "\"components\":[[", with: "\"components\":[],\"x\":[[") != nil)
    #expect(try message(replacing: "\"component2\"", with: "\"component3\"") != nil)
  }

  @Test("Columns are found by name, whatever their order and company")
  func columnsByName() throws {
    var preprocessing = Preprocessing()
    let table = try mixed.get()
    try preprocessing.fit(table)
    let shuffled = try Table(
      columns: [
        table.columns[2], Column("extra", numbers: [1, 2, 3, 4]), table.columns[0],
        table.columns[1],
      ],
      source: "shuffled")
    #expect(try preprocessing.transform(shuffled) == preprocessing.transform(table))
  }

  @Test("A table that lacks a column, or has another kind in it, is refused by name")
  func columnMistakes() throws {
    var preprocessing = Preprocessing()
    let table = try mixed.get()
    #expect(message { try preprocessing.transform(table) } == "the preprocessing is not fitted yet")
    try preprocessing.fit(table)
    let columns = table.columns
    let renamed = Column("color", columns[1].values)
    let lacking = try Table(columns: [columns[0], renamed, columns[2]], source: "new.csv")
    #expect(
      message { try preprocessing.transform(lacking) }
        == "new.csv has no column 'colour'; did you mean 'color'?")
    let wrongKind = try Table(
      columns: [columns[0], Column("colour", numbers: [1, 2, 3, 4]), columns[2]], source: "new.csv")
    #expect(
      message { try preprocessing.transform(wrongKind) }
        == "new.csv: column 'colour' holds numbers where text is expected")
  }

  @Test("Text on the command line makes the pipeline; imputation and encoding come by themselves")
  func parsing() throws {
    func names(_ text: String) throws -> [String] {
      try Preprocessing(parsing: text).steps.map { type(of: $0).name }
    }
    #expect(try names("standardize, pca:8") == ["impute", "one-hot", "standardize", "pca"])
    #expect(try names("impute:median,min-max") == ["impute", "one-hot", "min-max"])
    #expect(try names("none") == ["impute", "one-hot"])
    #expect(
      message { try names("standardise") }
        == "unknown preprocessing step 'standardise'; did you mean 'standardize'?")
    #expect(
      message { try names("whiten") }
        == "unknown preprocessing step 'whiten'; choose one of: impute, one-hot, standardize, "
        + "min-max, pca, spectral")
    #expect(
      message { try names("standardize:2") }
        == "preprocessing step 'standardize' does not take '2'; write standardize")
    #expect(
      message { try names("standardize,,pca:2") }
        == "empty preprocessing step in 'standardize,,pca:2'; write steps as in 'standardize,pca:8', "
        + "or 'none'")
  }

  @Test("Every registered step parses from its own name and has a summary")
  func registry() throws {
    for type in PreprocessingRegistry.all {
      let argument = type.name == "pca" ? ":2" : ""
      #expect(
        try Swift.type(of: PreprocessingRegistry.step(type.name + argument)).name == type.name)
      #expect(!type.summary.isEmpty && type.usage.hasPrefix(type.name))
    }
  }

  @Test("Text and gaps that no step of a pipeline takes away are refused by column")
  func gapsAndText() throws {
    var scaling = Preprocessing(steps: [Standardize()])
    let text = try Table(columns: [Column("t", .text(["a"]))], source: "d.csv")
    #expect(
      message { try scaling.fit(text) }
        == "d.csv: column 't' holds text; encode it first, by the step 'one-hot'")
    let gap = try Table(
      columns: [Column("n", .numeric([nil, 1, 2])), Column("m", numbers: [1, 2, 4])],
      source: "d.csv")
    for step in ["standardize", "pca:1", "spectral"] {
      var pipeline = try Preprocessing(steps: [PreprocessingRegistry.step(step)])
      #expect(
        message { try pipeline.fit(gap) }
          == "d.csv: column 'n' has missing values; fill them first, by the step 'impute'")
    }
  }

  @Test("The steps that are named are those that have something to do")
  func stepNames() throws {
    let numbers = try table([1, 2], [3, 4])
    #expect(try Preprocessing(parsing: "none").stepNames(on: numbers).isEmpty)
    #expect(Preprocessing().stepNames(on: numbers) == ["standardize"])
    #expect(
      try Preprocessing(parsing: "none").stepNames(on: mixed.get()) == ["impute", "one-hot"])
    let texts = try Table(columns: [Column("t", .text(["a", "b"]))], source: "d.csv")
    #expect(
      try Preprocessing(parsing: "standardize").stepNames(on: texts) == ["one-hot", "standardize"])
  }
}
