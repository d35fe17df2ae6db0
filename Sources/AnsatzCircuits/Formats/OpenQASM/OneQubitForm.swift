import AnsatzMath
import Numerics

/// A unitary of one qubit as a turn about an axis: `e^{iδ} (cos(ω/2) I - i sin(ω/2) n·σ)`.
struct OneQubitForm {
  let phase: Double
  /// ω, in [0, 2π].
  let turn: Double
  let axis: (x: Double, y: Double, z: Double)

  private init(phase: Double, turn: Double, axis: (x: Double, y: Double, z: Double)) {
    self.phase = phase
    self.turn = turn
    self.axis = axis
  }

  init(_ u: ComplexMatrix) {
    let determinant = u[0, 0] * u[1, 1] - u[0, 1] * u[1, 0]
    let phase = determinant.phase / 2
    let back = Complex(length: 1.0, phase: -phase)
    let (a, b, c, d) = (back * u[0, 0], back * u[0, 1], back * u[1, 0], back * u[1, 1])
    let cosine = (a.real + d.real) / 2
    let parts = (
      x: -(b.imaginary + c.imaginary) / 2, y: (c.real - b.real) / 2,
      z: (d.imaginary - a.imaginary) / 2
    )
    let sine = (parts.x * parts.x + parts.y * parts.y + parts.z * parts.z).squareRoot()
    self.phase = phase
    turn = 2 * Double.atan2(y: sine, x: cosine)
    axis = sine > 1e-15 ? (parts.x / sine, parts.y / sine, parts.z / sine) : (0, 0, 1)
  }

  /// The principal power.
  ///
  /// The eigenvalues are `e^{i(δ ∓ ω/2)}`; each phase is brought to (-π, π] before it is scaled.
  func power(_ exponent: Double) -> OneQubitForm {
    func principal(_ phase: Double) -> Double {
      let reduced = phase.remainder(dividingBy: 2 * .pi)
      // Rounding decides on which side of π an eigenvalue of -1 falls; it belongs above.
      return exponent * (reduced < -.pi + 1e-12 ? reduced + 2 * .pi : reduced)
    }
    let (low, high) = (principal(phase - turn / 2), principal(phase + turn / 2))
    return OneQubitForm(phase: (low + high) / 2, turn: high - low, axis: axis)
  }

  /// The angles of `e^{iδ} RZ(third) RY(second) RZ(first)`, with δ = `phase`.
  var eulerAngles: (first: Double, second: Double, third: Double) {
    let (c, s) = (Double.cos(turn / 2), Double.sin(turn / 2))
    // The first column is (c - i s n_z, s n_y - i s n_x).
    let top = Complex(c, -s * axis.z)
    let bottom = Complex(s * axis.y, -s * axis.x)
    let second = 2 * Double.atan2(y: bottom.length, x: top.length)
    let sum = top.length > 1e-15 ? -2 * top.phase : 0
    let difference = bottom.length > 1e-15 ? 2 * bottom.phase : 0
    return ((sum - difference) / 2, second, (sum + difference) / 2)
  }

  /// Gates of the registry on the targets and controls of another gate.
  func operations(like gate: GateOperation) -> [GateOperation] {
    let (first, second, third) = eulerAngles
    var result = [
      gate.replacing(Rot.definition, angles: [Angle(first), Angle(second), Angle(third)])
    ]
    // The phase stays even without controls: a later `ctrl` would make it observable.
    var correction = GateOperation(GlobalPhase.definition, angles: [Angle(phase)], qubits: [])
    if let last = gate.controls.last {
      correction = GateOperation(Phase.definition, angles: [Angle(phase)], qubits: [last])
      correction.controls = Array(gate.controls.dropLast())
    }
    correction.openControls = gate.openControls
    result.append(correction)
    return result
  }
}
