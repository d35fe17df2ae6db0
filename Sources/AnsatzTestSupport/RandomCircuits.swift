import AnsatzCircuits
import AnsatzMath
import Numerics

/// Seeded circuits over the whole registry, for property tests.
public struct RandomCircuits {
  public var random: RandomStream

  public init(seed: UInt64) { random = RandomStream(seed: seed, stream: "random circuits") }

  /// A circuit of random gates of the registry, some with further controls, whose angles are
  /// constants, inputs, weights and expressions of them.
  ///
  /// - Parameters:
  ///   - usesInputs: Whether angles may depend on data.
  ///   - amplitudeStart: Whether the circuit starts from data amplitudes.
  ///   - fourier: Whether the quantum Fourier transform may occur.
  public mutating func circuit(
    qubits: Int, gates: Int, usesInputs: Bool = true, amplitudeStart: Bool = false,
    fourier: Bool = true
  ) throws -> Circuit {
    let x = Inputs("x", 4)
    let w = Weights("w", 5)
    var operations: [CircuitOperation] = []
    let startsFromData = amplitudeStart && qubits > 1
    if startsFromData {
      operations += AmplitudeEmbedding(x, on: 0..<min(qubits, 2), padding: 0.2).operations
    }
    let usable = (StandardGates.all + StandardGates.examples).filter {
      if case .fourier = $0.structure, !fourier { return false }
      return $0.controlCount + ($0.targetCount ?? 1) <= qubits
    }
    for _ in 0..<gates {
      let gate = renewed(usable[random.integer(below: usable.count)], qubits: qubits)
      let places = random.permutation(qubits)
      let fixedCount = gate.targetCount ?? (1 + random.integer(below: min(3, qubits)))
      let own = gate.controlCount + fixedCount
      let angles = gate.parameterNames.map { _ in
        usesInputs && !startsFromData ? angle(x, w) : angle(nil, w)
      }
      var operation = GateOperation(gate, angles: angles, qubits: Array(places.prefix(own)))
      if own < qubits, random.uniform() < 0.3 {
        if random.uniform() < 0.5 {
          operation.controls.insert(places[own], at: 0)
        } else {
          operation.openControls.append(places[own])
        }
      }
      operations.append(.gate(operation))
    }
    return try Circuit(qubits: qubits, operations: operations)
  }

  /// A circuit of random gates with measurements, resets and conditionals between them.
  ///
  /// - Parameter registers: Of its conditions: one, or two for conditions on both.
  public mutating func dynamicCircuit(
    qubits: Int, steps: Int, registers: Int = 2
  ) throws -> Circuit {
    let bits = [Bits("c", 3), Bits("d", 2)].prefix(registers)
    let all = bits.flatMap(\.all)
    var operations: [CircuitOperation] = []
    for _ in 0..<steps {
      operations += try circuit(qubits: qubits, gates: 2, usesInputs: false).operations
      let qubit = random.integer(below: qubits)
      switch random.integer(below: 4) {
      case 0: operations += Reset(qubit).operations
      case 1:
        let body = try circuit(qubits: qubits, gates: 2, usesInputs: false).operations
        let other = try circuit(qubits: qubits, gates: 1, usesInputs: false).operations
        let inner = Conditional(
          condition(Array(bits)), operations: other + Reset(qubit).operations)
        operations.append(
          .conditional(
            Conditional(
              condition(Array(bits)), operations: body,
              otherwise: random.uniform() < 0.5 ? [] : [.conditional(inner)] + other)))
      default:
        operations += Measure(qubit, into: all[random.integer(below: all.count)]).operations
      }
    }
    return try Circuit(qubits: qubits, registers: Array(bits), operations: operations)
  }

  /// A condition on some of the bits.
  private mutating func condition(_ registers: [Bits]) -> Condition {
    let register = registers[random.integer(below: registers.count)]
    let bit = Condition.bit(register[random.integer(below: register.count)])
    let relation = Condition.Relation.allCases[random.integer(below: 6)]
    let number = random.integer(below: 9)
    switch random.integer(below: 6) {
    case 0: return bit
    case 1: return .not(bit)
    case 2: return .comparison(register.all, relation, number)
    case 3: return .comparison(Array(register.all.reversed()), relation, number)
    case 4: return .and(.or(bit, .comparison(register.all, relation, number)), .not(bit))
    default: return .xor(.comparison(register.all, relation, number), bit)
    }
  }

  /// A gate made from data, from random data instead, on some qubits; another gate as it is.
  private mutating func renewed(_ gate: GateDefinition, qubits: Int) -> GateDefinition {
    let count = 1 + random.integer(below: min(3, qubits))
    switch gate.data {
    case .none: return gate
    case .word:
      return PauliRotation.definition(
        (0..<count).map { _ in Pauli.allCases[random.integer(below: 3)] })
    case .phases:
      return DiagonalGate.definition((0..<1 << count).map { _ in random.uniform(in: -4..<4) })
    case .matrix: return UnitaryGate.definition(unitary(qubits: count))
    }
  }

  /// exp(iH) of a random Hermitian H.
  public mutating func unitary(qubits: Int) -> ComplexMatrix {
    let order = 1 << qubits
    let any = ComplexMatrix(
      rows: order, columns: order,
      elements: (0..<order * order).map { _ in
        Complex(random.uniform(in: -1..<1), random.uniform(in: -1..<1))
      })
    return (Complex.i * (any + any.adjoint)).exponential()
  }

  /// An angle of a random kind.
  public mutating func angle(_ inputs: Inputs?, _ weights: Weights) -> Angle {
    let w = weights[random.integer(below: weights.count)]
    let x = inputs.map { $0[random.integer(below: $0.count)] } ?? 0.7
    let constant = Angle(random.uniform(in: -3..<3))
    switch random.integer(below: 7) {
    case 0: return constant
    case 1: return w
    case 2: return x
    case 3: return constant * w + x
    case 4: return x * w
    case 5: return Angle.sin(w) + constant * x
    default: return Angle.pow(x, 2) - 0.5 * w
    }
  }

  public mutating func values(_ count: Int) -> [Double] {
    (0..<count).map { _ in random.uniform(in: -2..<2) }
  }

  /// A weighted sum of random Pauli strings and the identity.
  public mutating func observable(qubits: Int) -> PauliSum {
    var terms: [(Double, PauliString)] = [(random.uniform(in: -1..<1), .identity)]
    for _ in 0..<3 {
      var factors: [(Pauli, Int)] = []
      for qubit in 0..<qubits where random.uniform() < 0.6 {
        factors.append((Pauli.allCases[random.integer(below: 3)], qubit))
      }
      terms.append((random.uniform(in: -1..<1), PauliString(factors)))
    }
    return PauliSum(terms)
  }
}
