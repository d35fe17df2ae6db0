import Foundation
import Testing

/// The newest weights in a checkpoint folder.
private func weights(_ checkpoint: String) throws -> Data {
  let name = try String(contentsOfFile: "\(checkpoint)/newest", encoding: .utf8).dropLast()
  return try Data(contentsOf: URL(filePath: "\(checkpoint)/\(name)/weights.safetensors"))
}

@Test("The same seed gives the same weights to the bit, whatever the number of threads")
func determinism() throws {
  let folder = try TemporaryFolder()
  for (name, seed, threads) in [("a", "7", "1"), ("b", "7", "2"), ("c", "8", "2")] {
    let outcome = try ansatz(
      "train", "iris", "--seed", seed, "--threads", threads, "--epochs", "3", "--checkpoint", name,
      in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
  #expect(try weights("\(folder.path)/a") == weights("\(folder.path)/b"))
  #expect(try weights("\(folder.path)/a") != weights("\(folder.path)/c"))
}

/// Waits until the process has its own handler for Ctrl-C, which it installs before training.
func waitUntilInterruptible(_ running: Running) {
  let status = "/proc/\(running.process.processIdentifier)/status"
  while running.process.isRunning {
    let text = (try? String(contentsOfFile: status, encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("SigCgt:") } ?? ""
    let caught = UInt64(line.dropFirst("SigCgt:".count).drop { $0.isWhitespace }, radix: 16) ?? 0
    if caught & 1 << UInt64(SIGINT - 1) != 0 { return }
    usleep(2_000)
  }
}

@Test("Ctrl-C stops with a checkpoint, and the command it prints goes on to bit-identical weights")
func interruption() throws {
  let folder = try TemporaryFolder()
  // Long enough not to be over before the signal, and with every kind of state to restore.
  let arguments = [
    "train", "iris", "--epochs", "600", "--validation", "0.2", "--schedule", "cosine", "--seed",
    "3",
  ]
  let whole = try Running(
    ansatzBinary, arguments + ["--checkpoint", "whole"], in: folder.path
  ).wait()
  #expect(whole.status == 0, "\(whole.errors)")

  let stopped = try Running(
    ansatzBinary, arguments + ["--checkpoint", "two parts"], in: folder.path)
  waitUntilInterruptible(stopped)
  stopped.process.interrupt()
  let outcome = stopped.wait()
  #expect(outcome.status == 130)
  #expect(outcome.output.isEmpty)
  #expect(outcome.errors.hasPrefix("ansatz: stopped in epoch "))
  let advice = try #require(outcome.errors.split(separator: "to go on: ansatz ").last)
  #expect(advice == "train iris --checkpoint 'two parts' --resume\n")

  let resumed = try Running(
    "/bin/sh", ["-c", "exec '\(ansatzBinary)' \(advice)"], in: folder.path
  ).wait()
  #expect(resumed.status == 0, "\(resumed.errors)")
  #expect(try weights("\(folder.path)/whole") == weights("\(folder.path)/two parts"))
}

@Test(
  "Ctrl-C is answered inside a batch, whatever runs it, and what was begun of it leaves no trace",
  arguments: [
    ["--set", "qubits=20"], ["--set", "qubits=12", "--set", "layers=900"],
    ["--set", "qubits=14", "--set", "layers=80", "--executor", "reference"],
    ["--set", "qubits=18", "--gradient", "parameter-shift"],
    ["--set", "qubits=18", "--gradient", "finite-difference"],
  ])
func interruptionInsideBatch(model: [String]) throws {
  let folder = try TemporaryFolder()
  // The one batch of an epoch takes many times as long as the pause before the signal.
  let stopped = try Running(
    ansatzBinary,
    ["train", "breast-cancer", "--batch-size", "1000", "--checkpoint", "run"] + model,
    in: folder.path)
  waitUntilInterruptible(stopped)
  usleep(500_000)
  stopped.process.interrupt()
  let outcome = stopped.wait()
  #expect(outcome.status == 130)
  // One line, which is the result.
  #expect(outcome.errors.split(separator: "\n").count == 1)
  #expect(outcome.errors.hasPrefix("ansatz: stopped in epoch 1/40; to go on: ansatz train"))
  let newest = folder.read("run/newest").dropLast()
  let text = folder.read("run/\(newest)/checkpoint.json")
  let saved = try #require(
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  let progress = try #require(saved["progress"] as? [String: Any])
  #expect(progress["stepCount"] as? Int == 0 && (progress["order"] as? [Int])?.isEmpty == true)
}

@Test("A second Ctrl-C ends at once")
func secondInterruption() throws {
  let folder = try TemporaryFolder()
  let running = try Running(
    "/bin/sh",
    [
      "-c",
      """
      '\(ansatzBinary)' train iris --set qubits=20 & sleep 1
      kill -INT $!; kill -INT $!; wait $!
      """,
    ], in: folder.path)
  #expect(running.wait().status == 130)
}

@Test(
  "The terminal tells the final weights' figures, which evaluate finds too, from the epoch's mean")
func finalWeights() throws {
  let folder = try TemporaryFolder()
  let train = ["train", "iris", "--epochs", "3", "--checkpoint"]
  let printed = try Running(ansatzBinary, train + ["run"], in: folder.path).wait().output
  let report = try #require(
    json(Running(ansatzBinary, train + ["again", "--json"], in: folder.path).wait())
      as? [String: Any])
  let evaluation = try #require(
    json(ansatz("evaluate", "iris", "--checkpoint", "run", "--json", in: folder.path))
      as? [String: Any])
  let accuracy = try #require(evaluation["accuracy"] as? Double)
  #expect(report["finalTrainingAccuracy"] as? Double == accuracy)
  let lines = printed.split(separator: "\n")
  let own = try #require(lines.first { $0.hasPrefix("training    loss ") })
  #expect(own.hasSuffix(String(format: "accuracy %.4f  (the weights kept)", accuracy)))
  let history = try #require(report["history"] as? [[String: Any]])
  let mean = try #require(history.last?["trainingAccuracy"] as? Double)
  let epoch = try #require(lines.first { $0.hasPrefix("epoch mean  loss ") })
  #expect(
    epoch.hasSuffix(
      String(format: "accuracy %.4f  (training, while the weights moved)", mean)))
}

@Test("Ctrl-C without --checkpoint keeps a checkpoint in a folder of its own")
func interruptionWithoutFolder() throws {
  let folder = try TemporaryFolder()
  try folder.write("hybrid.checkpoint", "in the way")
  let stopped = try Running(
    ansatzBinary, ["train", "iris", "--epochs", "100000"], in: folder.path)
  waitUntilInterruptible(stopped)
  stopped.process.interrupt()
  let outcome = stopped.wait()
  #expect(outcome.status == 130)
  #expect(outcome.errors.hasSuffix("train iris --checkpoint hybrid.checkpoint-2 --resume\n"))
  #expect(try !weights("\(folder.path)/hybrid.checkpoint-2").isEmpty)
}

@Test("A checkpoint folder is neither overwritten nor resumed with other options or data")
func checkpointFolder() throws {
  let folder = try TemporaryFolder()
  let train = ["train", "iris", "--epochs", "2", "--checkpoint", "kept"]
  #expect(try Running(ansatzBinary, train, in: folder.path).wait().status == 0)

  let again = try Running(ansatzBinary, train, in: folder.path).wait()
  #expect(again.status == 64)
  #expect(
    again.complaint
      == "kept holds a checkpoint already (finished: 2 of 2 epochs); to train it further, --resume "
      + "--epochs N with N above 2; for a new run, name another folder")

  let changed = try Running(
    ansatzBinary, train + ["--resume", "--batch-size", "5"], in: folder.path
  ).wait()
  #expect(changed.status == 64)
  #expect(
    changed.complaint
      == "--resume goes on with the options of the checkpoint; leave out --batch-size")

  let other = try ansatz("train", "wine", "--checkpoint", "kept", "--resume", in: folder.path)
  #expect(other.status == 65)
  #expect(
    other.complaint == "wine has other classes than the data of the checkpoint in kept")
}

@Test("A finished run says so and is left as it is; more epochs go on from its weights")
func finishedRun() throws {
  let folder = try TemporaryFolder()
  func train(_ more: String...) throws -> Outcome {
    try Running(ansatzBinary, ["train", "iris", "--checkpoint"] + more, in: folder.path).wait()
  }
  #expect(try train("kept", "--epochs", "3").status == 0)
  let before = try weights("\(folder.path)/kept")
  let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/kept").sorted()

  for more in [[], ["--epochs", "3"]] {
    let again = try Running(
      ansatzBinary, ["train", "iris", "--checkpoint", "kept", "--resume"] + more, in: folder.path
    ).wait()
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("\nfinished: 3 of 3 epochs; nothing was trained ("))
    #expect(again.output.hasSuffix("\nkept in kept/generation-000001\n"))
    #expect(!again.output.contains("epochs in"))
  }
  let report = try #require(json(train("kept", "--resume", "--json")) as? [String: Any])
  #expect(report["alreadyFinished"] as? String == "finished: 3 of 3 epochs")
  #expect(
    try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/kept").sorted() == names)

  let fewer = try train("kept", "--resume", "--epochs", "2")
  #expect(fewer.status == 64)
  #expect(fewer.complaint?.hasPrefix("the run has done 3 epochs already, so 2 in all") == true)

  let more = try train("kept", "--resume", "--epochs", "7")
  #expect(more.status == 0, "\(more.errors)")
  #expect(more.output.contains("\n7 epochs in "))
  #expect(try train("whole", "--epochs", "7").status == 0)
  #expect(try weights("\(folder.path)/kept") == weights("\(folder.path)/whole"))
  #expect(try weights("\(folder.path)/kept") != before)
}

@Test("A folder whose pointer is missing or damaged works, with a line that says so")
func damagedPointer() throws {
  let folder = try TemporaryFolder()
  let train = ["train", "iris", "--epochs", "2", "--checkpoint", "kept"]
  #expect(try Running(ansatzBinary, train, in: folder.path).wait().status == 0)
  try folder.write("kept/newest", "nonsense")
  for command in [
    ["train", "iris", "--resume", "--epochs", "3"], ["evaluate", "iris"], ["predict", "iris"],
  ] {
    if command[0] != "train" {
      try FileManager.default.removeItem(atPath: "\(folder.path)/kept/newest")
    }
    let outcome = try Running(
      ansatzBinary, command + ["--checkpoint", "kept"], in: folder.path
    ).wait()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("ansatz: 'kept/newest' is "))
    #expect(outcome.errors.hasSuffix(", the newest whole generation there\n"))
    try folder.write("kept/newest", "nonsense")
  }
}

@Test("--checkpoint-interval sets the time between checkpoints, and needs a folder for them")
func checkpointInterval() throws {
  let folder = try TemporaryFolder()
  func generations(_ interval: String) throws -> [String] {
    let outcome = try ansatz(
      "train", "iris", "--epochs", "3", "--checkpoint", "every-\(interval)",
      "--checkpoint-interval",
      interval, in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try FileManager.default.contentsOfDirectory(
      atPath: "\(folder.path)/every-\(interval)"
    ).filter { $0.hasPrefix("generation") }.sorted()
  }
  // 150 rows in batches of 16 are 10 batches an epoch; the last two of 30 checkpoints are kept.
  #expect(try generations("0") == ["generation-000029", "generation-000030"])
  #expect(try generations("1e6") == ["generation-000001"])
  #expect(try weights("\(folder.path)/every-0") == weights("\(folder.path)/every-1e6"))
  let alone = try ansatz("train", "iris", "--checkpoint-interval", "5", in: folder.path)
  #expect(alone.status == 64)
  #expect(
    alone.complaint
      == "--checkpoint-interval needs the folder to keep checkpoints in: --checkpoint DIR")
  for interval in ["-1", "nan", "inf", "soon"] {
    let outcome = try ansatz(
      "train", "iris", "--checkpoint", "none", "--checkpoint-interval", interval, in: folder.path)
    #expect(outcome.status == 64)
  }
}

@Test("Of runs that start at once in one folder, one trains there")
func simultaneousStarts() throws {
  for round in 0..<4 {
    let folder = try TemporaryFolder()
    let runs = try (0..<3).map { seed in
      try Running(
        ansatzBinary,
        [
          "train", "iris", "--model", "mlp", "--epochs", "1", "--seed", "\(seed)", "--checkpoint",
          "kept",
        ],
        in: folder.path)
    }
    let outcomes = runs.map { $0.wait() }
    #expect(outcomes.filter { $0.status == 0 }.count == 1, "round \(round)")
    for outcome in outcomes where outcome.status != 0 {
      let text = outcome.complaint ?? outcome.errors
      #expect(
        text.hasPrefix("kept holds a checkpoint already")
          || text.hasPrefix("another process is training into 'kept'"), "\(text)")
    }
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/kept/generation-000002"))
  }
}

@Test("A learning rate that makes weights overflow is what the error names, whatever the model")
func overflowingLearningRate() throws {
  for model in ["hybrid", "mlp", "circuit-centric"] {
    for precision in ["f64", "f32"] {
      let outcome = try ansatz(
        "train", "iris", "--model", model, "--precision", precision, "--learning-rate", "1e308",
        "--epochs", "2")
      #expect(outcome.status == 78)
      let text = try #require(outcome.complaint, "\(outcome.errors)")
      #expect(text.contains(" in epoch 1, batch ") && text.contains("lower the learning rate"))
    }
  }
}

@Test("The report gives the protocol, the history and the score on a fixed test file")
func trainingReport() throws {
  let folder = try TemporaryFolder()
  let lines = (0..<40).map { "\($0 % 2 == 0 ? -1 : 1).\($0),\($0 % 2 == 0 ? "low" : "high")" }
  try folder.write("train.csv", (["x,class"] + lines.prefix(30)).joined(separator: "\n"))
  try folder.write("test.csv", (["x,class"] + lines.suffix(10)).joined(separator: "\n"))
  let outcome = try ansatz(
    "train", "train.csv", "--label", "class", "--test", "test.csv", "--epochs", "30", "--json",
    in: folder.path)
  let report = try #require(json(outcome) as? [String: Any])
  #expect(report["model"] as? String == "hybrid")
  #expect(report["rows"] as? Int == 30)
  #expect(report["epochs"] as? Int == 30)
  #expect((report["history"] as? [Any])?.count == 30)
  // The sign of the only feature decides the class, so that anything below 1 is a mistake.
  #expect(report["testAccuracy"] as? Double == 1)
  #expect((report["options"] as? [String: Any])?["optimizer"] as? String == "adam")
}

@Test("A shift-rule run says how many circuits it ran, and reaches the weights of the adjoint run")
func shiftRule() throws {
  func run(_ method: String) throws -> (evaluations: Int, loss: Double) {
    let outcome = try ansatz(
      "train", "iris", "--epochs", "2", "--gradient", method, "--set", "qubits=2", "--json")
    let report = try #require(json(outcome) as? [String: Any], "\(outcome.errors)")
    let history = try #require(report["history"] as? [[String: Any]])
    return (
      try #require(report["circuitEvaluations"] as? Int),
      try #require(history.last?["trainingLoss"] as? Double)
    )
  }
  let (adjoint, shift) = (try run("adjoint"), try run("parameter-shift"))
  // Two layers of three angles on two qubits and two embedded angles: 14 angles, two shifts each,
  // beside the forward run; 150 samples, two epochs.
  #expect(shift.evaluations == 300 * (1 + 2 * 14))
  #expect(adjoint.evaluations < shift.evaluations)
  // Both methods are exact; rounding alone tells them apart.
  #expect(abs(adjoint.loss - shift.loss) < 1e-9)
  let text = try ansatz(
    "train", "iris", "--epochs", "2", "--gradient", "parameter-shift", "--set", "qubits=2")
  #expect(text.output.contains("\n\(shift.evaluations) circuit evaluations\n"))
}

@Test("Single precision trains, is kept with the checkpoint and goes on in prediction")
func singlePrecision() throws {
  let folder = try TemporaryFolder()
  let trained = try ansatz(
    "train", "iris", "--epochs", "5", "--precision", "f32", "--checkpoint", "single", "--json",
    in: folder.path)
  #expect((try json(trained) as? [String: Any])?["precision"] as? String == "f32")
  #expect(try ansatz("evaluate", "iris", "--checkpoint", "single", in: folder.path).status == 0)
}

@Test("Preprocessing is fitted without the rows held out for validation")
func preprocessingOfHeldOutRows() throws {
  let folder = try TemporaryFolder()
  // The sum of different powers of two tells which rows were in it, and so how many.
  let lines = (0..<40).map { "\(1 << $0),\($0 % 2 == 0 ? "even" : "odd")" }
  try folder.write("data.csv", (["x,class"] + lines).joined(separator: "\n"))
  let outcome = try ansatz(
    "train", "data.csv", "--label", "class", "--validation", "0.2", "--epochs", "1", "--checkpoint",
    "kept", in: folder.path)
  #expect(outcome.status == 0, "\(outcome.errors)")
  let text = folder.read("kept/generation-000001/checkpoint.json")
  let match = try #require(text.firstMatch(of: /"means" : \[\s*([0-9.e+]+)\s*\]/))
  let sum = Int(try #require(Double(match.1)) * 32)
  #expect(sum.nonzeroBitCount == 32)
}

@Test(
  "--loss trains with a loss by its name, and is refused with the near miss or where there is none")
func lossByName() throws {
  let trained = try ansatz(
    "train", "iris", "--model", "mlp", "--loss", "hinge", "--epochs", "2", "--json")
  let report = try #require(json(trained) as? [String: Any], "\(trained.errors)")
  let hyperparameters = try #require(report["hyperparameters"] as? [String: Any])
  #expect(hyperparameters["loss"] as? String == "hinge")
  let plain = try #require(
    json(ansatz("train", "iris", "--model", "mlp", "--epochs", "2", "--json")) as? [String: Any])
  func firstLoss(_ report: [String: Any]) -> Double? {
    (report["history"] as? [[String: Any]])?.first?["trainingLoss"] as? Double
  }
  #expect(firstLoss(report) != firstLoss(plain))
  for command in ["train", "compare"] {
    let outcome = try ansatz(command, "iris", "--loss", "hing")
    #expect(outcome.status == 64)
    #expect(outcome.complaint == "unknown loss 'hing'; did you mean 'hinge'?")
  }
}
