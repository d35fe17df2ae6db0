/// A product of Pauli operators, but for its phase: bits of the state's index, as `PauliMasks` has.
struct PauliError: Hashable, Sendable {
  var x = 0
  var z = 0

  static let none = PauliError()

  /// - Parameters:
  ///   - word: A digit for each bit in base 4, the first most significant: I, X, Y, Z.
  init(word: Int, bits: [Int]) {
    var rest = word
    for bit in bits.reversed() {
      let digit = rest & 3
      if digit == 1 || digit == 2 { x |= 1 << bit }
      if digit >= 2 { z |= 1 << bit }
      rest >>= 2
    }
  }

  private init() {}

  /// The digits on some bits, the first most significant.
  func word(on bits: [Int]) -> Int {
    bits.reduce(0) { word, bit in
      let (hasX, hasZ) = (x >> bit & 1, z >> bit & 1)
      return 4 * word + (hasX == 1 ? 1 + hasZ : 3 * hasZ)
    }
  }

  func anticommutes(x otherX: Int, z otherZ: Int) -> Bool {
    ((x & otherZ).nonzeroBitCount + (z & otherX).nonzeroBitCount) & 1 == 1
  }

  mutating func multiply(by other: PauliError) {
    x ^= other.x
    z ^= other.z
  }

  /// Takes away what there is on some bits.
  mutating func clear(_ mask: Int) {
    x &= ~mask
    z &= ~mask
  }
}
