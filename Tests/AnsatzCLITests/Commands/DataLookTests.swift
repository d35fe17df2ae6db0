import Foundation
import Testing

/// Rows of a task that `size` and `colour` decide, as CSV.
private func ripeness(_ count: Int, colours: [String] = ["red", "green", "yellow"]) -> String {
  let lines = (0..<count).map { i in
    let colour = colours[i % colours.count]
    let size = Double((i * 37) % 101) / 100
    return "\(size),\(colour),\(colour == "red" || size > 0.6 ? "yes" : "no")"
  }
  return (["size,colour,ripe"] + lines).joined(separator: "\n") + "\n"
}

private func trained() throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  try folder.write("train.csv", ripeness(60))
  let outcome = try ansatz(
    "train", "train.csv", "--label", "ripe", "--epochs", "2", "--checkpoint", "m", in: folder.path)
  #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  return folder
}

private let unseen =
  "column 'colour': 2 of 4 rows hold a category that training did not see ('Red' and 'purple'), "
  + "read as none of the known ones"

@Test("A category that training never saw is refused with its line by all that read later rows")
func unknownCategoryRefused() throws {
  let folder = try trained()
  let rows = "size,colour,ripe\n0.1,red,yes\n0.1,green,no\n0.1,Red,yes\n0.1,purple,no\n"
  try folder.write("new.csv", rows)
  for command in [
    ["predict", "new.csv", "--checkpoint", "m"], ["evaluate", "new.csv", "--checkpoint", "m"],
    ["train", "train.csv", "--label", "ripe", "--test", "new.csv", "--epochs", "1"],
  ] {
    let refused = try Running(ansatzBinary, command, in: folder.path).wait()
    #expect(refused.status == 65)
    #expect(
      refused.complaint
        == "new.csv, line 4, column 2 ('colour'): the category 'Red' was not in the training data; did "
        + "you mean 'red'? --unknown-categories ignore reads it as none of the known ones")
    let ignored = try Running(
      ansatzBinary, command + ["--unknown-categories", "ignore"], in: folder.path
    ).wait()
    #expect(ignored.status == 0, "\(ignored.errors)")
    let place = command[0] == "train" ? "new.csv: " : ""
    #expect(ignored.errors == "ansatz: notice: \(place)\(unseen)\n")
  }
  let evaluated = try ansatz(
    "evaluate", "new.csv", "--checkpoint", "m", "--unknown-categories", "ignore", "--json",
    in: folder.path)
  let report = try #require(json(evaluated) as? [String: Any])
  let findings = try #require(report["findings"] as? [[String: Any]])
  #expect(findings.map { $0["message"] as? String } == [unseen])
}

@Test("The treatment of unknown categories is refused where it has none, and with a near miss")
func unknownCategoryOption() throws {
  let folder = try trained()
  let useless = try ansatz(
    "train", "train.csv", "--label", "ripe", "--unknown-categories", "ignore", in: folder.path)
  #expect(useless.status == 64)
  #expect(
    useless.complaint
      == "--unknown-categories is for the rows of --test FILE; name one, or leave it out")
  let misspelt = try ansatz(
    "predict", "train.csv", "--checkpoint", "m", "--unknown-categories", "ignor", in: folder.path)
  #expect(misspelt.status == 64)
  #expect(misspelt.complaint?.hasSuffix("did you mean 'ignore'?") == true)
}

@Test("A category in a held-out fold alone is counted in the comparison, and stops nothing")
func heldOutCategory() throws {
  let folder = try TemporaryFolder()
  try folder.write("rows.csv", ripeness(60) + "0.5,blue,no\n")
  let arguments = [
    "compare", "rows.csv", "--label", "ripe", "--epochs", "1", "--no-twins", "--baseline", "svm",
  ]
  let outcome = try Running(ansatzBinary, arguments, in: folder.path).wait()
  #expect(outcome.status == 0, "\(outcome.errors)")
  let line =
    "column 'colour': in 2 of 10 folds, 2 test rows hold a category that the fold's training rows "
    + "lack, read as none of the known ones"
  #expect(outcome.output.split(separator: "\n")[2] == "notice: \(line)")
  let report = try #require(
    json(Running(ansatzBinary, arguments + ["--json"], in: folder.path).wait()) as? [String: Any])
  let findings = try #require(report["findings"] as? [[String: Any]])
  #expect(findings.map { $0["message"] as? String } == [line])
}

@Test("A nameless column that counts the rows is noted by train and compare, in JSON and on pages")
func rowNumber() throws {
  let folder = try TemporaryFolder()
  let lines = ripeness(60).split(separator: "\n").enumerated().map { row, line in
    row == 0 ? ",\(line)" : "\(row - 1),\(line)"
  }
  try folder.write("table.csv", lines.joined(separator: "\n"))
  let message =
    "column 'column1', which has no name, counts the rows, and is used as a feature; --drop column1 "
    + "leaves it out"
  let train = ["train", "table.csv", "--label", "ripe", "--epochs", "1"]
  let compare = [
    "compare", "table.csv", "--label", "ripe", "--epochs", "1", "--no-twins", "--baseline", "svm",
  ]
  let training = try Running(ansatzBinary, train, in: folder.path).wait()
  #expect(training.errors == "ansatz: notice: \(message)\n")
  let comparison = try Running(ansatzBinary, compare, in: folder.path).wait()
  #expect(comparison.output.split(separator: "\n")[2] == "notice: \(message)")
  for (command, page) in [(train, "train.html"), (compare, "compare.html")] {
    let outcome = try Running(
      ansatzBinary, command + ["--json", "--report", page], in: folder.path
    ).wait()
    let report = try #require(json(outcome) as? [String: Any], "\(outcome.errors)")
    let findings = try #require(report["findings"] as? [[String: Any]])
    #expect(findings.map { $0["check"] as? String } == ["identifier"])
    #expect(findings.map { $0["columns"] as? [String] } == [["column1"]])
    let html = folder.read(page)
    #expect(html.contains("The data") && html.contains("which has no name"))
  }
}

@Test(
  "What is unlike the training rows is said beside predictions, and they are given all the same")
func drift() throws {
  let folder = try trained()
  try folder.write("new.csv", "colour,extra,size\nred,1,9\ngreen,2,0.4\n")
  let outcome = try ansatz("predict", "new.csv", "--checkpoint", "m", in: folder.path)
  #expect(outcome.status == 0)
  #expect(outcome.output.split(separator: "\n").count == 3)
  #expect(
    outcome.errors == """
      ansatz: notice: column 'size': 1 of 2 rows lies far outside what training saw (0 to 1): 9
      ansatz: notice: column 'extra' is not used: not among the training data

      """)
}

@Test("A column without any value is left out with a notice, in training and in every fold")
func emptyColumn() throws {
  let folder = try TemporaryFolder()
  let lines = ripeness(60).split(separator: "\n").enumerated().map { row, line in
    row == 0 ? "blank,\(line)" : ",\(line)"
  }
  try folder.write("table.csv", lines.joined(separator: "\n"))
  for command in ["train", "compare"] {
    let outcome = try ansatz(
      [command, "\(folder.path)/table.csv", "--label", "ripe", "--epochs", "1"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      (outcome.errors + outcome.output).contains(
        "notice: column 'blank' has no value and is left out"))
  }
}

@Test("Preparation none prints none, and what the data need in spite of it")
func preparationNone() throws {
  let folder = try TemporaryFolder()
  try folder.write("table.csv", ripeness(60))
  for (data, said) in [(["iris"], "none"), (["table.csv", "--label", "ripe"], "one-hot")] {
    let none = ["--epochs", "1", "--preprocess", "none"]
    let trained = try Running(ansatzBinary, ["train"] + data + none, in: folder.path).wait()
    #expect(
      trained.output.split(separator: "\n").first?.hasSuffix("; preprocessing \(said)") == true)
    let compared = try Running(
      ansatzBinary, ["compare"] + data + none + ["--no-twins", "--baseline", "svm"], in: folder.path
    ).wait()
    #expect(compared.output.split(separator: "\n")[1].hasSuffix("; preprocessing \(said)"))
  }
}

@Test("Categories left 0 and 1 give the same comparison in every order of the steps")
func orderOfSteps() throws {
  let folder = try TemporaryFolder()
  try folder.write("table.csv", ripeness(60))
  var accuracies: [[[Double]]] = []
  for steps in ["impute,one-hot,standardize", "impute,standardize,one-hot", "one-hot,standardize"] {
    let outcome = try Running(
      ansatzBinary,
      [
        "compare", "table.csv", "--label", "ripe", "--epochs", "2", "--no-twins", "--preprocess",
        steps, "--json",
      ], in: folder.path
    ).wait()
    let report = try #require(json(outcome) as? [String: Any], "\(outcome.errors)")
    let contenders = try #require(report["contenders"] as? [[String: Any]])
    accuracies.append(contenders.compactMap { $0["accuracies"] as? [Double] })
  }
  #expect(
    accuracies[0].count == 6 && accuracies[0] == accuracies[1] && accuracies[0] == accuracies[2])
}
