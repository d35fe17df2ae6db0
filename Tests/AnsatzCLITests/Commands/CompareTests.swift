import Foundation
import Testing

/// A comparison small enough for a test.
private func compare(_ extra: String...) throws -> Outcome {
  try Running(
    ansatzBinary,
    ["compare", "iris", "--epochs", "3", "--folds", "3", "--set", "qubits=2"] + extra
  ).wait()
}

@Test("The hybrid meets its twins and all baselines, with a verdict in one line")
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
  let verdict = try #require(lines.first { $0.hasPrefix("verdict: hybrid: ") })
  #expect(verdict.contains("the best baseline, "))
  #expect(verdict.contains("hybrid without-circuit ("))
  #expect(verdict.contains("hybrid frozen-circuit ("))
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
