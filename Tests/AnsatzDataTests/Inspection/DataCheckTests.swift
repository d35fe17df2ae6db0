import AnsatzData
import AnsatzMath
import Testing

/// What the checks say of columns beside one label per row.
private func findings(
  _ columns: [Column], labels: [Int], classes: [String] = ["no", "yes"]
) throws -> [Finding] {
  try DataChecks.findings(
    in: Dataset(
      name: "d", features: Table(columns: columns, source: "d"), labels: labels, classNames: classes
    ))
}

/// The names of checks that fire on one column with unrelated labels.
private func checks(_ values: Column.Values, name: String = "x") throws -> [String] {
  let column = Column(name, values)
  return try findings([column], labels: unrelated(column.count)).map(\.check)
}

/// Labels in no order, as many of each class.
private func unrelated(_ count: Int) -> [Int] {
  var random = RandomStream(seed: 11)
  return random.permutation(count).map { $0 % 2 }
}

private func normals(_ count: Int, seed: UInt64) -> [Double] {
  var random = RandomStream(seed: seed)
  return (0..<count).map { _ in random.normal() }
}

@Suite struct IdentifierColumnsTests {
  @Test("Numbers that count the rows, or rise or fall in whole numbers, are identifiers")
  func ordered() throws {
    let counting = (0..<80).map { Double($0) }
    for values in [counting, counting.map { 100_001 + $0 }, counting.reversed().map { $0 }] {
      #expect(try checks(.numeric(values)) == ["identifier"])
    }
    #expect(try checks(.numeric(counting.map { $0 * $0 + 7 })) == ["identifier"])
  }

  @Test("Whole numbers that hardly repeat though they lie close are identifiers, in any order")
  func shuffled() throws {
    var random = RandomStream(seed: 3)
    let numbers = random.permutation(400).prefix(300).map { Double($0) + 5000 }
    #expect(try checks(.numeric(numbers)) == ["identifier"])
    // Two tables joined: a few of them twice.
    #expect(try checks(.numeric(numbers + [numbers[3]])) == ["identifier"])
  }

  @Test("Wide whole numbers are identifiers if their name says so")
  func named() throws {
    var random = RandomStream(seed: 4)
    let wide = (0..<60).map { _ in Double(random.integer(below: 1_000_000_000)) }
    for name in ["id", "customer_id", "CustomerID", "rowIndex", "UUID"] {
      #expect(try checks(.numeric(wide), name: name) == ["identifier"], "\(name)")
    }
    for name in ["income", "acid", "width", "solid"] {
      #expect(try checks(.numeric(wide), name: name).isEmpty, "\(name)")
    }
  }

  @Test("Texts of which hardly two are equal are identifiers")
  func texts() throws {
    #expect(try checks(.text((0..<12).map { "customer \($0)" })) == ["identifier"])
    #expect(try checks(.text((0..<12).map { "city \($0 % 4)" })).isEmpty)
  }

  @Test("Measured numbers are none: fractions, repeats, gaps, or too few rows to tell")
  func measured() throws {
    #expect(try checks(.numeric(normals(100, seed: 1))).isEmpty)
    #expect(try checks(.numeric(normals(300, seed: 2).map { (40 * $0).rounded() })).isEmpty)
    #expect(try checks(.numeric([30, 41, 19, 55, 62, 27, 80, 33, 71, 48, 25, 90])).isEmpty)
    #expect(try checks(.numeric((0..<9).map { Double($0) })).isEmpty)
  }

  @Test("The line names the column, says when it has no name, and how to leave it out")
  func message() throws {
    let counting = Column("column1", numbers: (0..<20).map { Double($0) })
    let other = Column("a b", numbers: normals(20, seed: 5))
    let found = try findings([counting, other], labels: unrelated(20))
    #expect(
      found.map(\.message) == [
        "column 'column1', which has no name, counts the rows, and is used as a feature; --drop "
          + "column1 leaves it out"
      ])
    let spaced = Column("row number", counting.values)
    #expect(
      try findings([spaced, other], labels: unrelated(20))[0].message.hasSuffix(
        "--drop 'row number' leaves it out"))
  }
}

@Suite struct TellingColumnsTests {
  let labels = unrelated(200)

  @Test("A column whose values belong to one class each is found, of texts and of numbers")
  func values() throws {
    let texts = Column("t", .text(labels.map { $0 == 0 ? "F" : "T" }))
    let codes = Column("c", numbers: labels.map { $0 == 0 ? 2 : -1 })
    let found = try findings([texts, codes], labels: labels)
    #expect(found.map(\.check) == ["gives-label-away", "gives-label-away"])
    #expect(
      found[0].message
        == "column 't' alone tells the classes apart in all rows; if it is not known before the class "
        + "is, leave it out with --drop t")
  }

  @Test("Codes of three classes need not be in the order of a line")
  func codes() throws {
    let three = (0..<90).map { $0 % 3 }
    // One class stands apart, the other two share a code.
    let shared = Column("s", numbers: three.map { [5, 9, 5][$0] })
    #expect(try findings([shared], labels: three, classes: ["a", "b", "c"]).isEmpty)
    let apart = Column("g", numbers: three.map { [4, 0, 2][$0] })
    #expect(
      try findings([apart], labels: three, classes: ["a", "b", "c"]).map(\.check)
        == ["gives-label-away"])
  }

  @Test(
    "A threshold between the classes is found, also with one row in a hundred on the wrong side")
  func thresholds() throws {
    let noise = normals(200, seed: 6)
    var score = zip(labels, noise).map { Double($0) * 20 + $1 }
    #expect(try findings([Column("s", numbers: score)], labels: labels).count == 1)
    score[0] = labels[0] == 0 ? 21 : -1
    let nearly = try findings([Column("s", numbers: score)], labels: labels)
    #expect(nearly.first?.message.contains("in all but 1 row;") == true)
    score[1] = labels[1] == 0 ? 21 : -1
    score[2] = labels[2] == 0 ? 21 : -1
    #expect(try findings([Column("s", numbers: score)], labels: labels).isEmpty)
  }

  @Test("Gaps of one class alone give it away")
  func gaps() throws {
    let noise = normals(200, seed: 7)
    let column = Column("ended", .numeric(zip(labels, noise).map { $0 == 0 ? nil : $1 }))
    #expect(try findings([column], labels: labels).map(\.check) == ["gives-label-away"])
  }

  @Test("A strong feature, a class apart from two others, and few rows give nothing away")
  func honest() throws {
    let noise = normals(200, seed: 8)
    let strong = zip(labels, noise).map { Double($0) * 4 + $1 }
    #expect(try findings([Column("s", numbers: strong)], labels: labels).isEmpty)
    let (few, small) = (unrelated(10), unrelated(30))
    #expect(try findings([Column("s", numbers: few.map { Double($0) })], labels: few).isEmpty)
    let apart = zip(small, noise).map { Double($0) * 20 + $1 }
    #expect(try findings([Column("s", numbers: apart)], labels: small).isEmpty)
  }

  @Test("Of more rows than are looked at, the finding is the same")
  func manyRows() throws {
    let many = unrelated(30_000)
    let column = Column(
      "s", numbers: zip(many, normals(30_000, seed: 9)).map { Double($0) * 20 + $1 })
    #expect(try findings([column], labels: many).map(\.check) == ["gives-label-away"])
  }
}

@Suite struct SimpleChecksTests {
  let labels = unrelated(40)

  @Test("Columns of one value, and columns of none, are named in one line each")
  func constantAndEmpty() throws {
    let columns = [
      Column("k", numbers: [Double](repeating: 7, count: 40)),
      Column("e", .numeric([Double?](repeating: nil, count: 40))),
      Column("l", .text([String?](repeating: "same", count: 40))),
      Column("n", numbers: normals(40, seed: 1)),
    ]
    #expect(
      try findings(columns, labels: labels).map(\.message) == [
        "columns 'k' and 'l' have the same value in every row, so nothing can be learnt from them; "
          + "--drop leaves them out",
        "column 'e' has no value and is left out",
      ])
  }

  @Test("Classes with hardly a row beside large ones are named with their sizes")
  func rareClasses() throws {
    let labels = (0..<300).map { $0 < 2 ? 2 : $0 < 3 ? 3 : $0 % 2 }
    let found = try findings(
      [Column("n", numbers: normals(300, seed: 1))], labels: labels, classes: ["a", "b", "c", "d"])
    #expect(
      found.map(\.message) == [
        "the classes 'c' (2 rows), 'd' (1 row) of 300 rows: too few to learn from or to judge by"
      ])
    #expect(
      try findings([Column("n", numbers: normals(8, seed: 1))], labels: [0, 1, 0, 1, 0, 0, 0, 0])
        .isEmpty)
  }

  @Test("A check that finds the same of many columns takes five lines")
  func manyColumns() throws {
    let columns = (0..<20).map { c in
      Column("c\(c)", numbers: (0..<40).map { Double($0 + c) })
    }
    let found = try findings(columns, labels: labels)
    #expect(found.count == 5)
    #expect(found[4].message == "the same holds for the columns 'c4', 'c5', 'c6', 'c7' and 12 more")
    #expect(found[4].columns.count == 16)
  }

  @Test("Of the embedded data sets nothing is said but of margins of digits that are always empty")
  func embedded() throws {
    for entry in EmbeddedDatasets.all {
      let found = DataChecks.findings(in: try entry.load())
      #expect(found.map(\.check) == (entry.name == "digits" ? ["constant"] : []), "\(entry.name)")
    }
  }

  @Test("Parts of the embedded data sets, such as folds see, give no false alarm either")
  func embeddedParts() throws {
    for entry in EmbeddedDatasets.all where entry.name != "digits" {
      let whole = try entry.load()
      for seed in 0..<5 {
        var random = RandomStream(seed: UInt64(seed))
        let part = try stratifiedSplit(labels: whole.labels, fraction: 0.8, using: &random).first
        #expect(DataChecks.findings(in: whole.subset(part)).isEmpty, "\(entry.name), seed \(seed)")
      }
    }
  }
}
