import AnsatzCircuits
import AnsatzMath

/// A circuit with Pauli noise as one circuit without noise, in which trajectories are samples.
///
/// An error E that occurred is not applied but carried along. A Clifford gate turns it into another,
/// `U E = (U E U†) U`. A rotation that it anticommutes with turns the other way,
/// `R(θ) E = E R(-θ)`, so that the sign of the angle becomes an input. Before any other gate the
/// error is put in as rotations by 0 or π. What is left at the end turns signs and bits of results.
/// Global phases are dropped.
struct FrameCircuit: Sendable {
  /// The circuit; its inputs are those given and the slots: signs, and halves of errors put in.
  let circuit: Circuit
  private let steps: [FrameStep]
  /// Whether each slot is a sign.
  private let isSign: [Bool]
  /// Where a sample's own inputs are among the circuit's, and where the slots start.
  private let inputPlaces: [Int]
  private let slotStart: Int

  /// No name that a user would take.
  private static let bundleName = "errors of the trajectory"

  /// - Returns: nil if some noise is no mixture of Pauli words.
  init?(_ circuit: Circuit, _ noiseSteps: [NoiseStep]) throws(AnsatzError) {
    var parts: [Part] = []
    for step in noiseSteps {
      switch step {
      case .gate(let operation): parts.append(.gate(operation))
      case .channel(let kraus, let qubits):
        guard let mixture = PauliMixture(PauliTransfer(kraus: kraus)) else { return nil }
        parts.append(.noise(mixture, qubits))
      }
    }
    // How many slots there are is known only at the end; then the bundle is made to fit.
    let first = Self.build(parts, circuit, Inputs(Self.bundleName, Self.slotLimit))
    let slots = Inputs(Self.bundleName, max(1, first.slotCount))
    let builder = Self.build(parts, circuit, slots)
    steps = builder.steps
    var isSign = [Bool](repeating: false, count: builder.slotCount)
    for case .sign(_, _, let slot) in steps { isSign[slot] = true }
    self.isSign = isSign
    do {
      self.circuit = try Circuit(
        circuit.name, qubits: circuit.qubitCount, operations: builder.operations)
    } catch {
      throw AnsatzError(.usage, error.description)
    }
    var starts: [Bundle: Int] = [:]
    var start = 0
    for bundle in self.circuit.inputs {
      starts[bundle] = start
      start += bundle.count
    }
    slotStart = starts[slots.bundle] ?? 0
    inputPlaces = circuit.inputs.flatMap { bundle in
      (0..<bundle.count).map { (starts[bundle] ?? 0) + $0 }
    }
  }

  private enum Part {
    case gate(CircuitOperation)
    case noise(PauliMixture, [Int])
  }

  /// More than any circuit needs.
  private static let slotLimit = 1 << 27

  private static func build(_ parts: [Part], _ circuit: Circuit, _ slots: Inputs) -> FrameBuilder {
    var builder = FrameBuilder(qubitCount: circuit.qubitCount, slots: slots)
    for part in parts {
      switch part {
      case .gate(let operation): builder.append(operation)
      case .noise(let mixture, let qubits): builder.append(mixture, on: qubits)
      }
    }
    return builder
  }

  /// What happened in one trajectory.
  struct Trajectory: Hashable, Sendable {
    /// A bit for each slot: whether the sign is -1, or the half of the error is there.
    fileprivate(set) var slots: [UInt64]
    /// What is left at the end.
    fileprivate(set) var error = PauliError.none

    fileprivate subscript(slot: Int) -> Bool {
      get { slots[slot >> 6] >> UInt64(slot & 63) & 1 == 1 }
      set { if newValue { slots[slot >> 6] |= 1 << UInt64(slot & 63) } }
    }
  }

  /// Draws the errors of a trajectory.
  func draw(using random: inout RandomStream) -> Trajectory {
    var result = Trajectory(slots: [UInt64](repeating: 0, count: (isSign.count + 63) / 64))
    var error = PauliError.none
    for step in steps {
      switch step {
      case .noise(let mixture, let bits):
        let word = mixture.draw(using: &random)
        if word != 0 { error.multiply(by: PauliError(word: word, bits: bits)) }
      case _ where error == .none: break
      case .clifford(let bits, let words):
        let word = error.word(on: bits)
        if word == 0 { break }
        error.clear(bits.reduce(0) { $0 | 1 << $1 })
        error.multiply(by: PauliError(word: words[word], bits: bits))
      case .sign(let x, let z, let slot): result[slot] = error.anticommutes(x: x, z: z)
      case .flush(let bit, let slot):
        result[slot] = error.x >> bit & 1 == 1
        result[slot + 1] = error.z >> bit & 1 == 1
        error.clear(1 << bit)
      }
    }
    result.error = error
    return result
  }

  /// The circuit's inputs for a trajectory of a sample.
  func inputs<S: Scalar>(sample: ArraySlice<S>, _ trajectory: Trajectory) -> [S] {
    var row = [S](repeating: 0, count: circuit.inputCount)
    for (place, value) in zip(inputPlaces, sample) { row[place] = value }
    for (slot, isSign) in isSign.enumerated() {
      let isSet = trajectory[slot]
      row[slotStart + slot] = isSign ? (isSet ? -1 : 1) : (isSet ? 1 : 0)
    }
    return row
  }

  /// How many inputs a sample has.
  var ownInputCount: Int { inputPlaces.count }

  /// The part of a row of the circuit's inputs that is the sample's own.
  func ownInputs<S>(_ row: ArraySlice<S>) -> [S] { inputPlaces.map { row[row.startIndex + $0] } }
}
