import Foundation
import Testing

/// Two classes told apart by the sign of `x`; `kind` is a category without a bearing.
private let rows = (1...40).map { i in
  (x: i.isMultiple(of: 2) ? Double(i) : -Double(i), kind: i % 3 == 0 ? "red, dark" : "blue")
}

private func trainedFolder() throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  let lines = rows.map { "\($0.x),\"\($0.kind)\",\($0.x > 0 ? "over, \"\"up\"\"" : "under")" }
    .map { $0.contains("over") ? $0.replacing("over", with: "\"over") + "\"" : $0 }
  try folder.write("train.csv", (["x,kind,side"] + lines).joined(separator: "\n"))
  let outcome = try ansatz(
    "train", "train.csv", "--label", "side", "--epochs", "40", "--checkpoint", "model",
    in: folder.path)
  #expect(outcome.status == 0, "\(outcome.errors)")
  // From here on the checkpoint folder must do alone.
  try FileManager.default.removeItem(atPath: "\(folder.path)/train.csv")
  return folder
}

@Test("Prediction needs the checkpoint folder alone, in any folder, and takes columns in any order")
func predictions() throws {
  let folder = try trainedFolder()
  let elsewhere = try TemporaryFolder()
  try elsewhere.write("new.csv", "kind,extra,x\nblue,0,12\n\"red, dark\",0,-7\nblue,0,-30\n")
  let outcome = try ansatz(
    "predict", "new.csv", "--checkpoint", "\(folder.path)/model", in: elsewhere.path)
  #expect(outcome.status == 0, "\(outcome.errors)")
  let lines = outcome.output.split(separator: "\n")
  #expect(lines[0] == #"prediction,"p(over, ""up"")",p(under)"#)
  #expect(lines[1].hasPrefix(#""over, ""up""","#))
  #expect(lines[2].hasPrefix("under,"))
  #expect(lines[3].hasPrefix("under,"))

  let report = try #require(
    json(
      ansatz(
        "predict", "new.csv", "--checkpoint", "\(folder.path)/model", "--json", in: elsewhere.path))
      as? [[String: Any]])
  #expect(report.map { $0["prediction"] as? String } == [#"over, "up""#, "under", "under"])
  for row in report {
    let probabilities = try #require(row["probabilities"] as? [String: Double])
    // A softmax in double precision sums to 1 but for rounding.
    #expect(abs(probabilities.values.reduce(0, +) - 1) < 1e-12)
    #expect(probabilities.max { $0.value < $1.value }?.key == row["prediction"] as? String)
  }
}

@Test("Evaluation counts each class and agrees with the predictions")
func evaluation() throws {
  let folder = try trainedFolder()
  // One label of four is wrong on purpose.
  try folder.write(
    "test.csv",
    "x,kind,side\n5,blue,under\n6,blue,\"over, \"\"up\"\"\"\n-3,blue,under\n-9,blue,under\n")
  let outcome = try ansatz(
    "evaluate", "test.csv", "--checkpoint", "model", "--json", in: folder.path)
  let report = try #require(json(outcome) as? [String: Any], "\(outcome.errors)")
  #expect(report["accuracy"] as? Double == 0.75)
  let classes = try #require(report["classes"] as? [[String: Any]])
  #expect(classes.map { $0["predicted"] as? [Int] } == [[1, 0], [1, 2]])
  let text = try ansatz("evaluate", "test.csv", "--checkpoint", "model", in: folder.path)
  #expect(text.output.hasPrefix("hybrid on test.csv: accuracy 0.7500 (3 of 4 rows)\n"))
}

@Test("A file that lacks a column, or labels where they are needed, is an error that names it")
func missingColumns() throws {
  let folder = try trainedFolder()
  try folder.write("no-kind.csv", "x\n1\n")
  let predicted = try ansatz("predict", "no-kind.csv", "--checkpoint", "model", in: folder.path)
  #expect(predicted.status == 65)
  #expect(predicted.complaint?.contains("'kind'") == true, "\(predicted.errors)")

  try folder.write("no-label.csv", "x,kind\n1,blue\n")
  let evaluated = try ansatz("evaluate", "no-label.csv", "--checkpoint", "model", in: folder.path)
  #expect(evaluated.status == 65)
  #expect(evaluated.complaint == "no-label.csv has no label column to compare with")
}

@Test("A damaged checkpoint is an error that names an intact one, which works")
func damagedCheckpoint() throws {
  let folder = try trainedFolder()
  let checkpoint = URL(filePath: folder.path).appending(path: "model")
  // A second generation, of the same finished run.
  try FileManager.default.copyItem(
    at: checkpoint.appending(path: "generation-000001"),
    to: checkpoint.appending(path: "generation-000002"))
  try "generation-000002\n".write(
    to: checkpoint.appending(path: "newest"), atomically: true, encoding: .utf8)
  let file = checkpoint.appending(path: "generation-000002/weights.safetensors")
  let intact = try Data(contentsOf: file)
  try folder.write("new.csv", "x,kind\n1,blue\n")

  var flipped = intact
  flipped[flipped.count - 3] ^= 0x40
  for (damaged, problem) in [
    (flipped, "weights.safetensors is corrupted"),
    (intact.dropLast(5), "weights.safetensors is truncated"),
  ] {
    try damaged.write(to: file)
    let outcome = try ansatz("predict", "new.csv", "--checkpoint", "model", in: folder.path)
    #expect(outcome.status == 65)
    let complaint = try #require(outcome.complaint, "\(outcome.errors)")
    #expect(complaint.contains(problem), "\(complaint)")
    #expect(
      complaint.hasSuffix("; use 'model/generation-000001', which is intact"), "\(complaint)")
  }
  let instead = try ansatz(
    "predict", "new.csv", "--checkpoint", "model/generation-000001", in: folder.path)
  #expect(instead.status == 0, "\(instead.errors)")
}

@Test("When a checkpoint cannot be written, the error says so and the one before stays usable")
func unwritableCheckpoint() throws {
  let folder = try trainedFolder()
  let lines = rows.map { "\($0.x),blue,\($0.x > 0 ? "up" : "down")" }
  try folder.write("train.csv", (["x,kind,side"] + lines).joined(separator: "\n"))
  let train = "train train.csv --label side --checkpoint second"
  let first = try Running(
    "/bin/sh", ["-c", "exec '\(ansatzBinary)' \(train) --epochs 2"], in: folder.path
  ).wait()
  #expect(first.status == 0, "\(first.errors)")
  // A limit of one block on file sizes stands in for a full disk.
  let second = try Running(
    "/bin/sh", ["-c", "ulimit -f 1; exec '\(ansatzBinary)' \(train) --resume --epochs 3 2>errors"],
    in: folder.path
  ).wait()
  #expect(second.status == 74)
  try folder.write("new.csv", "x,kind\n1,blue\n")
  let predicted = try ansatz("predict", "new.csv", "--checkpoint", "second", in: folder.path)
  #expect(predicted.status == 0, "\(predicted.errors)")
}

@Test("A row whose prediction is not finite ends predict and evaluate with its number")
func nonFinitePredictions() throws {
  let folder = try TemporaryFolder()
  try folder.write("train.csv", "x,label\n1,a\n2,b\n3,a\n4,b\n")
  try folder.write("large.csv", "x,label\n1,a\n1.7e308,b\n")
  let train = try ansatz(
    "train", "train.csv", "--label", "label", "--epochs", "1", "--model", "mlp", "--preprocess",
    "none", "--learning-rate", "5", "--checkpoint", "kept", in: folder.path)
  #expect(train.status == 0, "\(train.errors)")
  for command in ["predict", "evaluate"] {
    let outcome = try ansatz(command, "large.csv", "--checkpoint", "kept", in: folder.path)
    #expect(outcome.status == 65, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.complaint?.hasPrefix("row 2 has no finite prediction") == true)
  }
}
