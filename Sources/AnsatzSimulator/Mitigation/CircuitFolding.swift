import AnsatzCircuits
import AnsatzMath

/// How a circuit is made longer without changing what it computes, so that it meets more noise.
public enum CircuitFolding: String, CaseIterable, Sendable {
  /// `U → U (U†U)ᵏ`, and the last gates once more: `L_d† … L_s† L_s … L_d`.
  case global
  /// `G → G (G†G)ᵏ` for each gate, the first gates once more.
  case gate

  /// The circuit with as near as possible `scale` times its gates.
  ///
  /// The start state stays at the front and terminal measurements at the end. A circuit of d gates
  /// has scales in steps of 2/d; `actualScale` says which one was reached.
  ///
  /// - Throws: `AnsatzError` for a scale below 1, a circuit that holds channels (a noise model adds
  ///   them after folding) and one with measurements in mid-circuit.
  /// - Source: Giurgica-Tiron et al., arXiv:2005.10921, section III.
  public func folded(_ circuit: Circuit, scale: Double) throws(AnsatzError) -> Circuit {
    let parts = try FoldingParts(circuit)
    guard scale >= 1, scale <= 1e6 else {
      throw AnsatzError(.usage, "noise scale \(scale); use 1 or more")
    }
    let (whole, extra) = Self.counts(scale, gates: parts.gates.count)
    var gates: [GateOperation] = []
    switch self {
    case .global:
      let back = Array(parts.gates.reversed().map { $0.inverse() })
      gates = parts.gates
      for _ in 0..<whole { gates += back + parts.gates }
      gates += Array(back.prefix(extra)) + parts.gates.suffix(extra)
    case .gate:
      for (index, gate) in parts.gates.enumerated() {
        gates.append(gate)
        for _ in 0..<whole + (index < extra ? 1 : 0) { gates += [gate.inverse(), gate] }
      }
    }
    do {
      return try Circuit(
        circuit.name, qubits: circuit.qubitCount, registers: circuit.registers,
        operations: parts.start + gates.map { .gate($0) } + parts.measurements)
    } catch {
      throw AnsatzError(.usage, error.description)
    }
  }

  /// The scale that folding a circuit by `scale` reaches: gates after over gates before.
  public func actualScale(of circuit: Circuit, scale: Double) -> Double {
    let gates = circuit.operations.count { if case .gate = $0 { true } else { false } }
    guard gates > 0 else { return 1 }
    let (whole, extra) = Self.counts(scale, gates: gates)
    return 1 + 2 * (Double(whole) + Double(extra) / Double(gates))
  }

  /// How often all gates are folded, and how many once more.
  private static func counts(_ scale: Double, gates: Int) -> (whole: Int, extra: Int) {
    let folds = (scale - 1) / 2
    let whole = Int(folds.rounded(.down))
    let extra = Int(((folds - Double(whole)) * Double(gates)).rounded())
    return extra == gates && gates > 0 ? (whole + 1, 0) : (whole, extra)
  }
}

/// What of a circuit can be folded, and what stands before and after it.
private struct FoldingParts {
  var start: [CircuitOperation] = []
  var gates: [GateOperation] = []
  var measurements: [CircuitOperation] = []

  init(_ circuit: Circuit) throws(AnsatzError) {
    let terminal = circuit.terminalMeasurements
    for (index, operation) in circuit.operations.enumerated() {
      switch operation {
      case .gate(let gate): gates.append(gate)
      case .amplitudes: start.append(operation)
      case .measurement where terminal.contains(index): measurements.append(operation)
      case .channel:
        throw AnsatzError(
          .usage,
          "\(operation.name) cannot be folded, since noise has no inverse; fold the circuit without "
            + "noise and apply the noise model to the result")
      case .measurement, .reset, .projection, .conditional:
        throw AnsatzError(
          .usage, "\(operation.name) in mid-circuit cannot be folded; it has no inverse")
      }
    }
  }
}
