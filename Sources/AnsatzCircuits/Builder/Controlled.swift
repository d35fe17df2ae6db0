/// The body, acting only where every control qubit has its value: 1 if nothing else is said.
///
///     Controlled(by: 0, 1) { RY(θ[0], on: 2) }
///     Controlled(by: [0, 1], values: [1, 0]) { X(2) }
///     Controlled(whenZero: 0) { H(1) }
///
/// A global phase of the body becomes observable: `Controlled(by: 0) { RZ(2 * .pi, on: 1) }` is Z
/// on qubit 0.
public struct Controlled: CircuitComponent {
  public let operations: [CircuitOperation]

  /// What acts only where all controls are 1.
  public init(by controls: Int..., @CircuitBuilder body: () -> [CircuitOperation]) {
    self.init(by: controls, body: body)
  }

  /// What acts only where all controls are 1.
  public init(by controls: [Int], @CircuitBuilder body: () -> [CircuitOperation]) {
    operations = body().controlled(by: controls, open: [])
  }

  /// What acts only where all controls are 0.
  public init(whenZero controls: Int..., @CircuitBuilder body: () -> [CircuitOperation]) {
    operations = body().controlled(by: [], open: controls)
  }

  /// - Parameter values: 1 or 0 for each control; a circuit refuses others.
  public init(
    by controls: [Int], values: [Int], @CircuitBuilder body: () -> [CircuitOperation]
  ) {
    guard values.count == controls.count, values.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      operations = [
        .refused(
          "Controlled", on: controls,
          "control values \(values) for the controls \(controls); use 0 or 1 for each")
      ]
      return
    }
    let pairs = zip(controls, values)
    operations = body().controlled(
      by: pairs.filter { $0.1 == 1 }.map(\.0), open: pairs.filter { $0.1 == 0 }.map(\.0))
  }
}

extension [CircuitOperation] {
  /// The operations with more controls.
  ///
  /// - Parameters:
  ///   - controls: Qubits that must be 1.
  ///   - open: Qubits that must be 0.
  func controlled(by controls: [Int], open: [Int]) -> [CircuitOperation] {
    map { operation in
      switch operation {
      case .gate(var gate):
        gate.controls = controls + gate.controls
        gate.openControls = open + gate.openControls
        return .gate(gate)
      case .conditional(let conditional):
        return .conditional(conditional.map { $0.controlled(by: controls, open: open) })
      default: return operation.marked(.controlled)
      }
    }
  }
}
