import AnsatzCircuits

/// What a circuit with measurements does, step by step, with bits in place of names.
enum BranchStep: Sendable {
  /// Gates in a row.
  case gates(Program)
  case measure(bit: Int, slot: Int)
  case reset(bit: Int)
  /// Keeps what has these values.
  case project([(bit: Int, value: Bool)], Projection)
  case choose(Condition, [BranchStep], otherwise: [BranchStep])
}

/// Where the bits of a circuit's registers are in one row of bits.
struct BitSlots: Sendable {
  let registers: [Bits]
  let count: Int
  private let starts: [String: Int]

  init(_ registers: [Bits]) {
    self.registers = registers
    var starts: [String: Int] = [:]
    var count = 0
    for register in registers {
      starts[register.name] = count
      count += register.count
    }
    self.starts = starts
    self.count = count
  }

  func slot(of bit: Bit) -> Int { (starts[bit.register.name] ?? 0) + bit.index }

  /// The bits as counts are usually written: the last register first, a space between registers, and
  /// the highest bit of each first.
  func text(_ value: (_ slot: Int) -> Bool) -> String {
    registers.reversed().map { register in
      let start = starts[register.name] ?? 0
      return String(
        (0..<register.count).reversed().map { value(start + $0) ? "1" : "0" as Character })
    }.joined(separator: " ")
  }
}

/// The values of all classical bits of one branch.
struct BitValues: Hashable, Sendable {
  private var words: [UInt64]

  init(count: Int) { words = [UInt64](repeating: 0, count: (count + 63) / 64) }

  subscript(slot: Int) -> Bool {
    get { words[slot >> 6] >> UInt64(slot & 63) & 1 == 1 }
    set {
      let mask: UInt64 = 1 << UInt64(slot & 63)
      if newValue { words[slot >> 6] |= mask } else { words[slot >> 6] &= ~mask }
    }
  }
}
