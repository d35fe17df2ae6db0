import AnsatzCircuits
import AnsatzMath
import AnsatzTestSupport
import Numerics
import Testing

@testable import AnsatzSimulator

@Suite("Fourier transforms spelled out")
struct FourierRecognitionTests {
  /// Rounding of some hundred multiplications of numbers up to 1.
  private static let tolerance = 1e-12

  private enum Swaps: CaseIterable { case none, before, after }

  /// One gate of a spelled transform on ranks; a phase's angle is in units of the right one.
  private enum Part {
    case hadamard(Int)
    case phase(Int, Int, scale: Double = 1)
  }

  /// Hadamards in order, every phase at a random place between its two.
  private static func parts(_ count: Int, _ random: inout RandomStream) -> [Part] {
    var parts = (0..<count).map { Part.hadamard($0) }
    for i in 0..<count {
      for j in i + 1..<count {
        func place(_ rank: Int) -> Int {
          parts.firstIndex { if case .hadamard(rank) = $0 { true } else { false } } ?? 0
        }
        let (low, high) = (place(i) + 1, place(j))
        parts.insert(.phase(i, j), at: low + random.integer(below: high - low + 1))
      }
    }
    return parts
  }

  private static func operations(
    _ parts: [Part], on qubits: [Int], inverse: Bool, _ random: inout RandomStream
  ) -> [[CircuitOperation]] {
    parts.map { part in
      switch part {
      case .hadamard(let rank): return H(qubits[rank]).operations
      case .phase(let i, let j, let scale):
        let angle = (inverse ? -1 : 1) * scale * Double.pi / Double(1 << (j - i))
        return random.uniform() < 0.5
          ? CPhase(angle, qubits[i], qubits[j]).operations
          : CPhase(angle, qubits[j], qubits[i]).operations
      }
    }
  }

  private static func fourierSizes(_ program: Program) -> [Int] {
    program.instructions.compactMap {
      if case .fourier(let bits, _) = $0.work { bits.count } else { nil }
    }
  }

  /// The program equals the circuit's dense matrices, gate by gate and in a state buffer.
  private static func expectEqual(
    _ program: Program, _ circuit: Circuit, weights: [Double], _ comment: Comment
  ) throws {
    let reference = ReferenceSimulator(circuit, weights: weights).state()
    let states = try program.stateVectors(inputs: Tensor<Double>(shape: [1, 0]), weights: weights)
    for (a, b) in zip(states[0], reference) { #expect((a - b).length < tolerance, comment) }
    let buffer = try StateBuffer<Double>(qubitCount: circuit.qubitCount)
    try buffer.run(program, weights: weights)
    for (index, amplitude) in reference.enumerated() {
      #expect((buffer[index] - amplitude).length < tolerance, comment)
    }
    let z = reference.enumerated().reduce(0) {
      $0 + ($1.offset < reference.count / 2 ? 1 : -1) * $1.element.lengthSquared
    }
    #expect(abs(try buffer.expectation(of: Z(0)) - z) < tolerance, comment)
  }

  @Test("Any spelling amid other gates runs as a transform", arguments: 0..<150)
  func recognized(seed: UInt64) throws {
    var source = RandomCircuits(seed: 9000 + seed)
    let qubits = 3 + source.random.integer(below: 4)
    let count = 2 + source.random.integer(below: qubits - 1)
    let places = source.random.permutation(qubits)
    let (own, others) = (Array(places.prefix(count)), Array(places.dropFirst(count)))
    let inverse = source.random.uniform() < 0.5
    let swaps = Swaps.allCases[source.random.integer(below: 3)]
    var spelled = Self.operations(
      Self.parts(count, &source.random), on: own, inverse: inverse, &source.random)
    let reversal = (0..<count / 2).flatMap { SWAP(own[$0], own[count - 1 - $0]).operations }
    // Gates on other qubits, anywhere in between.
    let w = Weights("w", 5)
    for qubit in others {
      for gate in [RX(w[0], on: qubit).operations, H(qubit).operations] {
        spelled.insert(gate, at: source.random.integer(below: spelled.count + 1))
      }
    }
    var middle = spelled.flatMap { $0 }
    if swaps == .before { middle = reversal + middle }
    if swaps == .after { middle += reversal }
    let head = try source.circuit(qubits: qubits, gates: 8, usesInputs: false, fourier: false)
    let tail = try source.circuit(qubits: qubits, gates: 8, usesInputs: false, fourier: false)
    let circuit = try Circuit(
      qubits: qubits, operations: head.operations + middle + tail.operations)
    let weights = source.values(circuit.weightCount)
    let program = Program(
      circuit, recognition: FourierRecognition(smallest: count, mostOthers: .infinity))
    #expect(Self.fourierSizes(program).contains(count))
    try Self.expectEqual(program, circuit, weights: weights, "seed \(seed), \(swaps)")
    // However much of it is taken for smaller transforms, the state is the same.
    let small = Program(
      circuit, recognition: FourierRecognition(smallest: 2, mostOthers: .infinity))
    try Self.expectEqual(small, circuit, weights: weights, "seed \(seed), smallest 2")
  }

  @Test("With its swaps nothing is left but the transform", arguments: [false, true])
  func swapsAbsorbed(inverse: Bool) throws {
    var random = RandomStream(seed: 3)
    for swapsFirst in [false, true] {
      let spelled = Self.operations(
        Self.parts(5, &random), on: [4, 0, 3, 1, 2], inverse: inverse, &random)
      let reversal = SWAP(4, 2).operations + SWAP(1, 0).operations
      let gates = spelled.flatMap { $0 }
      let circuit = try Circuit(
        qubits: 5, operations: swapsFirst ? reversal + gates : gates + reversal)
      let program = Program(circuit, recognition: FourierRecognition(smallest: 5))
      #expect(program.instructions.count == 1)
      #expect(program.angles.isEmpty)
      // Qubit q is bit 4 - q.
      let bits = [0, 4, 1, 3, 2]
      guard case .fourier(let found, let isInverse) = program.instructions[0].work else {
        Issue.record("no transform")
        return
      }
      #expect(found == (swapsFirst ? bits.reversed() : bits) && isInverse == inverse)
    }
  }

  @Test("The textbook circuit's inverse is recognized too")
  func circuitInverse() throws {
    let forward = try Circuit(qubits: 6) {
      for i in 0..<6 {
        H(i)
        for j in i + 1..<6 { CPhase(Double.pi / Double(1 << (j - i)), j, i) }
      }
      for i in 0..<3 { SWAP(i, 5 - i) }
    }
    let inverse = try forward.inverse()
    let program = Program(inverse, recognition: FourierRecognition(smallest: 6))
    #expect(program.instructions.count == 1 && Self.fourierSizes(program) == [6])
    let direct = try Circuit(qubits: 6) { InverseQFT(on: 0..<6) }
    let start = try Circuit(qubits: 6) { for q in 0..<6 { RY(Angle(0.3 * Double(q + 1)), on: q) } }
    let spelled = try Circuit(qubits: 6, operations: start.operations + inverse.operations)
    let whole = try Circuit(qubits: 6, operations: start.operations + direct.operations)
    let a: [Complex<Double>] = try spelled.stateVector()
    let b: [Complex<Double>] = try whole.stateVector()
    for (a, b) in zip(a, b) { #expect((a - b).length < Self.tolerance) }
  }

  @Test("A circuit that is nearly a transform is not taken for one", arguments: 0..<80)
  func nearMisses(seed: UInt64) throws {
    var source = RandomCircuits(seed: 7000 + seed)
    let (qubits, count) = (5, 4)
    let own = source.random.permutation(qubits)
    var parts = Self.parts(count, &source.random)
    var phases: [Int] {
      parts.indices.filter { if case .phase = parts[$0] { true } else { false } }
    }
    let place = phases[source.random.integer(below: phases.count)]
    guard case .phase(let i, let j, _) = parts[place] else { return }
    let inverse = seed % 2 == 0
    let kind = seed / 2 % 8
    switch kind {
    case 0: parts[place] = .phase(i, j, scale: 1 + 1e-9)
    case 1: parts[place] = .phase(i, j, scale: -1)
    case 2: parts.remove(at: place)
    case 3: parts.insert(.phase(i, j), at: place)
    // A control moved to the qubit that takes no part.
    case 4: parts[place] = .phase(i, count)
    // In front of the first Hadamard, or behind the last.
    case 5: parts.insert(parts.remove(at: place), at: 0)
    case 6: parts.append(parts.remove(at: place))
    default:
      // A Hadamard too many, which may also stand right before or after a whole transform.
      parts.insert(.hadamard(i), at: place)
    }
    let gates = Self.operations(parts, on: own, inverse: inverse, &source.random).flatMap { $0 }
    let head = (0..<qubits).flatMap { RY(Angle(0.4 * Double($0 + 1)), on: $0).operations }
    let circuit = try Circuit(qubits: qubits, operations: head + gates)
    let program = Program(
      circuit, recognition: FourierRecognition(smallest: count, mostOthers: .infinity))
    if kind != 7 { #expect(Self.fourierSizes(program).isEmpty, "kind \(kind)") }
    for smallest in [2, 3, 4] {
      let program = Program(
        circuit, recognition: FourierRecognition(smallest: smallest, mostOthers: .infinity))
      try Self.expectEqual(program, circuit, weights: [], "kind \(kind), smallest \(smallest)")
    }
  }

  @Test("Small transforms, trained angles and transforms amid much else are left to the plans")
  func leftAlone() throws {
    func spelled(_ count: Int, _ w: Weights?) throws -> Circuit {
      try Circuit(qubits: count) {
        for i in 0..<count {
          H(i)
          for j in i + 1..<count {
            if let w {
              CPhase(w[0], j, i)
            } else {
              CPhase(Double.pi / Double(1 << (j - i)), j, i)
            }
          }
        }
      }
    }
    let smallest = FourierRecognition().smallest
    let large = try spelled(smallest, nil)
    #expect(Self.fourierSizes(Program(large)) == [smallest])
    #expect(Self.fourierSizes(Program(try spelled(smallest - 1, nil))).isEmpty)
    #expect(Self.fourierSizes(Program(try spelled(smallest, Weights("w", 1)))).isEmpty)
    let busy = try Circuit(qubits: smallest) {
      for layer in 0..<10 { for q in 0..<smallest { RX(Angle(0.1 * Double(layer)), on: q) } }
      large
    }
    #expect(Self.fourierSizes(Program(busy)).isEmpty)
  }

  @Test("Gradients of weights around a recognized transform equal those of the gates")
  func anglesRenumbered() throws {
    let w = Weights("w", 8)
    let circuit = try Circuit(qubits: 4) {
      for q in 0..<4 { RY(w[q], on: q) }
      for i in 0..<4 {
        H(i)
        for j in i + 1..<4 { CPhase(Double.pi / Double(1 << (j - i)), j, i) }
      }
      for q in 0..<4 { RX(w[4 + q], on: q) }
    }
    let program = Program(circuit, recognition: FourierRecognition(smallest: 4, mostOthers: 9))
    #expect(Self.fourierSizes(program) == [4])
    #expect(program.angles.count == 8)
    #expect(program.instructions.compactMap(\.occurrence) == Array(0..<8))
    let weights = (0..<8).map { 0.3 * Double($0 + 1) }
    try Self.expectEqual(program, circuit, weights: weights, "renumbered")
  }
}
