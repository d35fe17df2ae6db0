import AnsatzMath
import Numerics

/// Writes a gate by its structure with the gates of the standard libraries, as the body of a `gate`.
struct QASMDecomposition {
  let version: OpenQASM.Version
  private(set) var lines: [String] = []

  /// A phase on k qubits takes 2ᵏ gates.
  static let maximumControls = 10

  init(version: OpenQASM.Version) { self.version = version }

  mutating func emit(_ gate: String, _ qubits: [String]) {
    lines.append("\(gate) \(qubits.joined(separator: ", "));")
  }

  /// - Parameters:
  ///   - angles: The gate's angles as expressions.
  ///   - controls: The gate's own controls and others.
  mutating func gate(
    _ gate: GateDefinition, angles: [String], controls: [String], targets: [String]
  ) throws {
    switch gate.structure {
    case .flip: try flip(controls, targets[0])
    case .phase: try phase(angles[0], controls + targets)
    case .constantPhase(let value): try phase(QASMAngleText.text(value), controls + targets)
    case .pauliRotation(let word): try rotation(word, angles[0], controls, targets)
    case .uniformRotation(let pauli):
      try rotation(targets.map { _ in pauli }, angles[0], controls, targets)
    case .swap:
      emit("cx", [targets[1], targets[0]])
      try flip(controls + [targets[0]], targets[1])
      emit("cx", [targets[1], targets[0]])
    case .product(let factors):
      for factor in factors {
        let places = factor.targets.map { targets[$0] }
        try self.gate(
          factor.gate, angles: factor.angles.map { QASMDecomposition.text($0, of: angles) },
          controls: controls + places.prefix(factor.gate.controlCount),
          targets: Array(places.dropFirst(factor.gate.controlCount)))
      }
    case .fourier(let inverse): try fourier(inverse: inverse, controls, targets)
    case .constant:
      let matrix = gate.matrix([], targets.count)
      if targets.count == 1 {
        try constant(OneQubitForm(matrix), controls, targets[0])
      } else {
        try unitary(matrix, controls, targets)
      }
    }
  }

  private static func text(_ angle: GateStructure.FactorAngle, of angles: [String]) -> String {
    switch angle {
    case .constant(let value): QASMAngleText.text(value)
    case .parameter(let index, 1): angles[index]
    case .parameter(let index, let factor): "(\(QASMAngleText.text(factor)))*(\(angles[index]))"
    }
  }

  private mutating func flip(_ controls: [String], _ target: String) throws {
    switch controls.count {
    case 0: emit("x", [target])
    case 1: emit("cx", controls + [target])
    case 2: emit("ccx", controls + [target])
    case _ where version == .v3: emit("ctrl(\(controls.count)) @ x", controls + [target])
    default:
      emit("h", [target])
      try phase("pi", controls + [target])
      emit("h", [target])
    }
  }

  /// `e^{iφ}` where all qubits are 1; without qubits, a phase of everything.
  private mutating func phase(_ angle: String, _ qubits: [String]) throws {
    switch qubits.count {
    case 0: if version == .v3 { lines.append("gphase(\(angle));") }
    case 1: emit("p(\(angle))", qubits)
    case 2: emit("cp(\(angle))", qubits)
    case _ where version == .v3: emit("ctrl(\(qubits.count - 1)) @ p(\(angle))", qubits)
    default: try parityPhases(angle, qubits)
    }
  }

  /// The product of bits as a sum over parities: `x₁⋯xₖ = 2^(1-k) Σ_S (-1)^{|S|+1} ⊕_S x`, each
  /// parity collected on its last qubit in the order of a Gray code.
  private mutating func parityPhases(_ angle: String, _ qubits: [String]) throws {
    guard qubits.count <= QASMDecomposition.maximumControls else {
      throw AnsatzError(
        .unavailable,
        "a gate on \(qubits.count) controlled qubits is too long in OpenQASM 2, which takes at most "
          + "\(QASMDecomposition.maximumControls); write version 3")
    }
    let share = "(\(angle))/\(1 << (qubits.count - 1))"
    for (place, target) in qubits.enumerated() {
      for step in 0..<1 << place {
        let others = (step ^ (step >> 1)).nonzeroBitCount
        emit(others % 2 == 0 ? "p(\(share))" : "p(-\(share))", [target])
        if place > 0 {
          let changed = min((step + 1).trailingZeroBitCount, place - 1)
          emit("cx", [qubits[changed], target])
        }
      }
    }
  }

  /// `exp(-iθZ/2)` where all controls are 1.
  private mutating func turnZ(_ angle: String, _ controls: [String], _ target: String) throws {
    switch controls.count {
    case 0: emit("rz(\(angle))", [target])
    case 1: emit("crz(\(angle))", controls + [target])
    case _ where version == .v3:
      emit("ctrl(\(controls.count)) @ rz(\(angle))", controls + [target])
    default:
      try phase(angle, controls + [target])
      try phase("-(\(angle))/2", controls)
    }
  }

  private mutating func rotation(
    _ word: [Pauli], _ angle: String, _ controls: [String], _ targets: [String]
  ) throws {
    func turned(_ pauli: Pauli, back: Bool) -> [String] {
      switch pauli {
      case .x: ["h"]
      case .y: back ? ["h", "s"] : ["sdg", "h"]
      case .z: []
      }
    }
    for (pauli, qubit) in zip(word, targets) {
      for gate in turned(pauli, back: false) { emit(gate, [qubit]) }
    }
    let pairs = Array(zip(targets, targets.dropFirst()))
    for (a, b) in pairs { emit("cx", [a, b]) }
    try turnZ(angle, controls, targets[targets.count - 1])
    for (a, b) in pairs.reversed() { emit("cx", [a, b]) }
    for (pauli, qubit) in zip(word, targets) {
      for gate in turned(pauli, back: true) { emit(gate, [qubit]) }
    }
  }

  mutating func constant(
    _ form: OneQubitForm, _ controls: [String], _ target: String
  ) throws {
    let (first, second, third) = form.eulerAngles
    try turnZ(QASMAngleText.text(first), controls, target)
    try rotation([.y], QASMAngleText.text(second), controls, [target])
    try turnZ(QASMAngleText.text(third), controls, target)
    try phase(QASMAngleText.text(form.phase), controls)
  }

  private mutating func fourier(
    inverse: Bool, _ controls: [String], _ targets: [String]
  ) throws {
    func swaps(_ body: inout QASMDecomposition) throws {
      for place in 0..<targets.count / 2 {
        try body.gate(
          SWAP.definition, angles: [], controls: controls,
          targets: [targets[place], targets[targets.count - 1 - place]])
      }
    }
    let places = Array(targets.indices)
    if inverse { try swaps(&self) }
    for place in inverse ? places.reversed() : places {
      let turns = places.dropFirst(place + 1)
      if !inverse { try hadamard(controls, targets[place]) }
      for other in turns {
        let angle = QASMAngleText.text(
          (inverse ? -1 : 1) * .pi * Double.pow(2, -(other - place)))
        try phase(angle, controls + [targets[other], targets[place]])
      }
      if inverse { try hadamard(controls, targets[place]) }
    }
    if !inverse { try swaps(&self) }
  }

  private mutating func hadamard(_ controls: [String], _ target: String) throws {
    switch controls.count {
    case 0: emit("h", [target])
    case 1: emit("ch", controls + [target])
    default: try constant(OneQubitForm(H.definition.matrix([], 1)), controls, target)
    }
  }
}
