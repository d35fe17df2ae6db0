/// Measures a qubit in the computational basis and writes the result into a bit.
///
///     Measure(0, into: c[0])
///
/// The state collapses. A measurement that nothing follows on its qubit and its bit is terminal: the
/// state, and what is computed from it, stays the one before it.
public struct Measure: CircuitComponent {
  public let operations: [CircuitOperation]

  /// Measures a qubit into a bit.
  public init(_ qubit: Int, into bit: Bit) {
    operations = [.measurement(Measurement(qubit: qubit, bit: bit))]
  }
}

/// Measures qubit i into bit i of a register, for as many qubits as the register has bits.
public struct MeasureAll: CircuitComponent {
  public let operations: [CircuitOperation]

  /// Measures the first qubits, one into each bit of the register.
  public init(into register: Bits) { self.init(0..<max(0, register.count), into: register) }

  /// Measures the qubits in turn into the register's bits, from bit 0 on.
  public init(_ qubits: some Sequence<Int>, into register: Bits) {
    operations = qubits.enumerated().map {
      .measurement(Measurement(qubit: $0.element, bit: register[$0.offset]))
    }
  }
}

/// A measurement of one qubit into one bit.
public struct Measurement: Hashable, Sendable {
  /// The qubit measured.
  public let qubit: Int
  /// The bit that takes the result.
  public let bit: Bit
  var modifiers: [RefusedModifier] = []

  /// A measurement of a qubit into a bit.
  public init(qubit: Int, bit: Bit) {
    self.qubit = qubit
    self.bit = bit
  }
}
