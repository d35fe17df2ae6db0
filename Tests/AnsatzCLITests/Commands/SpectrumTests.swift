import Foundation
import Testing

@Suite("ansatz spectrum")
struct SpectrumTests {
  /// cos³x = ¾ cos x + ¼ cos 3x
  private let qasm = """
    OPENQASM 3.0;
    include "stdgates.inc";
    input float x;
    qubit[3] q;
    rx(x) q[0];
    rx(x) q[1];
    rx(x) q[2];
    """

  private func results(_ outcome: Outcome) throws -> [[String: Any]] {
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try #require(try json(outcome) as? [[String: Any]])
  }

  @Test("The coefficients of a file's circuit are those of its closed form")
  func closedForm() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("cubic.qasm", qasm)
    let found = try results(ansatz("spectrum", file, "--observable", "Z0 Z1 Z2", "--json"))
    #expect(found.count == 1)
    #expect(found[0]["accessibleFrequencies"] as? Int == 7)
    #expect(found[0]["grid"] as? [Int] == [7])
    #expect((found[0]["aliases"] as? [Any])?.isEmpty == true)
    #expect(try #require(found[0]["reconstructionError"] as? Double) < 1e-10)
    let entries = try #require(found[0]["coefficients"] as? [[String: Any]])
    #expect(entries.map { $0["frequency"] as? [Double] } == [[0], [1], [2], [3]])
    #expect(entries.map { $0["degeneracy"] as? Double } == [20, 15, 6, 1])
    for (entry, value) in zip(entries, [0, 0.375, 0, 0.125]) {
      #expect(abs(try #require(entry["real"] as? Double) - value) < 1e-14)
      #expect(abs(try #require(entry["imaginary"] as? Double)) < 1e-14)
    }
  }

  @Test("A grid that is too coarse is told, with what is taken for what")
  func aliasing() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("cubic.qasm", qasm)
    let outcome = try ansatz("spectrum", file, "--observable", "Z0 Z1 Z2", "--grid", "5")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("ALIASED: the grid sees frequency 3 as -2"))
    #expect(outcome.output.contains("leave --grid away"))
    let fine = try ansatz("spectrum", file, "--observable", "Z0 Z1 Z2")
    #expect(!fine.output.contains("ALIASED"))
    #expect(fine.output.contains("0.375000000"))
    #expect(fine.output.contains("7 accessible frequencies, the largest 3"))
  }

  @Test("A model's circuit over some of its inputs, and over random weights; a seed fixes all")
  func model() throws {
    let command = [
      "spectrum", "hybrid", "--set", "layers=1", "--observable", "Z0", "--vary", "x[0]",
    ]
    let outcome = try ansatz(command + ["--json"])
    let found = try results(outcome)
    #expect(found[0]["inputs"] as? [String] == ["x[0]"])
    #expect(try ansatz(command + ["--json"]).output == outcome.output)
    #expect(try ansatz(command + ["--seed", "1", "--json"]).output != outcome.output)
    let spread = try results(ansatz(command + ["--draws", "10", "--json"]))
    #expect(spread[0]["draws"] as? Int == 10)
    let entries = try #require(spread[0]["coefficients"] as? [[String: Any]])
    for entry in entries {
      let quantiles = try #require(entry["quantiles"] as? [Double])
      #expect(quantiles.count == 5)
      #expect(quantiles == quantiles.sorted())
    }
    let text = try ansatz(command + ["--draws", "10"])
    #expect(text.output.contains("over 10 draws of the weights"))
  }

  @Test("Trained scales have no period, and are found all the same; held, they can be drawn around")
  func trainedScales() throws {
    let command = ["spectrum", "reuploading-classifier", "--vary", "x[0]", "--observable", "Z0"]
    let outcome = try ansatz(command)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("no period"))
    let found = try results(ansatz(command + ["--json"]))
    #expect(try #require(found[0]["reconstructionError"] as? Double) < 1e-10)
    #expect(found[0]["periods"] as? [String] == ["Infinity"])
    let drawn = try ansatz(command + ["--draws", "5"])
    #expect(drawn.complaint?.contains("depend on reuploading.scale") == true)
    let scales = [String](repeating: "1", count: 18).joined(separator: ",")
    let held = try ansatz(command + ["--draws", "5", "--weight", "reuploading.scale=\(scales)"])
    #expect(held.status == 0, "\(held.errors)")
  }

  @Test("A trained model is seen with the weights that training kept")
  func trained() throws {
    let folder = try TemporaryFolder()
    let train = try ansatz(
      "train", "iris", "--set", "layers=1", "--epochs", "1", "--checkpoint", "run", "--seed", "3",
      in: folder.path)
    #expect(train.status == 0, "\(train.errors)")
    let command = [
      "spectrum", "hybrid", "--checkpoint", "\(folder.path)/run", "--vary", "x[0]",
      "--observable", "Z0", "--input", "x=0,0.1,0.2,0.3", "--json",
    ]
    let found = try ansatz(command)
    let first = try #require(results(found)[0]["coefficients"] as? [[String: Any]])
    // Weights come from the folder, so the seed, which would draw them, changes nothing.
    let again = try #require(
      results(ansatz(command + ["--seed", "8"]))[0]["coefficients"] as? [[String: Any]])
    #expect(first.map { $0["real"] as? Double } == again.map { $0["real"] as? Double })
    let untrained = try results(
      ansatz(["spectrum", "hybrid", "--set", "layers=1", "--classes", "3"] + command[4...]))
    let other = try #require(untrained[0]["coefficients"] as? [[String: Any]])
    #expect(first.map { $0["real"] as? Double } != other.map { $0["real"] as? Double })
    let wrong = try ansatz("spectrum", "mlp", "--checkpoint", "\(folder.path)/run")
    #expect(wrong.complaint?.contains("holds the model 'hybrid', not 'mlp'") == true)
  }

  @Test("A picture of one input has a stem for each frequency, one of two inputs is a map")
  func picture() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("cubic.qasm", qasm)
    let outcome = try ansatz(
      "spectrum", file, "--observable", "Z0 Z1 Z2", "--svg", folder.path + "/s.svg")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let svg = folder.read("s.svg")
    #expect(svg.hasPrefix("<svg"))
    #expect(svg.components(separatedBy: "<circle").count - 1 == 4)
    let map = try ansatz(
      "spectrum", "angle-embedding", "--qubits", "2", "--observable", "Z0 Z1", "--svg", "-")
    #expect(map.status == 0, "\(map.errors)")
    #expect(map.output.contains("</svg>"))
  }

  @Test(
    "What cannot be done is said in one line, with the way out",
    arguments: [
      (["--vary", "y[0]"], "--vary y[0]: the circuit has no such input"),
      (["--grid", "many"], "--grid many: 'many' is not a number of places"),
      (["--grid", "0"], "--grid 0: '0' is not a number of places"),
      (["--grid", "3,3,3"], "a grid of"),
      (["--svg", "-"], "name one with --observable"),
      (["--vary", "x", "--observable", "Z0", "--svg", "-"], "name them with --vary"),
      (["--draws", "1"], "--draws must be 2 or more, not 1"),
      (["--draws", "5", "--grid", "3"], "--grid cannot be had at once"),
    ])
  func mistakes(options: [String], complaint: String) throws {
    let outcome = try ansatz(["spectrum", "hybrid", "--set", "layers=1"] + options)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(complaint), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test("Amplitudes, products of inputs and measurements in between are refused, not misread")
  func refusals() throws {
    let amplitudes = try ansatz("spectrum", "amplitude-embedding", "--observable", "Z0")
    #expect(amplitudes.complaint?.contains("amplitude of the start state") == true)
    let products = try ansatz("spectrum", "zz-feature-map", "--observable", "Z0")
    #expect(products.complaint?.contains("let fewer inputs vary") == true)
    let closed = try ansatz("spectrum", "bell-pair")
    #expect(closed.complaint?.contains("without inputs") == true)
    let dynamic = try ansatz("spectrum", "teleportation", "--observable", "Z0")
    #expect(dynamic.status != 0)
    #expect(dynamic.complaint?.contains("in mid-circuit") == true)
  }
}
