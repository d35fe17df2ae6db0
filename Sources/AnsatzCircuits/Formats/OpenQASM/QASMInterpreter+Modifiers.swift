import AnsatzMath
import Numerics

// ctrl, negctrl, inv and pow.
extension QASMInterpreter {
  enum Modifier {
    case control(Int, on: Bool)
    case inverse
    case power(Double)
  }

  func modifiers(of call: QASMCall) throws -> [Modifier] {
    try call.modifiers.map { modifier, offset in
      switch modifier {
      case .inverse: return .inverse
      case .control(let expression, let on):
        let count = try expression.map { try integer($0, "a number of controls") } ?? 1
        guard (1...Circuit.maximumQubitCount).contains(count) else {
          throw source.error(
            "\(count) controls; 1...\(Circuit.maximumQubitCount) are allowed", at: offset)
        }
        return .control(count, on: on)
      case .power(let expression):
        guard let exponent = try value(expression, dividesExactly: true).real else {
          throw source.error("'pow' with an input as exponent is not supported", at: offset)
        }
        return .power(exponent)
      }
    }
  }

  func applying(
    _ modifier: Modifier, controls: [Int], to steps: [GateOperation], at offset: Int
  ) throws -> [GateOperation] {
    switch modifier {
    case .inverse: return steps.reversed().map { $0.inverse() }
    case .control(_, let on):
      let body = steps.map { QASMInterpreter.controlled($0, by: controls) }
      if on { return body }
      let flips = controls.map {
        GateOperation(X.definition, angles: [], qubits: [$0])
      }
      return flips + body + flips
    case .power(let exponent): return try power(steps, exponent, at: offset)
    }
  }

  private static func controlled(
    _ gate: GateOperation, by controls: [Int]
  ) -> GateOperation {
    var result = gate
    result.controls = controls + gate.controls
    guard gate.definition == GlobalPhase.definition, let last = result.controls.last else {
      return result
    }
    // A controlled global phase is a phase.
    result = GateOperation(Phase.definition, angles: gate.angles, qubits: [last])
    result.controls = controls.dropLast() + gate.controls
    return result
  }

  private func power(
    _ steps: [GateOperation], _ exponent: Double, at offset: Int
  ) throws -> [GateOperation] {
    guard let whole = Int(exactly: exponent) else {
      return try fractionalPower(steps, exponent, at: offset)
    }
    if steps.isEmpty || whole == 0 { return [] }
    let base = whole < 0 ? steps.reversed().map { $0.inverse() } : steps
    let times = Int(whole.magnitude)
    if base.count == 1, let step = QASMInterpreter.scaled(base[0], by: Double(times)) {
      return [step]
    }
    var count = times
    if base.count == 1, case .itself = base[0].definition.inverse {
      count = times % 2
    }
    guard count <= QASMInterpreter.maximumOperations / base.count else {
      throw source.error(
        "pow(\(whole)) gives more than \(QASMInterpreter.maximumOperations) gates", at: offset)
    }
    return Array(repeatElement(base, count: count).joined())
  }

  /// A gate of one generator: its angle times a number.
  private static func scaled(_ gate: GateOperation, by factor: Double) -> GateOperation? {
    switch gate.definition.structure {
    case .pauliRotation, .uniformRotation, .phase:
      gate.with(gate.definition, angles: [factor * gate.angles[0]])
    default: nil
    }
  }

  /// The principal power: each eigenvalue's phase, in (-π, π], times the exponent.
  private func fractionalPower(
    _ steps: [GateOperation], _ exponent: Double, at offset: Int
  ) throws -> [GateOperation] {
    if steps.isEmpty { return [] }
    let refusal = source.error(
      "pow(\(exponent)) is supported for gates on one target with numbers as angles, not for this "
        + "gate", at: offset)
    guard steps.count == 1 else { throw refusal }
    func principal(_ angle: Angle, period: Double) throws -> Angle {
      guard let value = angle.constant else { throw refusal }
      let reduced = value.remainder(dividingBy: period)
      return Angle(exponent * (reduced == -period / 2 ? period / 2 : reduced))
    }
    let gate = steps[0]
    switch gate.definition.structure {
    case .phase:
      return [
        gate.with(gate.definition, angles: [try principal(gate.angles[0], period: 2 * .pi)])
      ]
    case .pauliRotation, .uniformRotation:
      return [
        gate.with(gate.definition, angles: [try principal(gate.angles[0], period: 4 * .pi)])
      ]
    case .swap:
      // A swap is a controlled X between two others.
      let outer = GateOperation(
        CNOT.definition, angles: [], qubits: [gate.targets[1], gate.targets[0]])
      var inner = GateOperation(X.definition, angles: [], qubits: [gate.targets[1]])
      inner.controls = gate.controls + [gate.targets[0]]
      return try [outer] + fractionalPower([inner], exponent, at: offset) + [outer]
    default: break
    }
    guard gate.targets.count == 1 else { throw refusal }
    let angles = gate.angles.compactMap(\.constant)
    guard angles.count == gate.angles.count else { throw refusal }
    let form = OneQubitForm(gate.definition.matrix(angles, 1))
    return form.power(exponent).operations(like: gate)
  }
}

extension GateOperation {
  /// Another gate on the same targets and controls.
  func with(_ definition: GateDefinition, angles: [Angle]) -> GateOperation {
    var result = GateOperation(definition, angles: angles, qubits: [])
    result.controls = controls
    result.targets = targets
    return result
  }
}
