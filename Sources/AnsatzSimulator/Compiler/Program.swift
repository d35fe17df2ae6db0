import AnsatzCircuits
import AnsatzMath
import Foundation

/// A circuit compiled once, to run many times: flat instructions with masks, and angles with their
/// symbols resolved.
///
/// It holds nothing that depends on a precision or on the value of an angle.
public struct Program: Sendable {
  /// What was compiled.
  public let circuit: Circuit
  package let instructions: [Instruction]
  /// The angle of each parametric instruction, in circuit order.
  package let angles: [CompiledAngle]
  package let jacobian: AngleJacobian
  package let start: StartState
  /// What the circuit holds that no state vector can, and what to run it with instead.
  package private(set) var obstacle: String?
  private let plans = PlanCache<Plan>()
  private let blockCodes = PlanCache<BlockCode>()
  private let tilePlans = PlanCache<TilePlan>()
  /// The program cut at its Fourier transforms; empty if it holds none.
  private let pieces: [Piece]

  /// A part of a program that runs in one way.
  enum Piece: Sendable {
    /// Gates that a plan may hold; the angles are the whole program's.
    case gates(Program)
    case fourier(bits: [Int], controls: Int, inverse: Bool)
  }

  package enum StartState: Sendable {
    /// |0…0⟩
    case zero
    /// The inputs from `first` on, padded and normalised, as the amplitudes of the rows listed.
    case amplitudes(first: Int, count: Int, padding: Double, rows: StartRows)
    /// What the memory holds: the program continues another.
    case given
  }

  /// Whether the start is |0…0⟩.
  var startsFromZero: Bool { if case .zero = start { true } else { false } }

  /// How many qubits the circuit has.
  public var qubitCount: Int { circuit.qubitCount }
  /// How many numbers a sample has.
  public let inputCount: Int
  /// How many numbers are trained.
  public let weightCount: Int

  /// Compiles a circuit.
  public init(_ circuit: Circuit) { self.init(circuit, recognition: FourierRecognition()) }

  init(_ circuit: Circuit, recognition: FourierRecognition) {
    self.init(circuit, circuit.operations, start: .zero, recognition: recognition)
    guard let dynamic = circuit.firstDynamicOperation else { return }
    obstacle =
      "\(dynamic.name) in mid-circuit, after which there is no one state; run it with "
      + "BranchingProgram or `ansatz run`"
  }

  /// Some of a circuit's gates; the inputs and weights are the whole circuit's.
  ///
  /// - Parameter start: `.given` to go on from what the memory holds.
  package init(_ gates: [CircuitOperation], of circuit: Circuit, start: StartState) {
    self.init(circuit, gates, start: start, recognition: FourierRecognition())
  }

  private init(
    _ circuit: Circuit, _ operations: [CircuitOperation], start: StartState,
    recognition: FourierRecognition
  ) {
    self.circuit = circuit
    inputCount = circuit.inputCount
    weightCount = circuit.weightCount
    var lowering = Lowering(circuit)
    lowering.start = start
    for (index, operation) in operations.enumerated() {
      lowering.append(operation, at: index)
    }
    recognition.replace(
      in: &lowering.instructions, angles: &lowering.angles, qubitCount: circuit.qubitCount)
    instructions = lowering.instructions
    angles = lowering.angles
    jacobian = AngleJacobian(lowering.angles)
    self.start = lowering.start
    obstacle = lowering.obstacle
    pieces = Self.pieces(of: lowering, circuit)
  }

  private init(
    piece instructions: ArraySlice<Instruction>, of lowering: Lowering, _ circuit: Circuit,
    start: StartState
  ) {
    self.circuit = circuit
    self.instructions = Array(instructions)
    self.start = start
    inputCount = circuit.inputCount
    weightCount = circuit.weightCount
    angles = lowering.angles
    jacobian = AngleJacobian(lowering.angles)
    obstacle = lowering.obstacle
    pieces = []
  }

  private static func pieces(of lowering: Lowering, _ circuit: Circuit) -> [Piece] {
    let instructions = lowering.instructions
    var pieces: [Piece] = []
    var first = 0
    for (place, instruction) in instructions.enumerated() {
      guard case .fourier(let bits, let inverse) = instruction.work else { continue }
      if pieces.isEmpty || first < place {
        pieces.append(
          .gates(
            Program(
              piece: instructions[first..<place], of: lowering, circuit,
              start: pieces.isEmpty ? lowering.start : .given)))
      }
      pieces.append(.fourier(bits: bits, controls: instruction.controls, inverse: inverse))
      first = place + 1
    }
    guard !pieces.isEmpty, first < instructions.count else { return pieces }
    return pieces + [
      .gates(Program(piece: instructions[first...], of: lowering, circuit, start: .given))
    ]
  }

  /// What runs one after the other to make the final state.
  var pieceList: [Piece] { pieces.isEmpty ? [.gates(self)] : pieces }

  /// The plan for batches of what is measured; nil if the program holds something that no plan can.
  /// Made at the first use.
  ///
  /// - Parameter observables: nil to keep the whole state.
  package func plan(for observables: CompiledObservables?) -> Plan? {
    guard obstacle == nil else { return nil }
    return plans.plan(for: observables?.identity, key: 0) { Plan(self, observables) }
  }

  /// The same plan, laid out to run.
  func blockCode(for observables: CompiledObservables?) -> BlockCode? {
    guard obstacle == nil else { return nil }
    return blockCodes.plan(for: observables?.identity, key: 0) {
      plan(for: observables).map { BlockCode($0, self) }
    }
  }

  /// The plan for single states of what is measured; nil if the program holds something that no plan
  /// can. Made at the first use.
  ///
  /// - Parameter laneBits: How many bits the lanes of a row stand for.
  package func tilePlan(for observables: CompiledObservables?, laneBits: Int) -> TilePlan? {
    guard obstacle == nil else { return nil }
    return tilePlans.plan(for: observables?.identity, key: laneBits) {
      TilePlan(self, observables, laneBits: laneBits)
    }
  }
}

/// The plans of the observables asked for last.
private final class PlanCache<Plan: Sendable>: @unchecked Sendable {
  private struct Entry {
    let identity: CompiledObservables.Identity?
    let plan: Plan?
  }

  private let lock = NSLock()
  private var entries: [Int: Entry] = [:]

  func plan(
    for identity: CompiledObservables.Identity?, key: Int, make: () -> Plan?
  ) -> Plan? {
    lock.withLock {
      if let entry = entries[key], entry.identity === identity { return entry.plan }
      let plan = make()
      entries[key] = Entry(identity: identity, plan: plan)
      return plan
    }
  }
}

/// Turns operations into instructions. The circuit is valid, so nothing here can fail.
private struct Lowering {
  let slots: SymbolSlots
  let qubitCount: Int
  var instructions: [Instruction] = []
  var angles: [CompiledAngle] = []
  var start = Program.StartState.zero
  var obstacle: String?

  init(_ circuit: Circuit) {
    slots = SymbolSlots(circuit)
    qubitCount = circuit.qubitCount
  }

  /// Qubit 0 is the most significant bit.
  func bit(_ qubit: Int) -> Int { qubitCount - 1 - qubit }

  mutating func append(_ operation: CircuitOperation, at index: Int) {
    switch operation {
    case .gate(let gate):
      let open = gate.openControls.map(bit)
      flip(open, at: index)
      defer { flip(open, at: index) }
      append(
        gate.definition, angles: gate.angles, bits: gate.targets.map(bit),
        controls: (gate.controls + gate.openControls).reduce(0) { $0 | 1 << bit($1) }, at: index)
    case .channel(let channel):
      let name = channel.definition.name
      obstacle =
        obstacle
        ?? "the channel \(name), which a state vector cannot hold; run it with DensityProgram"
    // Terminal ones leave the state; circuits with others never come here.
    case .measurement, .reset, .projection, .conditional: break
    case .amplitudes(let embedding):
      start = .amplitudes(
        first: slots.start(of: embedding.inputs.bundle), count: embedding.inputs.count,
        padding: embedding.padding, rows: StartRows(bits: embedding.qubits.map(bit)))
    }
  }

  /// X on each of the bits: what an open control sees is the opposite.
  private mutating func flip(_ bits: [Int], at index: Int) {
    for bit in bits { add(.exchange(0, 1 << bit), controls: 0, fixed: 1 << bit, at: index) }
  }

  mutating func append(
    _ gate: GateDefinition, angles: [Angle], bits: [Int], controls: Int, at index: Int
  ) {
    switch gate.structure {
    case .product(let factors):
      for factor in factors {
        let own = factor.targets.map { bits[$0] }
        append(
          factor.gate, angles: factor.angles(of: angles),
          bits: Array(own.dropFirst(factor.gate.controlCount)),
          controls: own.prefix(factor.gate.controlCount).reduce(controls) { $0 | 1 << $1 },
          at: index)
      }
    case .pauliRotation(let word): rotate(word, bits, angles[0], controls: controls, at: index)
    case .uniformRotation(let pauli):
      rotate(bits.map { _ in pauli }, bits, angles[0], controls: controls, at: index)
    case .phase:
      let mask = bits.reduce(controls) { $0 | 1 << $1 }
      add(.phase, controls: mask, fixed: mask, angle: angles[0], at: index)
    case .constantPhase(let phase):
      let mask = controls | 1 << bits[0]
      add(.constantPhase(phase), controls: mask, fixed: mask, at: index)
    case .flip:
      add(
        .exchange(0, 1 << bits[0]), controls: controls, fixed: controls | 1 << bits[0], at: index)
    case .swap:
      let (a, b) = (1 << bits[0], 1 << bits[1])
      add(.exchange(a, b), controls: controls, fixed: controls | a | b, at: index)
    case .constant:
      add(
        .matrix(gate.matrix([], bits.count), bits: bits), controls: controls,
        fixed: bits.reduce(controls) { $0 | 1 << $1 }, at: index)
    case .fourier(let inverse):
      add(
        .fourier(bits: bits, inverse: inverse), controls: controls,
        fixed: bits.reduce(controls) { $0 | 1 << $1 }, at: index)
    }
  }

  mutating func rotate(
    _ word: [Pauli], _ bits: [Int], _ angle: Angle, controls: Int, at index: Int
  ) {
    let masks = PauliMasks(zip(word, bits).map { ($0, bit: $1) })
    add(
      .pauliRotation(masks), controls: controls, fixed: controls | masks.pivot, angle: angle,
      at: index)
  }

  mutating func add(
    _ work: Instruction.Work, controls: Int, fixed: Int, angle: Angle? = nil, at index: Int
  ) {
    var occurrence: Int?
    if let angle {
      occurrence = angles.count
      angles.append(CompiledAngle(angle, slots: slots))
    }
    instructions.append(
      Instruction(
        work: work, controls: controls, fixed: FixedBits(fixed, qubitCount: qubitCount),
        occurrence: occurrence, operation: index))
  }
}
