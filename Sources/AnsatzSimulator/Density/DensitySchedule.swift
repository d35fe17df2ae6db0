import AnsatzCircuits
import AnsatzMath
import Numerics

/// A gate with its controls, or a channel, as the density-matrix simulator runs it.
struct DensityGate: Sendable {
  /// Controls first.
  let qubits: [Int]
  private let angles: [CompiledExpression]
  private let kraus: @Sendable (_ angles: [Double]) -> [ComplexMatrix]
  private let constant: PauliTransfer?
  /// See `PauliTransfer`; nil if the angles are not constant.
  let monomial: [(source: Int, weight: Double)]?

  init(
    qubits: [Int], angles: [CompiledExpression],
    kraus: @escaping @Sendable (_ angles: [Double]) -> [ComplexMatrix]
  ) {
    self.qubits = qubits
    self.angles = angles
    self.kraus = kraus
    let values = angles.compactMap(\.constantValue)
    constant = values.count == angles.count ? PauliTransfer(kraus: kraus(values)) : nil
    monomial = constant?.monomial
  }

  func transfer(_ binding: AngleBinding) -> PauliTransfer {
    constant ?? PauliTransfer(kraus: kraus(angles.map(binding.value)))
  }

  /// With all of its angles shifted, of which it has one.
  func transfer(_ binding: AngleBinding, shift: Double) -> PauliTransfer {
    PauliTransfer(kraus: kraus(angles.map { binding.value($0) + shift }))
  }
}

/// Sorts gates and channels into as few steps as their order allows.
struct DensitySchedule {
  enum Step {
    case locals([[DensityGate]])
    case monomials([DensityGate])
    case transfer(DensityGate)
  }

  private(set) var steps: [Step] = []
  /// For each qubit, the last step that touches it, or -1.
  private var last: [Int]
  private let slots: SymbolSlots

  /// A gate on more qubits than this is refused: its matrix has 4^(2k) numbers.
  private static var largestGate: Int { 5 }

  init(_ circuit: Circuit) throws(AnsatzError) {
    slots = SymbolSlots(circuit)
    last = [Int](repeating: -1, count: circuit.qubitCount)
    let terminal = circuit.terminalMeasurements
    for (index, operation) in circuit.operations.enumerated() {
      switch operation {
      case .amplitudes: break
      case .channel(let channel):
        let kraus = channel.definition.krausOperators(channel.parameters)
        add(DensityGate(qubits: channel.qubits, angles: []) { _ in kraus })
      case .gate(let gate): try add(gate)
      case .measurement, .reset:
        if terminal.contains(index) { break }
        let kraus = operation.averageKraus ?? []
        add(DensityGate(qubits: operation.qubits, angles: []) { _ in kraus })
      case .projection, .conditional:
        throw AnsatzError(
          .usage,
          "\(operation.name) depends on results of measurements, which a density matrix does not "
            + "hold; run the circuit with BranchingProgram")
      }
    }
  }

  private mutating func add(_ gate: GateOperation) throws(AnsatzError) {
    if case .fourier(let inverse) = gate.definition.structure {
      for part in Self.fourierGates(gate, inverse: inverse) { try add(part) }
      return
    }
    // A global phase is nothing to a density matrix.
    if gate.qubits.isEmpty { return }
    add(try Self.gate(gate, slots))
  }

  /// - Throws: `AnsatzError` for a gate on too many qubits.
  static func gate(
    _ gate: GateOperation, _ slots: SymbolSlots
  ) throws(AnsatzError) -> DensityGate {
    guard gate.qubits.count <= largestGate else {
      throw AnsatzError(
        .usage,
        "\(gate.displayName) on \(gate.qubits.count) qubits is too large for a density matrix; use "
          + "gates of at most \(largestGate) qubits, controls included")
    }
    return DensityGate(
      qubits: gate.qubits, angles: gate.angles.map { CompiledExpression($0, slots: slots) }
    ) { angles in
      [gate.matrix(angles)]
    }
  }

  /// A step may take a gate if no later step touches the gate's qubits; steps between the last that
  /// touches them and that one commute with it.
  private mutating func add(_ gate: DensityGate) {
    let after = gate.qubits.map { last[$0] }.max() ?? -1
    let isLocal = gate.qubits.count == 1
    var place: Int?
    for index in max(0, after)..<max(0, after, steps.count) where place == nil {
      switch steps[index] {
      case .locals(var lists) where isLocal:
        lists[gate.qubits[0]].append(gate)
        steps[index] = .locals(lists)
        place = index
      // A channel or Clifford gate on one qubit joins the table that last touched it.
      case .monomials(var list) where gate.monomial != nil && (!isLocal || index == after):
        list.append(gate)
        steps[index] = .monomials(list)
        place = index
      default: break
      }
    }
    if place == nil {
      if isLocal {
        var lists = [[DensityGate]](repeating: [], count: last.count)
        lists[gate.qubits[0]] = [gate]
        steps.append(.locals(lists))
      } else {
        steps.append(gate.monomial == nil ? .transfer(gate) : .monomials([gate]))
      }
    }
    for qubit in gate.qubits { last[qubit] = place ?? steps.count - 1 }
  }

  /// The Fourier transform gate by gate: Nielsen and Chuang, figure 5.1.
  private static func fourierGates(_ gate: GateOperation, inverse: Bool) -> [GateOperation] {
    let targets = gate.targets
    var list: [GateOperation] = []
    func append(_ definition: GateDefinition, angles: [Angle] = [], qubits: [Int]) {
      var part = GateOperation(definition, angles: angles, qubits: qubits)
      part.controls = gate.controls + part.controls
      part.openControls = gate.openControls
      list.append(part)
    }
    for (i, target) in targets.enumerated() {
      append(H.definition, qubits: [target])
      for j in i + 1..<max(i + 1, targets.count) {
        append(
          CPhase.definition, angles: [Angle(.pi / Double(1 << (j - i)))],
          qubits: [targets[j], target])
      }
    }
    for i in 0..<targets.count / 2 {
      append(SWAP.definition, qubits: [targets[i], targets[targets.count - 1 - i]])
    }
    return inverse ? list.reversed().map { $0.inverse() } : list
  }
}

extension GateOperation {
  /// The unitary with all controls, `[2ᵏ, 2ᵏ]` for the k qubits of `qubits`, the first most
  /// significant.
  func matrix(_ angles: [Double]) -> ComplexMatrix {
    let inner = definition.matrix(angles, targets.count)
    let (ones, zeros) = (controls.count, openControls.count)
    var full = ComplexMatrix.identity(inner.rows << (ones + zeros))
    let offset = full.rows - inner.rows << zeros
    for i in 0..<inner.rows {
      for j in 0..<inner.rows { full[offset + i, offset + j] = inner[i, j] }
    }
    return full
  }
}

extension CircuitOperation {
  /// What a measurement or a reset does on the average over results that nothing reads.
  var averageKraus: [ComplexMatrix]? {
    switch self {
    // It damps what is off the diagonal.
    case .measurement: [.diagonal([1, 0]), .diagonal([0, 1])]
    case .reset: [ComplexMatrix([[1, 0], [0, 0]]), ComplexMatrix([[0, 1], [0, 0]])]
    default: nil
    }
  }
}
