import AnsatzData
import AnsatzMath
import Foundation
import Testing

/// Categories stay 0 and 1, whatever is done with the numbers beside them, and in any order.
@Suite struct CategoryOrderTests {
  let mixed = Result {
    try Table(
      columns: [
        Column("a", .numeric([1, nil, 3, 0.1, 7])),
        Column("colour", .text(["red", "blue", nil, "red", "green"])),
        Column("b", numbers: [1e-3, 2.0 / 3, 12.5, -0.5, 4]),
        Column("shape", .text(["round", "round", "flat", "flat", "flat"])),
        Column("c", .numeric([5, 4, nil, nil, 1])),
      ], source: "mixed")
  }

  @Test(
    "One-hot encoding gives the same in any place among the steps",
    arguments: [
      "impute,standardize", "standardize,impute", "impute,min-max:-pi..pi",
      "impute:median,standardize,pca:2", "impute:most-frequent,spectral:2+rectangular",
      "min-max,impute,pca:3,standardize",
    ])
  func anyPlace(text: String) throws {
    let steps = text.split(separator: ",").map(String.init)
    var results: [(names: [String], matrix: Tensor<Double>)] = []
    for place in 0...steps.count {
      var order = steps
      order.insert("one-hot", at: place)
      var pipeline = try Preprocessing(parsing: order.joined(separator: ","))
      try pipeline.fit(mixed.get())
      results.append((pipeline.outputNames, try pipeline.transform(mixed.get())))
    }
    for result in results.dropFirst() {
      #expect(result.names == results[0].names)
      #expect(result.matrix == results[0].matrix)
    }
    let (names, matrix) = results[0]
    for (column, name) in names.enumerated() where name.contains("=") {
      let values = (0..<5).map { matrix[$0, column] }
      #expect(Set(values) == [0, 1], "\(name)")
      // The gap takes the most frequent colour.
      if name == "colour=red" { #expect(values == [1, 0, 1, 1, 0]) }
    }
    #expect(names.count { $0.contains("=") } == 5)
  }

  @Test("No step but filling changes an encoded category or a text")
  func everyStep() throws {
    var encoding = OneHot()
    let filled = try Table(
      columns: [
        Column("n", numbers: [1, 5, 2, 8]), Column("t", .text(["x", "y", "y", "z"])),
        Column("m", numbers: [3, 1, 2, 9]),
      ], source: "table")
    try encoding.fit(filled)
    let encoded = try encoding.transform(filled)
    for type in PreprocessingRegistry.all where type != OneHot.self {
      for table in [filled, encoded] {
        var step = try PreprocessingRegistry.step(type == PCA.self ? "pca:2" : type.name)
        try step.fit(table)
        let result = try jsonRoundTripStep(step).transform(table)
        for column in table.columns where column.kind == .text || column.encodedFrom != nil {
          #expect(result.column(named: column.name) == column, "\(type.name)")
        }
        #expect(result.rowCount == 4)
      }
    }
  }

  private func jsonRoundTripStep(_ step: any PreprocessingStep) throws -> any PreprocessingStep {
    try type(of: step).init(from: step)
  }

  @Test("Numbers beside a gap are scaled by what is known, and the gap stays")
  func gapsStay() throws {
    let gaps = try Table(columns: [Column("n", .numeric([1, nil, 3]))], source: "d.csv")
    var standardize = Standardize()
    try standardize.fit(gaps)
    #expect(try standardize.transform(gaps).columns[0].values == .numeric([-1, nil, 1]))
    var minMax = try MinMax()
    try minMax.fit(gaps)
    #expect(try minMax.transform(gaps).columns[0].values == .numeric([0, nil, 1]))
  }

  @Test("More components than there are columns of numbers are refused")
  func tooManyComponents() throws {
    var pipeline = try Preprocessing(parsing: "pca:4")
    #expect(
      message { try pipeline.fit(mixed.get()) }
        == "mixed: 'pca:4' asks for more components than the 3 columns of numbers; categories stay "
        + "0 and 1")
  }

  @Test("A pipeline saved when categories were scaled like numbers still gives what it gave")
  func savedBefore() throws {
    let saved = """
      {"inputColumns": [{"name": "n", "kind": "numeric"}, {"name": "t", "kind": "text"}],
       "steps": [
         {"name": "impute", "state": {"strategy": "mean", "fills": [2, "blue"]}},
         {"name": "one-hot", "state": {"categories": [null, ["blue", "red"]]}},
         {"name": "standardize",
          "state": {"means": [2, 0.75, 0.25], "deviations": [4, 0.5, 0.5]}},
         {"name": "min-max",
          "state": {"lower": 0, "upper": 2, "minima": [-1, -1.5, -0.5], "maxima": [1, 0.5, 1.5]}},
         {"name": "pca",
          "state": {"componentCount": 1, "means": [0, 1, 1], "components": [[0.6, 0.8, 0]],
                    "variances": [1]}}],
       "outputNames": ["component1"]}
      """
    let pipeline = try JSONDecoder().decode(Preprocessing.self, from: Data(saved.utf8))
    let table = try Table(
      columns: [Column("n", .numeric([6, nil])), Column("t", .text(["red", "blue"]))],
      source: "new.csv")
    // Row 1: standardized (1, -1.5, 1.5), in ranges (2, 0, 2), centred (2, -1, 1).
    // Row 2: standardized (0, 0.5, -0.5), in ranges (1, 2, 0), centred (1, 1, -1).
    let found = try pipeline.transform(table).elements
    #expect(abs(found[0] - 0.4) < 1e-15 && abs(found[1] - 1.4) < 1e-15)
    #expect(pipeline.columnSummaries.isEmpty)
    #expect(pipeline.knownCategories == ["t": ["blue", "red"]])
    #expect(DriftSubject(table, since: pipeline).findings.isEmpty)
  }
}

extension PreprocessingStep {
  /// The step that was saved and read back.
  fileprivate init(from step: any PreprocessingStep) throws {
    self = try JSONDecoder().decode(Self.self, from: JSONEncoder().encode(step))
  }
}
