import AnsatzCircuits
import AnsatzMath

/// A circuit as gates and channels, measurements that nothing reads and resets among the latter.
enum NoiseStep {
  /// A gate or the start state.
  case gate(CircuitOperation)
  case channel([ComplexMatrix], qubits: [Int])

  /// - Throws: `AnsatzError` for what depends on results of measurements.
  static func steps(of circuit: Circuit) throws(AnsatzError) -> [NoiseStep] {
    let terminal = circuit.terminalMeasurements
    var steps: [NoiseStep] = []
    for (index, operation) in circuit.operations.enumerated() {
      switch operation {
      case .gate, .amplitudes: steps.append(.gate(operation))
      case .channel(let channel):
        let kraus = channel.definition.krausOperators(channel.parameters)
        steps.append(.channel(kraus, qubits: channel.qubits))
      case .measurement, .reset:
        if terminal.contains(index) { break }
        steps.append(.channel(operation.averageKraus ?? [], qubits: operation.qubits))
      case .projection, .conditional:
        throw AnsatzError(
          .usage,
          "\(operation.name) depends on results of measurements, which trajectories of noise do not "
            + "keep; run the circuit without noise with BranchingProgram")
      }
    }
    return steps
  }
}
