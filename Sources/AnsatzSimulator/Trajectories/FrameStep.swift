import AnsatzCircuits
import AnsatzMath

/// What happens to an error that is carried through a circuit; see `FrameCircuit`.
enum FrameStep: Sendable {
  /// Word on the bits → word on the bits.
  case clifford(bits: [Int], words: [Int])
  /// A rotation about a Pauli word whose sign is an input.
  case sign(x: Int, z: Int, slot: Int)
  /// Puts the error of a bit into the circuit, its X part and its Z part.
  case flush(bit: Int, slot: Int)
  case noise(PauliMixture, bits: [Int])
}

/// Goes through a circuit gate by gate and notes what each does to errors before it.
struct FrameBuilder {
  private(set) var steps: [FrameStep] = []
  private(set) var operations: [CircuitOperation] = []
  private(set) var slotCount = 0
  private let qubitCount: Int
  private let slots: Inputs
  /// The qubits that may have an error.
  private var dirty: Set<Int> = []

  init(qubitCount: Int, slots: Inputs) {
    self.qubitCount = qubitCount
    self.slots = slots
  }

  private func bit(_ qubit: Int) -> Int { qubitCount - 1 - qubit }

  mutating func append(_ mixture: PauliMixture, on qubits: [Int]) {
    guard !mixture.isIdentity else { return }
    steps.append(.noise(mixture, bits: qubits.map(bit)))
    dirty.formUnion(qubits)
  }

  /// A gate, or the start state.
  mutating func append(_ operation: CircuitOperation) {
    guard case .gate(let gate) = operation, gate.qubits.contains(where: dirty.contains) else {
      operations.append(operation)
      return
    }
    if gate.controls.isEmpty, gate.openControls.isEmpty, appendUncontrolled(gate) { return }
    if let words = cliffordWords(of: gate) {
      steps.append(.clifford(bits: gate.qubits.map(bit), words: words))
      operations.append(operation)
      dirty.formUnion(gate.qubits)
      return
    }
    for qubit in gate.qubits where dirty.contains(qubit) {
      steps.append(.flush(bit: bit(qubit), slot: slotCount))
      operations += RX(.pi * slots[slotCount], on: qubit).operations
      operations += RZ(.pi * slots[slotCount + 1], on: qubit).operations
      slotCount += 2
      dirty.remove(qubit)
    }
    operations.append(operation)
  }

  /// - Returns: Whether the gate is one of those that have a sign, or a product.
  private mutating func appendUncontrolled(_ gate: GateOperation) -> Bool {
    switch gate.definition.structure {
    case .product(let factors):
      for factor in factors {
        append(
          .gate(
            GateOperation(
              factor.gate, angles: factor.angles(of: gate.angles),
              qubits: factor.targets.map { gate.targets[$0] })))
      }
    case .pauliRotation(let word): appendRotation(gate, about: word)
    case .uniformRotation(let pauli): appendRotation(gate, about: gate.targets.map { _ in pauli })
    // Up to a global phase, which a trajectory does not show.
    case .phase where gate.targets.count == 1: appendRotation(gate, about: [.z])
    case .constantPhase(let phase) where cliffordWords(of: gate) == nil:
      appendRotation(
        GateOperation(Phase.definition, angles: [Angle(phase)], qubits: gate.targets), about: [.z])
    default: return false
    }
    return true
  }

  private mutating func appendRotation(_ gate: GateOperation, about word: [Pauli]) {
    let masks = PauliMasks(zip(word, gate.targets).map { ($0, bit: bit($1)) })
    steps.append(.sign(x: masks.x, z: masks.z, slot: slotCount))
    operations.append(
      .gate(gate.replacing(angles: gate.angles.map { slots[slotCount] * $0 })))
    slotCount += 1
  }

  /// Gates on more qubits than this are not looked at.
  private static let largestClifford = 3

  /// What a Clifford gate makes of each Pauli word; nil for other gates.
  private func cliffordWords(of gate: GateOperation) -> [Int]? {
    let angles = gate.angles.compactMap(\.constant)
    guard angles.count == gate.angles.count, (1...Self.largestClifford).contains(gate.qubits.count),
      let rows = PauliTransfer(kraus: [gate.matrix(angles)]).monomial
    else { return nil }
    var words = [Int](repeating: 0, count: rows.count)
    for (image, row) in rows.enumerated() { words[row.source] = image }
    return words
  }
}

extension GateOperation {
  fileprivate func replacing(angles: [Angle]) -> GateOperation {
    var result = GateOperation(definition, angles: angles, qubits: [])
    result.controls = controls
    result.openControls = openControls
    result.targets = targets
    return result
  }
}
