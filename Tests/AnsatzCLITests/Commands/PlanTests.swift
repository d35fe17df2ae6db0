import Foundation
import Testing

@Test("A circuit's plan is costed for a batch and a single state, at the rates given")
func planCosts() throws {
  let outcome = try ansatz(
    "plan", "reuploading-classifier", "--samples", "10", "--multiply-adds", "1000", "--bandwidth",
    "1e12", "--json")
  let plans = try #require(json(outcome) as? [[String: Any]], "\(outcome.errors)")
  let plan = try #require(plans.first)
  let batch = try #require(plan["batch"] as? [String: Any])
  let costs = try #require((plan["plan"] as? [String: Any])?["batch"] as? [String: Any])
  let forward = try #require(costs["forward"] as? [String: Double])
  let operations = try #require(forward["multiplyAdds"])
  #expect(operations > 0)
  // A thousand multiply-adds a second bound it, not the bandwidth.
  let seconds = try #require(batch["forwardSeconds"] as? Double)
  #expect(abs(seconds - operations * 10 / 1000) < 1e-9 * seconds)
}

@Test("A plan in words names its floor, measured on this machine")
func planText() throws {
  let outcome = try ansatz("plan", "hybrid", "--samples", "7")
  #expect(outcome.status == 0, "\(outcome.errors)")
  #expect(outcome.output.contains("floor"))
  #expect(outcome.output.contains("\nbatch of 7, gradients "))
  #expect(outcome.output.contains("\nsingle state, gradients "))
}

@Test("An executor changes how a model is trained, not what comes of it")
func executors() throws {
  let losses = try ["automatic", "blocks", "tiles", "reference"].map { executor in
    let outcome = try ansatz(
      "train", "iris", "--model", "hybrid", "--epochs", "2", "--executor", executor, "--json")
    let report = try #require(json(outcome) as? [String: Any], "\(outcome.errors)")
    let history = try #require(report["history"] as? [[String: Any]])
    return try #require(history.last?["trainingLoss"] as? Double)
  }
  for loss in losses {
    // Some twenty steps, each adding to the rounding of the one before.
    #expect(abs(loss - losses[0]) < 1e-9)
  }
}

@Test(
  "An executor that does not exist or cannot be is named in the error",
  arguments: [
    (["plan", "hybrid", "--executor", "reference"], 69, "executor 'reference' runs gate by gate"),
    (
      ["plan", "hybrid", "--executor", "refrence"], 64, "unknown executor 'refrence'; did you mean"
    ),
    (["train", "iris", "--executor", "fast"], 64, "unknown executor 'fast'; choose one of"),
  ] as [([String], Int32, String)])
func executorMistakes(arguments: [String], status: Int32, message: String) throws {
  let outcome = try Running(ansatzBinary, arguments).wait()
  #expect(outcome.status == status)
  #expect(outcome.complaint?.hasPrefix(message) == true, "\(outcome.errors)")
}
