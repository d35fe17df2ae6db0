import Foundation
import Testing

@Test("Every listing command reports JSON of what its text says")
func listings() throws {
  for command in ["models", "datasets"] {
    let text = try ansatz(command).output
    let entries = try #require(json(ansatz(command, "--json")) as? [[String: Any]])
    #expect(entries.count == text.split(separator: "\n").count - 1)
    for entry in entries {
      let name = try #require(entry["name"] as? String)
      #expect(text.contains("\n\(name) "))
    }
  }
}

@Test("A circuit of the gallery is drawn, and so is the circuit of a model")
func drawing() throws {
  let bell = try ansatz("draw", "bell-pair")
  #expect(
    bell.output == """
      bell-pair: 2 qubits, 0 inputs, 0 weights, depth 2

      0: ─H──●──
             │
      1: ────⊕──

      """)
  let model = try #require(
    json(ansatz("draw", "hybrid", "--set", "qubits=3", "--json")) as? [[String: Any]])
  #expect(model.map { $0["qubits"] as? Int } == [3])
  #expect(try ansatz("draw").output.contains("circuits: bell-pair, "))
}

@Test("Help is on standard output with exit code 0, and every command has it")
func help() throws {
  let overview = try ansatz("--help")
  #expect(overview.status == 0)
  let commands = [
    "train", "evaluate", "predict", "compare", "models", "datasets", "draw", "plan", "new",
  ]
  for command in commands {
    #expect(overview.output.contains("\n  \(command) "))
    let outcome = try ansatz(command, "--help")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("USAGE: ansatz \(command)"))
    #expect(outcome.errors.isEmpty)
  }
}
