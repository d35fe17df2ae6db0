/// An affine map of bit strings that stands between the circuit's basis and the rows in memory.
///
/// CNOT, SWAP and X only permute basis states, so none of them is ever run: they change how later
/// Pauli words read the rows. After the map, a word's X mask says which rows pair up and its Z mask
/// gives the signs.
struct PauliFrame: Sendable {
  /// For X on each bit, the mask of row bits it flips.
  private var flips: [Int]
  /// For Z on each bit, the mask of row bits whose parity it reads.
  private var parities: [Int]
  /// Whether Z on a bit reads the opposite of that parity.
  private var isNegated: [Bool]

  var bitCount: Int { flips.count }

  init(bitCount: Int) {
    flips = (0..<bitCount).map { 1 << $0 }
    parities = flips
    isNegated = [Bool](repeating: false, count: bitCount)
  }

  /// Whether the rows are in the circuit's basis.
  var isIdentity: Bool {
    flips.indices.allSatisfy { flips[$0] == 1 << $0 && parities[$0] == 1 << $0 && !isNegated[$0] }
  }

  /// The row that holds a basis state of the circuit.
  func row(ofState state: Int) -> Int {
    var row = 0
    for bit in flips.indices where (state >> bit & 1 == 1) != isNegated[bit] { row ^= flips[bit] }
    return row
  }

  mutating func applyCNOT(control: Int, target: Int) {
    flips[control] ^= flips[target]
    parities[target] ^= parities[control]
    isNegated[target] = isNegated[target] != isNegated[control]
  }

  mutating func applySwap(_ a: Int, _ b: Int) {
    flips.swapAt(a, b)
    parities.swapAt(a, b)
    isNegated.swapAt(a, b)
  }

  mutating func applyX(_ bit: Int) { isNegated[bit].toggle() }

  /// What a word of the circuit's basis is on the rows: its masks, and whether its sign changes.
  func rows(x: Int, z: Int) -> (x: Int, z: Int, isNegated: Bool) {
    var (flip, parity, negated) = (0, 0, false)
    for bit in flips.indices {
      if x >> bit & 1 == 1 { flip ^= flips[bit] }
      if z >> bit & 1 == 1 {
        parity ^= parities[bit]
        negated = negated != isNegated[bit]
      }
    }
    return (flip, parity, negated)
  }
}
