import AnsatzCircuits
import AnsatzMath

/// Turns operations into steps, gates in a row into one program.
struct StepCompiler {
  let circuit: Circuit
  let slots: BitSlots

  func steps(of operations: [CircuitOperation]) throws(AnsatzError) -> [BranchStep] {
    var steps: [BranchStep] = []
    var gates: [CircuitOperation] = []
    func bit(_ qubit: Int) -> Int { circuit.qubitCount - 1 - qubit }
    func close() {
      if !gates.isEmpty { steps.append(.gates(Program(gates, of: circuit, start: .given))) }
      gates = []
    }
    for operation in operations {
      if case .gate = operation {
        gates.append(operation)
        continue
      }
      close()
      switch operation {
      // A start state comes first, or not at all.
      case .gate, .amplitudes: break
      case .channel(let channel):
        throw AnsatzError(
          .usage,
          "the circuit holds the channel \(channel.definition.name), which branches do not follow; "
            + "run it with DensityProgram")
      case .measurement(let measurement):
        steps.append(.measure(bit: bit(measurement.qubit), slot: slots.slot(of: measurement.bit)))
      case .reset(let reset): steps.append(.reset(bit: bit(reset.qubit)))
      case .projection(let projection):
        let values = projection.qubits.map {
          (bit: bit($0), value: projection.ones.contains($0))
        }
        steps.append(.project(values, projection))
      case .conditional(let conditional):
        steps.append(
          .choose(
            conditional.condition, try self.steps(of: conditional.operations),
            otherwise: try self.steps(of: conditional.otherwise)))
      }
    }
    close()
    return steps
  }
}
