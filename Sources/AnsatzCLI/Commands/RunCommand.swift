import Ansatz
import ArgumentParser

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a circuit: probabilities, expectation values, counts.",
    discussion: """
      Bit strings have qubit 0 rightmost, and those of several classical registers the last register \
      first. Measurements in mid-circuit are followed exactly, or by shots with --shots; terminal ones \
      leave the probabilities those of the state before them.
      """)

  @OptionGroup var source: CircuitOptions
  @OptionGroup var values: CircuitValues
  @Option(
    name: .customLong("observable"), parsing: .singleValue,
    help: ArgumentHelp(
      "Take the expectation value of a Pauli sum, as in \"Z0 Z1 + 0.5 X2\"; may be repeated.",
      valueName: "SUM"))
  var observables: [String] = []
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Measure this many times and report counts.", valueName: "N"))
  var shots: Int?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("List only the K most probable states and outcomes.", valueName: "K"))
  var top: Int?
  @OptionGroup var running: RunOptions
  @OptionGroup var reporting: ReportOptions

  func validate() throws {
    if let shots, shots < 1 { throw ValidationError("--shots must be 1 or more, not \(shots)") }
    if let top, top < 0 { throw ValidationError("--top must be 0 or more, not \(top)") }
  }

  /// What is printed with `--json`.
  private struct Output: Encodable {
    let qubits: Int
    let order = "qubit 0 rightmost"
    let probabilities: [String: Double]
    let z: [Double]
    let expectations: [String: Double]
    let outcomes: [String: Double]?
    let counts: [String: Int]?
    let postselected: Double?
  }

  func run() throws {
    try running.apply()
    let seed = running.seed ?? 0
    let circuit = try source.load()
    let inputs = try values.inputs(of: circuit)
    let weights = try values.weights(of: circuit, seed: seed)
    let n = circuit.qubitCount
    let sums = try AnsatzCLI.observables(observables, qubits: n)
    let measured = sums + (0..<n).map { Z($0).pauliSum }
    let program = try BranchingProgram(
      shots == nil || !circuit.registers.isEmpty ? circuit : circuit.measuringAll())
    let result: BranchingResult
    var outcomes: [String: Double]?
    if let shots {
      // The exact distribution costs next to nothing where no branches have to be followed.
      if !circuit.registers.isEmpty, !circuit.isDynamic {
        outcomes = try program.run(inputs: inputs, weights: weights, probabilities: false).outcomes
      }
      var random = RandomStream(seed: seed, stream: "shots")
      result = try program.run(
        shots: shots, measured, inputs: inputs, weights: weights, using: &random)
    } else {
      result = try program.run(measured, inputs: inputs, weights: weights)
    }
    let output = Output(
      qubits: n, probabilities: listed(result.probabilities, qubits: n),
      z: Array(result.expectations.dropFirst(sums.count)),
      expectations: Dictionary(
        zip(observables, result.expectations), uniquingKeysWith: { first, _ in first }),
      outcomes: (result.outcomes ?? outcomes).map { largest($0) { $0 } },
      counts: result.counts.map { largest($0) { Double($0) } },
      postselected: result.postselected < 1 ? result.postselected : nil)
    try report(output, asJSON: reporting.json) { text(output, circuit) }
  }

  /// Those above 1e-12, or the largest of them, by their bit strings.
  private func listed(_ probabilities: [Double], qubits: Int) -> [String: Double] {
    var places = probabilities.indices.filter { probabilities[$0] > 1e-12 }
    if let top, top < places.count {
      places.sort { (probabilities[$1], $0) < (probabilities[$0], $1) }
      places.removeLast(places.count - top)
    }
    // Qubit 0 is the most significant bit of the index and is written last.
    func text(_ index: Int) -> String {
      String((0..<qubits).map { index >> $0 & 1 == 1 ? "1" : "0" as Character })
    }
    return Dictionary(uniqueKeysWithValues: places.map { (text($0), probabilities[$0]) })
  }

  private func largest<Value>(
    _ list: [String: Value], by size: (Value) -> Double
  ) -> [String: Value] {
    guard let top, top < list.count else { return list }
    let sorted = list.sorted { (size($1.value), $0.key) < (size($0.value), $1.key) }
    return Dictionary(uniqueKeysWithValues: sorted.prefix(top).map { ($0.key, $0.value) })
  }

  private func text(_ output: Output, _ circuit: Circuit) -> String {
    var parts = [
      "\(circuit.name.isEmpty ? source.circuit : circuit.name): "
        + "\(counted(output.qubits, "qubit")), \(counted(circuit.operations.count, "operation"))"
    ]
    if let share = output.postselected { parts[0] += "\npostselected: \(share)" }
    // A screenful, unless a number was asked for.
    let rows = top ?? 32
    func table(_ heading: String, _ list: [String: Double], _ write: (Double) -> String) -> String {
      var table = TextTable([(heading, .left), ("", .right), ("", .left)])
      let sorted = list.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let scale = max(sorted.first?.value ?? 1, .leastNormalMagnitude)
      for (text, value) in sorted.prefix(rows) {
        table.append([
          text, write(value),
          String(repeating: "█", count: Int((24 * value / scale).rounded())),
        ])
      }
      let left = sorted.count - rows
      return table.text + (left > 0 ? "\n… and \(left) more (--top \(sorted.count))" : "")
    }
    parts.append(
      table("state, qubit 0 rightmost", output.probabilities) { decimal($0, 6) })
    if let outcomes = output.outcomes {
      parts.append(table("registers, exactly", outcomes) { decimal($0, 6) })
    }
    if let counts = output.counts {
      parts.append(
        table("counts of \(counted(shots ?? 0, "shot"))", counts.mapValues(Double.init)) {
          "\(Int($0))"
        })
    }
    var values = TextTable([("observable", .left), ("expectation", .right)])
    for text in observables.uniqued {
      values.append([text, decimal(output.expectations[text] ?? .nan, 9)])
    }
    for (qubit, value) in output.z.enumerated() {
      values.append(["Z\(qubit)", decimal(value, 9)])
    }
    parts.append(values.text)
    return parts.joined(separator: "\n\n")
  }
}

extension [String] {
  /// Each once, in order.
  fileprivate var uniqued: [String] {
    enumerated().filter { firstIndex(of: $0.element) == $0.offset }.map(\.element)
  }
}

extension Circuit {
  /// The circuit with a measurement of every qubit at its end.
  fileprivate func measuringAll() throws -> Circuit {
    let all = Bits("meas", qubitCount)
    return try Circuit(
      name, qubits: qubitCount, operations: operations + MeasureAll(into: all).operations)
  }
}
