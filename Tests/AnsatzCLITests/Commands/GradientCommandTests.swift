import Foundation
import Testing

@Suite("ansatz gradient and ansatz audit")
struct GradientCommandTests {
  private func json(_ text: String) throws -> [[String: Any]] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
  }

  @Test(
    "The gradient by each exact method is the same",
    arguments: ["parameter-shift", "hadamard-test", "stochastic-shift"])
  func methods(method: String) throws {
    func slopes(_ method: String) throws -> [Double] {
      let outcome = try ansatz(
        "gradient", "hybrid", "--set", "layers=1", "--observable", "Z0 Z1 + 0.5 X2", "--seed", "4",
        "--method", method, "--json")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let outputs = try #require(try json(outcome.output)[0]["outputs"] as? [[String: Any]])
      #expect(outputs.count == 1)
      return ["weights", "inputs"].flatMap { key in
        (outputs[0][key] as? [[String: Any]] ?? []).compactMap { $0["derivative"] as? Double }
      }
    }
    let (a, b) = (try slopes("adjoint"), try slopes(method))
    #expect(a.count == 16)
    for (x, y) in zip(a, b) { #expect(abs(x - y) < 1e-10) }
  }

  @Test("The text names every weight, the method and its cost, and shots bring errors")
  func text() throws {
    let outcome = try ansatz(
      "gradient", "hybrid", "--set", "layers=1", "--observable", "Z0",
      "--method", "parameter-shift:shots=50")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("by parameter-shift:shots=50: "))
    #expect(outcome.output.contains(" shots"))
    #expect(outcome.output.contains("±"))
  }

  @Test(
    "Circuits without inputs, templates and files can be audited",
    arguments: [["max-cut"], ["strongly-entangling", "--qubits", "3"]])
  func otherCircuits(arguments: [String]) throws {
    let outcome = try Running(ansatzBinary, ["audit"] + arguments).wait()
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test("An audit of a model agrees and lists every method")
  func audit() throws {
    let outcome = try ansatz("audit", "hybrid", "--set", "layers=1", "--json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let result = try json(outcome.output)[0]
    #expect(result["agrees"] as? Bool == true)
    let methods = (result["methods"] as? [[String: Any]] ?? []).compactMap {
      $0["method"] as? String
    }
    #expect(
      methods == [
        "adjoint", "parameter-shift", "stochastic-shift", "hadamard-test", "finite-difference",
        "spsa",
      ])
    let text = try ansatz("audit", "hybrid", "--set", "layers=1")
    #expect(text.output.contains("weights without effect:"))
    #expect(text.output.contains("agrees") && !text.output.contains("WRONG"))
  }

  @Test(
    "Mistakes get one line",
    arguments: [
      (["gradient", "hybrid", "--weight", "w=1,2"], "--weight w=1,2: "),
      (["gradient", "hybrid", "--input", "x=1,y,2,3"], "'y' is not a finite number"),
      (["gradient", "hybrid", "--observable", "Q0"], "Q"),
      (["gradient", "hybrid", "--observable", "Z9"], "qubit 9 is out of range"),
      (["gradient", "hybrid", "--method", "adjiont"], "did you mean 'adjoint'?"),
      (["gradient", "hybird"], "did you mean"),
      (["audit", "hybrid", "--method", "spsa:draws=0"], "from 1 to 1000000"),
      (["train", "iris", "--optimizer", "qng"], "minimizes the cost of one circuit"),
    ])
  func mistakes(arguments: [String], part: String) throws {
    let outcome = try Running(ansatzBinary, arguments).wait()
    #expect(outcome.status != 0)
    #expect(outcome.complaint?.contains(part) == true, "\(outcome.errors)")
  }
}
