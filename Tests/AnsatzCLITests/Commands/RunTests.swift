import Foundation
import Testing

@Suite("ansatz run and convert")
struct RunTests {
  private func object(_ outcome: Outcome) throws -> [String: Any] {
    try #require(json(outcome) as? [String: Any], "\(outcome.errors)")
  }

  @Test("A file's probabilities have qubit 0 rightmost, its outcomes the last register first")
  func order() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "order.qasm",
      """
      OPENQASM 2.0;
      include "qelib1.inc";
      qreg q[3]; creg a[2]; creg b[1];
      x q[0];
      measure q[0] -> a[1];
      measure q[2] -> b[0];
      """)
    let report = try object(ansatz("run", path, "--json"))
    #expect(report["qubits"] as? Int == 3)
    #expect(report["order"] as? String == "qubit 0 rightmost")
    #expect(report["probabilities"] as? [String: Double] == ["001": 1])
    #expect(report["outcomes"] as? [String: Double] == ["0 10": 1])
    #expect(report["z"] as? [Double] == [-1, 1, 1])
    #expect(report["counts"] == nil)
  }

  @Test("Observables, inputs, shots and the number listed are as asked for")
  func options() throws {
    let arguments = [
      "run", "swap-test", "--input", "angle=0.4,1.5", "--observable", "Z0 + 0.5 Z1 Z2",
      "--observable", "X0", "--shots", "1000", "--seed", "3", "--top", "2", "--json",
    ]
    let report = try object(ansatz(arguments))
    let expectations = try #require(report["expectations"] as? [String: Double])
    #expect(Set(expectations.keys) == ["Z0 + 0.5 Z1 Z2", "X0"])
    let z = try #require(report["z"] as? [Double])
    #expect(abs(z[0] - pow(cos(0.55), 2)) < 1e-14)
    #expect((report["probabilities"] as? [String: Double])?.count == 2)
    let counts = try #require(report["counts"] as? [String: Int])
    #expect(counts.count == 2 && counts.values.reduce(0, +) <= 1000)
    #expect(try object(ansatz(arguments))["counts"] as? [String: Int] == counts)
  }

  @Test("Measurements in mid-circuit run exactly, or by shots")
  func dynamic() throws {
    let exact = try object(ansatz("run", "teleportation", "--input", "angles=0.7,1.9", "--json"))
    let outcomes = try #require(exact["outcomes"] as? [String: Double])
    #expect(outcomes.count == 4 && outcomes.values.allSatisfy { abs($0 - 0.25) < 1e-12 })
    let sampled = try object(
      ansatz(
        "run", "teleportation", "--input", "angles[0]=0.7", "--input", "angles[1]=1.9", "--shots",
        "500", "--json"))
    #expect((sampled["counts"] as? [String: Int])?.values.reduce(0, +) == 500)
    #expect(sampled["outcomes"] == nil)
  }

  @Test("Text lists states with bars, registers and observables")
  func text() throws {
    let outcome = try ansatz("run", "superdense-coding", "--shots", "5")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("superdense-coding: 2 qubits, 7 operations\n"))
    #expect(outcome.output.contains("registers, exactly"))
    #expect(outcome.output.contains("counts of 5 shots"))
    #expect(outcome.output.contains("Z1"))
  }

  @Test("A template runs at the size asked for, its weights drawn by the seed")
  func templates() throws {
    let arguments = [
      "run", "strongly-entangling", "--qubits", "3", "--layers", "2", "--random-weights", "--json",
    ]
    let first = try object(ansatz(arguments))["z"] as? [Double]
    #expect(first?.count == 3)
    #expect(try object(ansatz(arguments))["z"] as? [Double] == first)
    #expect(try object(ansatz(arguments + ["--seed", "9"]))["z"] as? [Double] != first)
  }

  @Test("What is converted runs to the same numbers, and weights stay weights")
  func convert() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/zz.qasm"
    let values = ["--input", "x=0.3,0.8", "--random-weights", "--seed", "5"]
    #expect(try ansatz("convert", "zz-classifier", "-o", path).status == 0)
    let ours = try object(ansatz(["run", "zz-classifier", "--json"] + values))
    let read = try object(ansatz(["run", path, "--json"] + values))
    let (a, b) = (ours["z"] as? [Double] ?? [], read["z"] as? [Double] ?? [])
    #expect(a.count == 2 && zip(a, b).allSatisfy { abs($0 - $1) < 1e-12 })
    let bound = "\(folder.path)/bound.qasm"
    let written = try ansatz(
      ["convert", "zz-classifier", "--to", "qasm2", "--output", bound] + values)
    #expect(written.status == 0, "\(written.errors)")
    let again = try object(ansatz("run", bound, "--json"))["z"] as? [Double] ?? []
    #expect(again.count == 2 && zip(a, again).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("An input of a foreign file is a weight where --weights says so")
  func trained() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "w.qasm", "OPENQASM 3.0;\ninput float theta;\nqubit q;\nU(theta, 0, 0) q;\n")
    let asInput = try object(ansatz("run", path, "--input", "theta=0.5", "--json"))
    let asWeight = try object(
      ansatz("run", path, "--weights", "theta", "--weight", "theta=0.5", "--json"))
    #expect(abs(((asInput["z"] as? [Double])?.first ?? 0) - cos(0.5)) < 1e-12)
    #expect(asInput["z"] as? [Double] == asWeight["z"] as? [Double])
  }

  @Test("A picture of a circuit goes to a file or to standard output")
  func picture() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/ghz.svg"
    #expect(try ansatz("draw", "ghz", "--svg", path).status == 0)
    let shown = try ansatz("draw", "ghz", "--svg", "-")
    #expect(shown.output.contains("<svg") && shown.output.contains("<title>ghz</title>"))
    #expect(
      try String(contentsOfFile: path, encoding: .utf8).contains("<title>ghz</title>"))
    let refused = try ansatz("draw", "ghz", "--svg", "\(folder.path)/no/such/folder.svg")
    #expect(refused.status == 73)
  }

  @Test("A file's plan is costed as a registered circuit's is")
  func plan() throws {
    let path = repository + "/circuits/OpenQASM/iqp-classifier.qasm"
    let outcome = try ansatz("plan", path, "--multiply-adds", "1e9", "--bandwidth", "1e9")
    #expect(outcome.status == 0 && outcome.output.contains("single state"), "\(outcome.errors)")
    #expect(try ansatz("plan", "teleportation").complaint?.contains("branch by branch") == true)
  }

  @Test(
    "Mistakes are one line with the mend, and exit as sysexits says",
    arguments: [
      (["run", "no-such"], 64, "no circuit, template or file is named 'no-such'"),
      (["run", "no-such.qasm"], 66, "no-such.qasm"),
      (["run", "hybrid"], 64, "is a model"),
      (["run", "teleportation"], 64, "set them with --input angles=VALUE,… (2 values)"),
      (["run", "teleportation", "--input", "angles=1"], 64, "takes 2 values, not 1"),
      (["run", "teleportation", "--input", "angels=1,2"], 64, "did you mean 'angles'"),
      (["run", "teleportation", "--input", "angles[5]=1"], 64, "is not in angles[2]"),
      (["run", "teleportation", "--input", "angles=1,x"], 64, "'x' is not a finite number"),
      (["run", "teleportation", "--input", "angles"], 64, "NAME=VALUE"),
      (["run", "max-cut"], 64, "or --random-weights"),
      (["run", "ghz", "--observable", "Q0"], 64, "'Q' is no Pauli operator"),
      (["run", "ghz", "--observable", "Z7"], 64, "qubit 7 is out of range"),
      (["run", "ghz", "--shots", "0"], 64, "--shots must be 1 or more"),
      (["run", "ghz", "--qubits", "3"], 64, "--qubits and --layers are for templates"),
      (["run", "ghz", "--weights", "x"], 64, "--weights is for files"),
      (["convert", "ghz", "--to", "qasm4"], 64, "unknown format 'qasm4'"),
      (["convert", "swap-test", "--to", "qasm2"], 64, "needs values for angle[2]"),
      (["draw", "ghz", "--svg", "x.svg", "--json"], 64, "cannot be had at once"),
      (["draw", "--svg", "x.svg"], 64, "needs the NAME"),
    ] as [([String], Int32, String)])
  func mistakes(arguments: [String], status: Int32, message: String) throws {
    let outcome = try ansatz(arguments)
    #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
    #expect(outcome.errors.contains(message), "\(arguments): \(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }
}
