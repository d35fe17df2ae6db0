import AnsatzCircuits
import AnsatzSimulator
import AnsatzTestSupport
import ComplexModule
import Testing

/// |⟨a|b⟩| of two normalised states: 1 if they agree up to a global phase.
func overlap(_ a: [Complex<Double>], _ b: [Complex<Double>]) -> Double {
  zip(a, b).reduce(Complex<Double>(0)) { $0 + $1.0.conjugate * $1.1 }.length
}

@Suite("OpenQASM there and back")
struct OpenQASMRoundTripTests {
  @Test("Version 3 keeps random circuits, their inputs and their weights", arguments: 0..<60)
  func symbolic(seed: UInt64) throws {
    var random = RandomCircuits(seed: seed)
    let circuit = try random.circuit(qubits: 1 + Int(seed % 5), gates: 12)
    let text = try OpenQASM.write(circuit, version: .v3)
    let program = try OpenQASM.read(text, name: "round trip")
    #expect(program.version == .v3)
    #expect(program.circuit.inputs == circuit.inputs)
    #expect(program.circuit.weights == circuit.weights)
    let (inputs, weights) = (
      random.values(circuit.inputCount), random.values(circuit.weightCount)
    )
    let before = ReferenceSimulator(circuit, inputs: inputs, weights: weights).state()
    let after = ReferenceSimulator(program.circuit, inputs: inputs, weights: weights).state()
    // A few dozen roundings of 1e-16 a gate.
    #expect(abs(overlap(before, after) - 1) < 1e-12, "\(text)")
  }

  @Test("Both versions keep random circuits with bound values", arguments: 0..<60)
  func bound(seed: UInt64) throws {
    var random = RandomCircuits(seed: 1000 + seed)
    let circuit = try random.circuit(qubits: 1 + Int(seed % 5), gates: 12)
    let (inputs, weights) = (
      random.values(circuit.inputCount), random.values(circuit.weightCount)
    )
    let before = ReferenceSimulator(circuit, inputs: inputs, weights: weights).state()
    for version in OpenQASM.Version.allCases {
      let text = try OpenQASM.write(circuit, version: version, inputs: inputs, weights: weights)
      let program = try OpenQASM.read(text, name: "round trip")
      #expect(program.version == version)
      #expect(program.circuit.inputCount == 0 && program.circuit.weightCount == 0)
      let after = ReferenceSimulator(program.circuit).state()
      #expect(abs(overlap(before, after) - 1) < 1e-12, "\(text)")
    }
  }

  @Test(
    "Circuits with measurements, resets and conditionals keep their outcomes and final mixture",
    arguments: 0..<40)
  func dynamic(seed: UInt64) throws {
    var random = RandomCircuits(seed: 2000 + seed)
    let circuit = try random.dynamicCircuit(
      qubits: 1 + Int(seed % 4), steps: 8, registers: 1 + Int(seed % 2))
    let weights = random.values(circuit.weightCount)
    let z = (0..<circuit.qubitCount).map { Z($0) }
    let x = (0..<circuit.qubitCount).map { X($0) }
    func run(_ circuit: Circuit, _ weights: [Double]) throws -> BranchingResult {
      try BranchingProgram(circuit).run(z + x, weights: weights)
    }
    let before = try run(circuit, weights)
    for version in OpenQASM.Version.allCases {
      // Version 2 asks about one register at a time.
      if version == .v2, seed % 2 == 1 { continue }
      let text = try OpenQASM.write(
        circuit, version: version, weights: version == .v2 ? weights : nil)
      let program = try OpenQASM.read(text, name: "round trip")
      #expect(program.circuit.registers == circuit.registers)
      #expect(program.circuit.weights == (version == .v2 ? [] : circuit.weights))
      let after = try run(program.circuit, version == .v2 ? [] : weights)
      for (a, b) in zip(before.expectations, after.expectations) {
        // A few hundred roundings of 1e-16 a gate.
        #expect(abs(a - b) < 1e-11, "\(text)")
      }
      let (wanted, found) = (before.outcomes ?? [:], after.outcomes ?? [:])
      for key in Set(wanted.keys).union(found.keys).sorted() {
        #expect(abs(wanted[key, default: 0] - found[key, default: 0]) < 1e-11, "\(text)")
      }
    }
  }

  @Test("Every gate of the registry survives both versions, with none to three further controls")
  func everyGate() throws {
    for gate in StandardGates.all + StandardGates.examples {
      for extra in 0...3 {
        let own = gate.controlCount + (gate.targetCount ?? 2)
        var operation = GateOperation(
          gate, angles: gate.parameterNames.indices.map { Angle(0.4 + 0.3 * Double($0)) },
          qubits: Array(extra..<extra + own))
        operation.controls = Array(0..<extra) + operation.controls
        let count = max(1, extra + own)
        let circuit = try Circuit(qubits: count) {
          for q in 0..<count {
            RY(0.5 + 0.4 * Double(q), on: q)
            RZ(0.2 * Double(q), on: q)
          }
          OperationList([.gate(operation)])
        }
        let before = ReferenceSimulator(circuit).state()
        for version in OpenQASM.Version.allCases {
          let text = try OpenQASM.write(circuit, version: version)
          let after = ReferenceSimulator(try OpenQASM.read(text, name: gate.name).circuit).state()
          #expect(abs(overlap(before, after) - 1) < 1e-12, "\(text)")
        }
      }
    }
  }
}
