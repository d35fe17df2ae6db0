/// One of the nineteen circuits whose expressibility and entangling power Sim, Johnson and
/// Aspuru-Guzik compared.
///
/// Drawn there on four qubits, here on any number. The second ring of the circuits 13, 14 and 15
/// goes from each qubit to the one before, which on four qubits is the figure's step of three.
/// Weights: one bundle of shape `[layers, parameters]`, column after column as drawn; circuit 10,
/// whose first column stands before all layers, has `[layers + 1, qubits]`.
///
/// - Source: Sim, Johnson and Aspuru-Guzik, arXiv:1905.10876, Fig. 2.
public struct SimCircuit: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - number: As in the paper, 1...19; a circuit refuses others.
  ///   - prefix: The name of the weights; circuits with two of these need two names.
  public init(
    _ number: Int, layers: Int, on qubits: some Sequence<Int>, prefix: String = "sim"
  ) {
    let list = Array(qubits)
    guard let columns = Self.columns(number) else {
      operations = [.refused("SimCircuit", on: list, "there is no circuit \(number); use 1...19")]
      return
    }
    let first: [Column] = number == 10 ? [.turn(.y)] : []
    let count = columns.reduce(0) { $0 + $1.weightCount(list.count) }
    let weights = Weights(prefix, max(0, layers) + first.count, count)
    let rows = (first.isEmpty ? [] : [first]) + (0..<max(0, layers)).map { _ in columns }
    operations = rows.enumerated().flatMap { row, columns in
      var next = 0
      return columns.flatMap { column in
        let start = next
        next += column.weightCount(list.count)
        return column.operations(on: list) { weights[row, start + $0] }
      }
    }
  }

  private static func columns(_ number: Int) -> [Column]? {
    let turns: [Column] = [.turn(.x), .turn(.z)]
    switch number {
    case 1: return turns
    case 2: return turns + [.pairs(.flip, .chain)]
    case 3: return turns + [.pairs(.turn(.z), .chain)]
    case 4: return turns + [.pairs(.turn(.x), .chain)]
    case 5: return turns + [.pairs(.turn(.z), .all)] + turns
    case 6: return turns + [.pairs(.turn(.x), .all)] + turns
    case 7: return turns + [.pairs(.turn(.z), .even)] + turns + [.pairs(.turn(.z), .odd)]
    case 8: return turns + [.pairs(.turn(.x), .even)] + turns + [.pairs(.turn(.x), .odd)]
    case 9: return [.hadamards, .pairs(.sign, .chain), .turn(.x)]
    case 10: return [.pairs(.sign, .loop), .turn(.y)]
    case 11, 12:
      let gate = number == 11 ? Link.flip : .sign
      return [
        .turn(.y), .turn(.z), .pairs(gate, .even), .turnInner(.y), .turnInner(.z),
        .pairs(gate, .odd),
      ]
    case 13: return rings(.turn(.z))
    case 14: return rings(.turn(.x))
    case 15: return rings(.flip)
    case 16: return turns + [.pairs(.turn(.z), .even), .pairs(.turn(.z), .odd)]
    case 17: return turns + [.pairs(.turn(.x), .even), .pairs(.turn(.x), .odd)]
    case 18: return turns + [.pairs(.turn(.z), .ring)]
    case 19: return turns + [.pairs(.turn(.x), .ring)]
    default: return nil
    }
  }

  private static func rings(_ link: Link) -> [Column] {
    [.turn(.y), .pairs(link, .ring), .turn(.y), .pairs(link, .backwardRing)]
  }
}

/// A gate from a control to a target.
private enum Link {
  case flip, sign
  case turn(Pauli)
}

/// The controls and targets of a column, in the figure's order: from the lowest line up.
private enum Wiring {
  /// From each qubit to the one before.
  case chain
  /// A chain, and between the ends.
  case loop
  /// From each to all others.
  case all
  /// From odd places to the even ones before them.
  case even
  /// From even places to the odd ones before them.
  case odd
  /// From the last to the first, then from each to the next.
  case ring
  /// From each to the one before, starting with the last.
  case backwardRing

  func pairs(_ n: Int) -> [(control: Int, target: Int)] {
    guard n > 1 else { return [] }
    switch self {
    case .chain: return (1..<n).reversed().map { ($0, $0 - 1) }
    case .loop: return Wiring.chain.pairs(n) + (n > 2 ? [(0, n - 1)] : [])
    case .all:
      return (0..<n).reversed().flatMap { control in
        (0..<n).reversed().filter { $0 != control }.map { (control, $0) }
      }
    case .even: return stride(from: 1, to: n, by: 2).map { ($0, $0 - 1) }
    case .odd: return stride(from: 2, to: n, by: 2).map { ($0, $0 - 1) }
    case .ring: return (0..<n).map { (n - 1 - $0, (n - $0) % n) }
    case .backwardRing: return (0..<n).map { (($0 + n - 1) % n, ($0 + 2 * n - 2) % n) }
    }
  }
}

private enum Column {
  case hadamards
  case turn(Pauli)
  /// Without the first and the last qubit.
  case turnInner(Pauli)
  case pairs(Link, Wiring)

  func weightCount(_ n: Int) -> Int {
    switch self {
    case .hadamards, .pairs(.flip, _), .pairs(.sign, _): 0
    case .turn: n
    case .turnInner: max(0, n - 2)
    case .pairs(.turn, let wiring): wiring.pairs(n).count
    }
  }

  func operations(on list: [Int], weight: (Int) -> Angle) -> [CircuitOperation] {
    switch self {
    case .hadamards: return list.flatMap { H($0).operations }
    case .turn(let axis):
      return list.indices.flatMap {
        rotation(about: axis, by: weight($0), on: list[$0]).operations
      }
    case .turnInner(let axis):
      return list.dropFirst().dropLast().enumerated().flatMap {
        rotation(about: axis, by: weight($0), on: $1).operations
      }
    case .pairs(let link, let wiring):
      return wiring.pairs(list.count).enumerated().flatMap { index, pair in
        let (control, target) = (list[pair.control], list[pair.target])
        return switch link {
        case .flip: CNOT(control: control, target: target).operations
        case .sign: CZ(control, target).operations
        case .turn(let axis):
          controlledRotation(about: axis, by: weight(index), control: control, target: target)
            .operations
        }
      }
    }
  }
}

private func controlledRotation(
  about axis: Pauli, by angle: Angle, control: Int, target: Int
) -> any Gate {
  switch axis {
  case .x: CRX(angle, control: control, target: target)
  case .y: CRY(angle, control: control, target: target)
  case .z: CRZ(angle, control: control, target: target)
  }
}
