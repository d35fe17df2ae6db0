import AnsatzMath
import Numerics

/// The body to a power: a whole number repeats it, a negative one undoes it, and a fraction of a
/// single gate is its principal power.
///
///     Power(3) { T(0) }
///     Power(-2) { H(0); CNOT(control: 0, target: 1) }
///     Power(0.5) { X(0) }            // SX
///
/// The principal power of `U = Σ e^{iφ} P`, with φ in (-π, π], is `Σ e^{ikφ} P`; gates that turn by
/// an angle turn by k times the angle. Controls stay: a controlled gate to a power is the power,
/// controlled.
///
/// A circuit refuses a fractional power of several operations (the power of a product is not the
/// product of powers), and of a gate that has symbols in its angles and does not simply turn.
public struct Power: CircuitComponent {
  public let operations: [CircuitOperation]

  /// The block to that power.
  public init(_ exponent: Double, @CircuitBuilder of body: () -> [CircuitOperation]) {
    operations = body().power(exponent)
  }

  /// The most operations a power may unroll to.
  static let maximumCount = 1 << 20
}

extension [CircuitOperation] {
  func power(_ exponent: Double) -> [CircuitOperation] {
    if let times = Int(exactly: exponent) {
      guard times != 0, !isEmpty else { return [] }
      guard times.magnitude <= Power.maximumCount / count else {
        return [
          .refused(
            "Power", on: flatMap(\.qubits).uniqued(),
            "\(times) times \(count) operations are too many; a power has at most "
              + "\(Power.maximumCount)")
        ]
      }
      let once = times < 0 ? inverse() : self
      return (0..<times.magnitude).flatMap { _ in once }
    }
    guard exponent.isFinite, count == 1, case .gate(let gate) = self[0] else {
      return [
        .refused(
          "Power", on: flatMap(\.qubits).uniqued(),
          exponent.isFinite
            ? "\(exponent) is not a whole number, which only a single gate can be raised to; "
              + "this body has \(count) operations"
            : "\(exponent) is not a finite number")
      ]
    }
    return [gate.power(exponent)]
  }
}

extension GateOperation {
  /// Matrices on more qubits take too long to diagonalise.
  private static var largestRoot: Int { 8 }

  /// The principal power of the gate, its controls kept.
  func power(_ exponent: Double) -> CircuitOperation {
    switch definition.structure {
    case .pauliRotation, .uniformRotation, .phase:
      return .gate(replacing(definition, angles: angles.map { Angle(exponent) * $0 }))
    case .constantPhase(let phase):
      let principal = phase - 2 * .pi * ((phase - .pi) / (2 * .pi)).rounded(.up)
      return .gate(replacing(Phase.definition, angles: [Angle(exponent * principal)]))
    case .flip, .swap, .constant, .product, .fourier:
      let values = angles.compactMap(\.constant).filter(\.isFinite)
      guard values.count == angles.count else {
        return refusedPower(
          "a power that is not whole needs numbers for the angles of \(displayName); bind them or "
            + "use a whole power")
      }
      guard targets.count <= Self.largestRoot else {
        return refusedPower(
          "\(displayName) acts on \(targets.count) qubits; a power that is not whole takes at "
            + "most \(Self.largestRoot)")
      }
      guard let root = definition.matrix(values, targets.count).unitaryPower(exponent) else {
        return refusedPower("\(displayName) to the power \(exponent) did not converge")
      }
      return .gate(replacing(UnitaryGate.definition(root), angles: []))
    }
  }

  private func refusedPower(_ problem: String) -> CircuitOperation {
    .refused("Power", on: qubits, problem)
  }
}

extension CircuitOperation {
  /// An operation that stands for a mistake, until a circuit refuses it with the text.
  static func refused(_ name: String, on qubits: [Int], _ problem: String) -> CircuitOperation {
    let definition = GateDefinition(
      name: name, summary: problem, targets: nil, structure: .product([]), inverse: .itself,
      problem: problem
    ) { .identity(1 << $1) }
    return .gate(GateOperation(definition, angles: [], qubits: qubits.isEmpty ? [0] : qubits))
  }
}
