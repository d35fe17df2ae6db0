import AnsatzData
import AnsatzMath
import Testing

private func dataset(
  _ text: String, _ change: (inout TableOptions) -> Void
) throws -> Dataset {
  var options = TableOptions()
  change(&options)
  return try Dataset(
    csv(text, expecting: ["label"]), name: "data.csv", label: "label", options: options)
}

@Suite struct TableOptionsTests {
  let text = "id,a,\"b, c\",label\nr1,1,x,p\nr2,2,y,\nr3,3,x,q\nr4,4,y,p\n"

  @Test("Dropped columns and the identifier are no features, by name or several between commas")
  func dropped() throws {
    let data = try dataset(text) {
      $0.dropped = ["b, c"]
      $0.identifier = "id"
      $0.skipsMissingLabels = true
    }
    #expect(data.features.columnNames == ["a"])
    #expect(data.features.columns[0].values == .numeric([1, 3, 4]))
    #expect(data.labels == [0, 1, 0])
    #expect(data.reading.dropped == ["b, c"])
    #expect(data.reading.notices == ["1 row without a label skipped"])
    let both = try dataset("id,a,b,label\nr1,1,2,p\nr2,2,3,q\n") { $0.dropped = ["id, b"] }
    #expect(both.features.columnNames == ["a"])
    #expect(both.reading.dropped == ["id", "b"])
  }

  @Test("A column that is not there gets its near miss; the label and the last feature stay")
  func wrongColumns() {
    #expect(
      message { try dataset(text) { $0.dropped = ["idd"] } }
        == "--drop: data.csv has no column 'idd'; did you mean 'id'?")
    #expect(
      message { try dataset(text) { $0.identifier = "name" } }
        == "--id: data.csv has no column 'name'; choose one of: id, a, b, c, label")
    #expect(
      message { try dataset(text) { $0.dropped = ["label"] } }
        == "--drop: 'label' is the label column")
    #expect(
      message { try dataset(text) { $0.identifier = "label" } }
        == "--id: 'label' is the label column")
    #expect(
      message { try dataset("a,label\n1,x\n2,y\n") { $0.dropped = ["a"] } }
        == "data.csv: nothing is left beside the label; a classifier needs features")
  }

  /// Classes of 1, 2, 3 and 6 rows.
  let uneven =
    "a,label\n" + ["p", "q", "q", "r", "r", "r"].map { "1,\($0)\n" }.joined()
    + String(repeating: "2,s\n", count: 6)

  @Test("Rare classes are refused, merged into one, or left out, and the reading says which")
  func rareClasses() throws {
    #expect(
      message { try dataset(uneven) { $0.minimumClassRows = 3 } }
        == "data.csv: class 'p' has 1 row, 'q' has 2 rows, fewer than the 3 needed; merge such classes "
        + "into one by --rare-classes merge, or leave them out by --rare-classes drop")
    for (treatment, names, sizes) in [
      (RareClasses.merge, ["r", "s", "other"], [3, 6, 3]), (.drop, ["r", "s"], [3, 6]),
    ] {
      let data = try dataset(uneven) {
        $0.minimumClassRows = 3
        $0.rareClasses = treatment
      }
      #expect(data.classNames == names)
      #expect(data.classSizes == sizes)
      #expect(data.reading.rareClasses.map(\.name) == ["p", "q"])
      #expect(data.reading.rareClasses.map(\.rows) == [1, 2])
      #expect(data.features.rowCount == data.rowCount)

      // The same file later, and one whose only rows are of a rare class.
      let later = try NewRows(
        csv(uneven), schema: data.features.schema, labelColumn: "label"
      ).labelled(classNames: data.classNames, reading: jsonRoundTrip(data.reading))
      #expect(later.labels == data.labels)
      #expect(later.features == data.features)
      #expect(later.reading.droppedRows == (treatment == .drop ? 3 : 0))
    }
  }

  @Test("What merging or leaving out does not mend is refused")
  func hopeless() {
    #expect(
      message {
        try dataset(uneven) {
          $0.minimumClassRows = 2
          $0.rareClasses = .merge
        }
      }
        == "data.csv: the rare classes together have 1 row, fewer than the 2 needed; leave them out by "
        + "--rare-classes drop")
    #expect(
      message {
        try dataset(uneven) {
          $0.minimumClassRows = 4
          $0.rareClasses = .drop
        }
      }?.contains("fewer than two classes are left") == true)
  }

  @Test("Without a header line the same file is read again by position, dropped columns and all")
  func unnamed() throws {
    let text = "r1,1,x,p\nr2,2,y,q\n"
    var options = TableOptions()
    options.dropped = ["column3"]
    options.identifier = "column1"
    let data = try Dataset(csv(text), name: "d", label: "column4", options: options)
    #expect(data.features.columnNames == ["column2"])
    let again = try NewRows(
      csv(text), schema: data.features.schema, labelColumn: "column4",
      columnCount: data.reading.columnCount)
    #expect(again.features == data.features)
    #expect(try again.labels(classNames: data.classNames) == data.labels)
    #expect(try again.identifiers(column: "column1") == ["r1", "r2"])
    let alone = try NewRows(
      csv("1\n2\n"), schema: data.features.schema, labelColumn: "column4",
      columnCount: data.reading.columnCount)
    #expect(alone.features == data.features)
  }
}
