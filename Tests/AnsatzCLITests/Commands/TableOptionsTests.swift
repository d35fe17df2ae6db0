import Foundation
import Testing

/// Forty rows of two classes, with a row's name, a date, a category and a number in them.
private func rows(_ separator: String, _ mark: String, label: (Int) -> String) -> String {
  let names = ["order", "day", "kind", "weight", "paid"]
  let lines = (1...40).map { i in
    let weight = "\(i % 2 == 0 ? i : -i).25".replacing(".", with: mark)
    return [
      "A-\(i)", "2024-\(i)", i % 3 == 0 ? "red" : "blue",
      weight.contains(separator) ? "\"\(weight)\"" : weight, label(i),
    ].joined(separator: separator)
  }
  return ([names.joined(separator: separator)] + lines).joined(separator: "\n")
}

private func plainLabel(_ i: Int) -> String { i % 2 == 0 ? "1" : "0" }

private let leavingOut = ["--drop", "day", "--id", "order"]

/// The lines of a prediction.
private func predictions(_ file: String, _ options: String..., in folder: String) throws -> [String]
{
  let outcome = try Running(
    ansatzBinary, ["predict", file, "--checkpoint", "model"] + options, in: folder
  ).wait()
  #expect(outcome.status == 0, "\(outcome.errors)")
  return outcome.output.split(separator: "\n").map(String.init)
}

@Test("A table trains to the same predictions, however its columns and decimals are written")
func sameModel() throws {
  var expected: [String]?
  for separator in [",", ";", "\t", "|"] {
    for mark in [".", ","] {
      let folder = try TemporaryFolder()
      try folder.write("data.csv", rows(separator, mark, label: plainLabel))
      let outcome = try Running(
        ansatzBinary,
        ["train", "data.csv", "--label", "paid", "--epochs", "3", "--checkpoint", "model"]
          + leavingOut, in: folder.path
      ).wait()
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains("notice: data.csv: ") == (separator + mark != ",."))
      let lines = try predictions("data.csv", in: folder.path)
      #expect(lines == expected ?? lines)
      expected = lines
      // Another spelling of the file goes with the model too.
      try folder.write("other.csv", rows(";", ",", label: plainLabel))
      #expect(try predictions("other.csv", in: folder.path) == lines)
    }
  }
  #expect(expected?.first == "order,prediction,p(0),p(1)")
  #expect(expected?[1].hasPrefix("A-1,0,") == true)
}

@Test("Every command that reads a table takes the delimiter and the decimal mark")
func readingOptions() throws {
  let folder = try TemporaryFolder()
  // Thousandths only: the head tells nothing.
  let text = "a;y\n" + (1...20).map { "\($0 % 2 + 1),\($0 + 100);\($0 % 2)\n" }.joined()
  try folder.write("data.csv", text)
  let quick = ["--label", "y", "--epochs", "1"]
  let commands = [
    ["train", "data.csv", "--checkpoint", "model"] + quick,
    ["compare", "data.csv", "--folds", "2", "--no-twins", "--baseline", "svm"] + quick,
  ]
  for command in commands {
    let refused = try Running(ansatzBinary, command, in: folder.path).wait()
    #expect(refused.status == 65)
    #expect(refused.complaint?.hasSuffix("by --decimal '.' or --decimal ','") == true)
    let read = try Running(
      ansatzBinary, command + ["--decimal", ",", "--delimiter", ";"], in: folder.path
    ).wait()
    #expect(read.status == 0, "\(read.errors)")
  }
  // What training was told is known from then on, and can be told otherwise.
  for command in ["evaluate", "predict"] {
    let known = try ansatz(command, "data.csv", "--checkpoint", "model", in: folder.path)
    #expect(
      known.errors == "ansatz: notice: data.csv: semicolons between columns, decimal commas\n")
    let told = try ansatz(
      command, "data.csv", "--checkpoint", "model", "--decimal", ".", in: folder.path)
    #expect(told.errors.contains("decimal points, marks between thousands"))
    #expect(told.output != known.output || command == "evaluate")
    let wrong = try ansatz(
      command, "data.csv", "--checkpoint", "model", "--delimiter", "x", in: folder.path)
    #expect(wrong.status == 64)
  }
}

@Test(
  "Labels are the same classes in training, test file, evaluation and comparison as numbers are")
func labelsByValue() throws {
  let folder = try TemporaryFolder()
  try folder.write("mixed.csv", rows(",", ".") { plainLabel($0) + ($0 % 5 == 0 ? ".0" : "") })
  try folder.write("other.csv", rows(",", ".") { plainLabel($0) + ".0" })
  let trained = try ansatz(
    "train", "mixed.csv", "--label", "paid", "--drop", "day,order", "--epochs", "40", "--test",
    "other.csv", "--checkpoint", "model", "--json", in: folder.path)
  let report = try #require(json(trained) as? [String: Any], "\(trained.errors)")
  #expect(report["classes"] as? Int == 2)
  #expect(report["testAccuracy"] as? Double == 1)
  #expect(try predictions("other.csv", in: folder.path).first == "prediction,p(0),p(1)")
  let evaluated = try ansatz("evaluate", "other.csv", "--checkpoint", "model", in: folder.path)
  #expect(evaluated.output.contains("accuracy 1.0000 (40 of 40 rows)"))
  let compared = try ansatz(
    "compare", "mixed.csv", "--label", "paid", "--drop", "day,order", "--no-twins", "--epochs", "1",
    "--folds", "2", "--baseline", "majority-class", in: folder.path)
  #expect(compared.output.hasPrefix("mixed.csv: 40 rows, 2 features, 2 classes\n"))
}

@Test("A label column of measured quantities is refused by train and compare")
func measuredLabel() throws {
  let folder = try TemporaryFolder()
  try folder.write(
    "price.csv", "area,price\n" + (1...40).map { "\($0),\(Double($0) * 3 + 0.5)\n" }.joined())
  for command in ["train", "compare"] {
    let outcome = try ansatz(command, "price.csv", "--label", "price", in: folder.path)
    #expect(outcome.status == 65)
    #expect(outcome.complaint?.contains("'price' holds 40 distinct numbers in 40 rows") == true)
  }
}

@Test("Missing labels and rare classes are left out or merged on request, and the model knows")
func leftOut() throws {
  let folder = try TemporaryFolder()
  let text = rows(",", ".") { $0 == 7 ? "" : $0 < 3 ? "rare\($0)" : plainLabel($0) }
  try folder.write("data.csv", text)
  let common = ["train", "data.csv", "--label", "paid", "--epochs", "2"] + leavingOut
  let missing = try Running(ansatzBinary, common, in: folder.path).wait()
  #expect(missing.complaint?.hasSuffix("leave such rows out by --skip-missing-labels") == true)
  let rare = try Running(
    ansatzBinary, common + ["--skip-missing-labels", "--validation", "0.3"], in: folder.path
  ).wait()
  #expect(rare.complaint?.contains("'rare1' has 1 row, 'rare2' has 1 row") == true)
  for (treatment, classes, count) in [
    ("merge", ["0", "1", "other"], 39), ("drop", ["0", "1"], 37),
  ] {
    let model = "model-\(treatment)"
    let options = ["--skip-missing-labels", "--rare-classes", treatment]
    let trained = try Running(
      ansatzBinary, common + options + ["--checkpoint", model, "--json"], in: folder.path
    ).wait()
    let report = try #require(json(trained) as? [String: Any], "\(trained.errors)")
    #expect(report["rows"] as? Int == count)
    let reading = try #require(report["reading"] as? [String: Any])
    #expect(reading["skippedRows"] as? Int == 1)
    #expect((reading["rareClasses"] as? [[String: Any]])?.count == 2)
    let evaluated = try ansatz(
      "evaluate", "data.csv", "--checkpoint", model, "--json", in: folder.path)
    let scores = try #require(json(evaluated) as? [String: Any], "\(evaluated.errors)")
    #expect(scores["rows"] as? Int == count)
    #expect((scores["classes"] as? [[String: Any]])?.map { $0["name"] as? String } == classes)
    // Resuming needs none of the options again, and takes none.
    let resumed = try ansatz(
      "train", "data.csv", "--label", "paid", "--checkpoint", model, "--resume", in: folder.path)
    #expect(resumed.status == 0, "\(resumed.errors)")
    let repeated = try ansatz(
      "train", "data.csv", "--label", "paid", "--checkpoint", model, "--resume", "--drop", "day",
      in: folder.path)
    #expect(repeated.complaint?.hasSuffix("leave out --drop") == true)
  }
  let compared = try ansatz(
    ["compare", "\(folder.path)/data.csv", "--label", "paid", "--epochs", "1", "--no-twins"]
      + ["--baseline", "svm", "--folds", "3", "--skip-missing-labels", "--rare-classes", "drop"]
      + leavingOut)
  #expect(compared.status == 0, "\(compared.errors)")
  #expect(compared.errors.contains("left out: 'rare1' (1), 'rare2' (1)"))
}

@Test("Predictions begin with the column that names the rows, in JSON too, if the rows have it")
func identifiers() throws {
  let folder = try TemporaryFolder()
  try folder.write("data.csv", rows(",", ".", label: plainLabel))
  let trained = try Running(
    ansatzBinary,
    ["train", "data.csv", "--label", "paid", "--epochs", "1", "--checkpoint", "model"] + leavingOut,
    in: folder.path
  ).wait()
  #expect(trained.status == 0, "\(trained.errors)")
  try folder.write("new.csv", "weight,kind,note\n3.5,red,\"a, b\"\n2.5,blue,c\n")
  #expect(try predictions("new.csv", in: folder.path)[0] == "prediction,p(0),p(1)")
  let named = try predictions("new.csv", "--id", "note", in: folder.path)
  #expect(named[0] == "note,prediction,p(0),p(1)")
  #expect(named[1].hasPrefix("\"a, b\","))
  let report = try #require(
    json(ansatz("predict", "data.csv", "--checkpoint", "model", "--json", in: folder.path))
      as? [[String: Any]])
  #expect(report.map { $0["id"] as? String } == (1...40).map { "A-\($0)" })
  let wrong = try ansatz(
    "predict", "new.csv", "--checkpoint", "model", "--id", "notes", in: folder.path)
  #expect(wrong.complaint == "--id: new.csv has no column 'notes'; did you mean 'note'?")
}
