import Foundation
import Testing

/// A comparison small enough for a test.
private func compare(_ extra: String...) throws -> Outcome {
  try Running(
    ansatzBinary,
    ["compare", "iris", "--epochs", "3", "--folds", "3", "--set", "qubits=2"] + extra
  ).wait()
}

@Test("The hybrid meets its twins and all baselines, with one line of the verdict for each")
func comparison() throws {
  let outcome = try compare()
  #expect(outcome.status == 0, "\(outcome.errors)")
  let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
  #expect(lines[0] == "iris: 150 rows, 4 features, 3 classes")
  let names = lines[4...].prefix { !$0.isEmpty }.compactMap { line in
    line.split(separator: "  ").first.map(String.init)
  }
  #expect(
    names == [
      "hybrid", "hybrid without-circuit", "hybrid frozen-circuit", "logistic-regression", "mlp",
      "svm", "k-nearest-neighbors", "majority-class",
    ])
  let heading = try #require(
    lines.firstIndex(
      of: "verdict on hybrid, intervals and p-values adjusted by Holm's method:"))
  #expect(lines[heading + 1].contains("the best baseline, "))
  #expect(lines[heading + 2].contains(" hybrid without-circuit ("))
  #expect(lines[heading + 3].contains(" hybrid frozen-circuit ("))
}

@Test("Results do not depend on the number of threads, and the twin has as many parameters")
func threads() throws {
  func scores(_ threads: String) throws -> [[String: Any]] {
    let report = try #require(
      json(compare("--threads", threads, "--json", "--seed", "5")) as? [String: Any])
    return try #require(report["contenders"] as? [[String: Any]])
  }
  let (one, two) = (try scores("1"), try scores("2"))
  for (a, b) in zip(one, two) {
    #expect(a["name"] as? String == b["name"] as? String)
    #expect(a["accuracies"] as? [Double] == b["accuracies"] as? [Double])
    #expect((a["accuracies"] as? [Double])?.count == 6)
  }
  let parameters = one.map { $0["parameterCount"] as? Int ?? -1 }
  // 4·2 + 2 before the circuit, 2·2·3 in it, 2·3 + 3 behind it.
  #expect(parameters[..<3] == [31, 31, 19])
}

@Test("Baselines can be chosen, twins left out, and one repeat gives no verdict")
func choices() throws {
  let report = try #require(
    json(compare("--baseline", "svm", "--no-twins", "--repeats", "1", "--json")) as? [String: Any])
  let contenders = try #require(report["contenders"] as? [[String: Any]])
  #expect(contenders.map { $0["name"] as? String } == ["hybrid", "svm"])
  #expect(contenders.map { $0["role"] as? String } == ["hybrid", "baseline"])
  #expect(report["verdict"] == nil)
}

@Test("A model without a circuit has no twins, and is not its own baseline")
func classicalModel() throws {
  let outcome = try ansatz(
    "compare", "iris", "--model", "mlp", "--epochs", "2", "--folds", "2", "--json")
  let report = try #require(json(outcome) as? [String: Any])
  let contenders = try #require(report["contenders"] as? [[String: Any]])
  #expect(
    contenders.map { $0["role"] as? String } == ["model"] + Array(repeating: "baseline", count: 4))
}

@Test("The comparison of the circuit-centric model on raw features goes through with all defaults")
func rawFeatures() throws {
  let outcome = try ansatz(
    "compare", "breast-cancer", "--model", "circuit-centric", "--epochs", "4")
  #expect(outcome.status == 0, "\(outcome.errors)")
  let row = outcome.output.split(separator: "\n").first {
    $0.hasPrefix("circuit-centric without-circuit  twin ")
  }
  #expect(row?.contains("fits") == false)
}

@Test("Fits that fail are counted in table, JSON and page, and the rest is compared")
func failedFits() throws {
  let folder = try TemporaryFolder()
  // So fast that the perceptron's loss overflows where no circuit or tanh bounds it.
  let arguments = [
    "compare", "iris", "--model", "mlp", "--baseline", "svm", "--baseline", "majority-class",
    "--folds", "3", "--epochs", "40", "--optimizer", "sgd", "--learning-rate", "1e120",
  ]
  let table = try Running(ansatzBinary, arguments + ["--report", "p.html"], in: folder.path).wait()
  #expect(table.status == 78)
  #expect(
    table.complaint?.hasPrefix("mlp failed in all 6 fits, so there is nothing to compare; repeat 1")
      == true)
  #expect(table.output.contains("0 of 6 fits; repeat 1, fold 1: the "))
  #expect(table.output.contains("all 6 fits"))
  #expect(table.output.contains("verdict on mlp: none:\n  note: mlp failed in all 6 fits\n"))
  let page = folder.read("p.html")
  #expect(
    page.contains("0 of 6 fits; repeat 1, fold 1: the ") && page.contains("mlp failed in all"))
  let report = try #require(
    json(Running(ansatzBinary, arguments + ["--json"]).wait()) as? [String: Any])
  let contenders = try #require(report["contenders"] as? [[String: Any]])
  #expect(contenders.map { $0["failedFits"] as? Int } == [6, 0, 0])
  #expect(contenders.map { ($0["accuracies"] as? [Double])?.count } == [0, 6, 6])
  let failure = try #require(contenders[0]["firstFailure"] as? [String: Any])
  #expect(failure["place"] as? String == "repeat 1, fold 1")
}

/// The largest memory a process has had, in KiB.
private func peakMemory(_ running: Running) -> Int? {
  let path = "/proc/\(running.process.processIdentifier)/status"
  let status = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
  return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
}

@Test(
  "Ctrl-C keeps and reports what a comparison has done, and however much is planned is begun at once",
  arguments: [[], ["--json"]])
func interruptedComparison(extra: [String]) throws {
  let folder = try TemporaryFolder()
  let running = try Running(
    ansatzBinary,
    [
      "compare", "iris", "--epochs", "1", "--folds", "3", "--repeats", "1000000", "--set",
      "qubits=2", "--report", "page.html",
    ] + extra, in: folder.path)
  waitUntilInterruptible(running)
  // Eight times seven fits of some milliseconds each.
  usleep(2_000_000)
  let memory = peakMemory(running)
  running.process.interrupt()
  let outcome = running.wait()
  #expect(outcome.status == 130)
  #expect(try #require(memory) < 1 << 20)
  let lines = outcome.errors.split(separator: "\n")
  #expect(lines.first?.hasPrefix("comparing: 24000000 fits to make; Ctrl-C reports") == true)
  let last = try #require(lines.last)
  #expect(last.hasPrefix("ansatz: stopped; this is of "))
  #expect(last.hasSuffix(" of 24000000 fits"))
  let page = folder.read("page.html")
  #expect(page.contains("stopped early") && page.contains(" of 3000000 fits"))
  guard extra.isEmpty else {
    let report = try #require(json(outcome) as? [String: Any])
    #expect(report["isStopped"] as? Bool == true)
    let contenders = try #require(report["contenders"] as? [[String: Any]])
    for contender in contenders {
      #expect(contender["plannedFits"] as? Int == 3_000_000)
      #expect(
        (contender["splits"] as? [Int])?.count == (contender["accuracies"] as? [Double])?.count)
    }
    return
  }
  #expect(outcome.output.contains(" of 3000000 fits"))
  #expect(outcome.output.contains("  note: "))
}
