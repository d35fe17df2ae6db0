import Foundation
import Testing

// Numbers that are too large, too many or outside a domain: refused in one line, or answered at once.

@Test(
  "A value outside a function's domain, or an angle of which no digit counts, is refused in every command with the input and its range, and nothing is printed",
  arguments: [
    ["run", "chebyshev-embedding-constant", "--qubits", "1", "--input", "x=1.0000001"],
    ["run", "chebyshev-embedding-constant", "--qubits", "1", "--input", "x=1.2", "--shots", "10"],
    ["run", "chebyshev-embedding-constant", "--qubits", "1", "--input", "x=1.2", "--json"],
    ["gradient", "chebyshev-embedding-constant", "--qubits", "1", "--input", "x=1.2"],
    ["audit", "chebyshev-embedding-constant", "--qubits", "1", "--input", "x=-1.2"],
    ["run", "chebyshev-embedding-tower", "--qubits", "1", "--input", "x=2"],
    ["run", "zz-feature-map", "--qubits", "2", "--input", "x=1e300,1e300"],
    ["run", "angle-embedding", "--qubits", "2", "--input", "x=0.1,1e17"],
  ])
func outsideDomain(_ arguments: [String]) throws {
  let outcome = try ansatz(arguments)
  #expect(outcome.status == 65, "\(outcome.errors)")
  #expect(outcome.output.isEmpty)
  let complaint = try #require(outcome.complaint)
  #expect(complaint.contains("input x["), "\(complaint)")
}

@Test("At the end of a domain a value by rounding is taken, and random inputs stay inside")
func insideDomain() throws {
  for arguments in [
    ["run", "chebyshev-embedding-tower", "--qubits", "2", "--input", "x=1.0000000000000004"],
    ["gradient", "chebyshev-embedding-tower", "--qubits", "2", "--input", "x=0.9999999999"],
    ["gradient", "chebyshev-embedding-tower", "--qubits", "2"],
    ["audit", "chebyshev-embedding-constant", "--qubits", "2"],
  ] {
    let outcome = try ansatz(arguments + ["--json"])
    #expect(outcome.status == 0, "\(arguments) \(outcome.errors)")
    #expect(!outcome.output.contains("NaN"))
  }
}

@Test("Where the derivative is infinite, `gradient` says so in one line")
func infiniteDerivative() throws {
  let outcome = try ansatz(
    "gradient", "chebyshev-embedding-constant", "--qubits", "1", "--input", "x=1")
  #expect(outcome.status == 65)
  #expect(outcome.complaint?.contains("input x[0] is 1.0") == true, "\(outcome.errors)")
}

@Test("Observables so large that nothing finite comes out are refused")
func largeObservables() throws {
  for arguments in [
    ["spectrum", "angle-embedding", "--qubits", "1", "--observable", "1e308"],
    ["run", "bell-pair", "--observable", "1e308 Z0 + 1e308"],
    ["gradient", "angle-embedding", "--qubits", "1", "--observable", "1e200 Z0"],
  ] {
    let outcome = try ansatz(arguments)
    #expect(outcome.status == 64 || outcome.status == 65, "\(arguments) \(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }
}

@Test(
  "Any number of shots is counted, to the last one", arguments: [1_000_000_000_000_000, Int.max])
func manyShots(_ shots: Int) throws {
  for circuit in ["bell-pair", "grover"] {
    let outcome = try ansatz("run", circuit, "--shots", "\(shots)", "--json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let output = try #require(json(outcome) as? [String: Any])
    let counts = try #require(output["counts"] as? [String: Int])
    #expect(counts.values.reduce(0, +) == shots)
  }
  #expect(try ansatz("run", "bell-pair", "--shots", "\(shots)").status == 0)
}

@Test("Training with a million million shots ends as soon as with few")
func manyTrainingShots() throws {
  let outcome = try ansatz(
    "train", "iris", "--model", "hybrid", "--epochs", "1", "--shots", "1000000000000", "--set",
    "qubits=2", "--set", "layers=1", "--json")
  #expect(outcome.status == 0, "\(outcome.errors)")
}

@Test("A plan is costed for any number of samples")
func manySamples() throws {
  for samples in ["100000000000000000", "\(Int.max)"] {
    for json in [[], ["--json"]] {
      let outcome = try ansatz(
        ["plan", "hybrid", "--samples", samples, "--multiply-adds", "1e9", "--bandwidth", "1e9"]
          + json)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(!outcome.output.contains("inf") && !outcome.output.contains("nan"))
    }
  }
}

@Test("A circuit without a plan is told the one reason that holds")
func noPlan() throws {
  let large = try ansatz("plan", "angle-embedding", "--qubits", "31")
  #expect(large.status == 69)
  #expect(large.complaint?.hasSuffix("it has 31 qubits, and plans hold at most 30") == true)
  let folder = try TemporaryFolder()
  let file = try folder.write(
    "qft.qasm", "OPENQASM 3.0; include \"stdgates.inc\"; qubit[1] q; h q[0];")
  #expect(try ansatz("plan", file).status == 0)
}

@Test("What needs more memory than a limit leaves is refused before it is taken, with the bytes")
func memoryLimits() throws {
  func limited(_ kilobytes: Int, _ arguments: String) throws -> Outcome {
    try Running(
      "/bin/sh", ["-c", "ulimit -v \(kilobytes); exec \(ansatzBinary) \(arguments)"]
    ).wait()
  }
  let widths = [String](repeating: "16000", count: 100).joined(separator: ",")
  for (limit, arguments) in [
    (4_000_000, "train iris --model mlp --epochs 1 --set hidden=\(widths)"),
    (
      4_000_000,
      "run angle-embedding --qubits 28 --random-weights --input x=\((0..<28).map { _ in "0.1" }.joined(separator: ","))"
    ),
    (4_000_000, "run bell-pair --shots 2000000000 --json"),
  ] {
    let outcome = try limited(limit, arguments)
    if arguments.contains("bell-pair") {
      #expect(outcome.status == 0, "\(outcome.errors)")
      continue
    }
    #expect(outcome.status == 69, "\(arguments.prefix(40)): \(outcome.errors.prefix(300))")
    #expect(outcome.complaint?.contains("of memory, and there are") == true)
  }
}

@Test("A spectrum over more inputs than can be told apart is refused")
func largeSpectrum() throws {
  let outcome = try ansatz("spectrum", "angle-embedding", "--qubits", "31", "--observable", "Z0")
  #expect(outcome.status == 64)
  #expect(outcome.complaint?.contains("more than 200000 frequencies") == true)
}
