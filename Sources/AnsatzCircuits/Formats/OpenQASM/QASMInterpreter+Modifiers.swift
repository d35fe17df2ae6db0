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
        guard let exponent = try argument(expression, dividesExactly: true).real else {
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
      return steps.map { QASMInterpreter.controlled($0, by: controls, on: on) }
    case .power(let exponent): return try power(steps, exponent, at: offset)
    }
  }

  private static func controlled(
    _ gate: GateOperation, by controls: [Int], on: Bool
  ) -> GateOperation {
    var result = gate
    if on {
      result.controls = controls + gate.controls
    } else {
      result.openControls = controls + gate.openControls
    }
    guard gate.definition == GlobalPhase.definition, let last = result.controls.last else {
      return result
    }
    // A controlled global phase is a phase.
    var phase = GateOperation(Phase.definition, angles: gate.angles, qubits: [last])
    phase.controls = Array(result.controls.dropLast())
    phase.openControls = result.openControls
    return phase
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
      gate.replacing(gate.definition, angles: [factor * gate.angles[0]])
    default: nil
    }
  }

  /// The most qubits of several gates that are raised to a fraction together.
  private static let largestRoot = 5

  /// The principal power: each eigenvalue's phase, in (-π, π], times the exponent.
  private func fractionalPower(
    _ steps: [GateOperation], _ exponent: Double, at offset: Int
  ) throws -> [GateOperation] {
    if steps.isEmpty { return [] }
    func refusal(_ text: String) -> AnsatzError {
      source.error("pow(\(exponent)) \(text)", at: offset)
    }
    guard steps.allSatisfy({ $0.angles.allSatisfy { $0.constant != nil } }) else {
      throw refusal("of a gate with an input in its angle is not supported; use a whole number")
    }
    guard steps.count == 1 else {
      let qubits = steps.flatMap(\.qubits).uniqued()
      guard qubits.count <= QASMInterpreter.largestRoot else {
        throw refusal(
          "of \(steps.count) gates on \(qubits.count) qubits is not supported; at most "
            + "\(QASMInterpreter.largestRoot) qubits")
      }
      try count((steps.count + 16) << (2 * qubits.count), at: offset)
      guard let root = steps.matrix(on: qubits).unitaryPower(exponent) else {
        throw refusal("did not converge")
      }
      return [GateOperation(UnitaryGate.definition(root), angles: [], qubits: qubits)]
    }
    let gate = steps[0]
    func turned(period: Double) -> [GateOperation] {
      let reduced = (gate.angles[0].constant ?? 0).remainder(dividingBy: period)
      let principal = reduced == -period / 2 ? period / 2 : reduced
      return [gate.replacing(gate.definition, angles: [Angle(exponent * principal)])]
    }
    switch gate.definition.structure {
    case .phase: return turned(period: 2 * .pi)
    case .pauliRotation, .uniformRotation: return turned(period: 4 * .pi)
    default: break
    }
    if gate.targets.count == 1 {
      let form = OneQubitForm(gate.definition.matrix(gate.angles.compactMap(\.constant), 1))
      return form.power(exponent).operations(like: gate)
    }
    try count(16 << (2 * min(gate.targets.count, 8)), at: offset)
    guard case .gate(let root) = gate.power(exponent), root.definition.problem == nil else {
      throw refusal("of '\(gate.definition.name)' on \(gate.targets.count) targets failed")
    }
    return [root]
  }
}

extension [GateOperation] {
  /// The matrix of gates whose angles are numbers, the first qubit most significant.
  fileprivate func matrix(on qubits: [Int]) -> ComplexMatrix {
    let order = 1 << qubits.count
    var result = ComplexMatrix.identity(order)
    func mask(_ some: [Int]) -> [Int] {
      some.map { qubit in
        qubits.firstIndex(of: qubit).map { order >> ($0 + 1) } ?? 0
      }
    }
    for gate in self {
      let matrix = gate.definition.matrix(gate.angles.compactMap(\.constant), gate.targets.count)
      let (ones, zeros) = (mask(gate.controls), mask(gate.openControls))
      let places = mask(gate.targets)
      let all = places.reduce(0, |)
      for base in 0..<order
      where base & all == 0 && ones.allSatisfy({ base & $0 != 0 })
        && zeros.allSatisfy({ base & $0 == 0 })
      {
        // Row k of the small matrix is where the targets spell k.
        let rows = (0..<matrix.rows).map { k in
          places.indices.reduce(base) { row, place in
            k >> (places.count - 1 - place) & 1 == 1 ? row | places[place] : row
          }
        }
        for column in 0..<order {
          let old = rows.map { result[$0, column] }
          for (i, row) in rows.enumerated() {
            result[row, column] = old.indices.reduce(0) { $0 + matrix[i, $1] * old[$1] }
          }
        }
      }
    }
    return result
  }
}
