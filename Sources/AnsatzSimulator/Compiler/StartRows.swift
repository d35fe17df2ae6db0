/// The rows that amplitudes from data go to, in the data's order.
///
/// Computed one by one: there are 2ᵏ of them for k qubits, and a circuit too large to run must not
/// need memory to be compiled.
package struct StartRows: RandomAccessCollection, Sendable {
  /// The bit of each qubit, the most significant first.
  private let bits: [Int]
  /// Whether every value is its own row.
  private let isIdentity: Bool

  init(bits: [Int]) {
    self.bits = bits
    isIdentity = bits == Array((0..<bits.count).reversed())
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { 1 << bits.count }

  package subscript(value: Int) -> Int {
    if isIdentity { return value }
    var (row, rest) = (0, value)
    for bit in bits.reversed() {
      row |= (rest & 1) << bit
      rest >>= 1
    }
    return row
  }
}
