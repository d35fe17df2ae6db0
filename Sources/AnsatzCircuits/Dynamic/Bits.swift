/// A classical register: bits that measurements write and conditions read, all 0 at the start.
///
///     let c = Bits("c", 2)
///     Measure(0, into: c[0])
///     If(c == 3) { X(1) }
///
/// Bit 0 is the least significant bit of the register's number, and the last in its bit string.
/// Registers of one circuit with the same name and count are the same register.
public struct Bits: Hashable, Sendable, CustomStringConvertible {
  /// The register's name.
  public let name: String
  /// How many bits it has.
  public let count: Int

  /// A register of that many bits.
  public init(_ name: String, _ count: Int = 1) {
    self.name = name
    self.count = count
  }

  /// The bit at a position. A circuit refuses one out of range.
  public subscript(index: Int) -> Bit { Bit(register: self, index: index) }

  /// Every bit, the least significant first.
  public var all: [Bit] { (0..<max(0, count)).map { self[$0] } }

  /// The most bits that one circuit may have.
  static let maximumCount = 1 << 20

  public var description: String { "\(name)[\(count)]" }
}

/// One bit of a register.
public struct Bit: Hashable, Sendable, CustomStringConvertible {
  /// The register it stands in.
  public let register: Bits
  /// Its place in the register, the least significant 0.
  public let index: Int

  /// The bit at a place of a register.
  public init(register: Bits, index: Int) {
    self.register = register
    self.index = index
  }

  public var description: String { "\(register.name)[\(index)]" }
}
