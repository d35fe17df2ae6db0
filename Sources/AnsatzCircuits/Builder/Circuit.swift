/// A quantum circuit: a flat list of operations on numbered qubits, and the inputs and weights they
/// mention. It holds no amplitudes.
///
///     let x = Inputs("x", 4), θ = Weights("θ", 3, 4)
///     let circuit = try Circuit(qubits: 4) {
///       for layer in 0..<3 {
///         for q in 0..<4 { RY(.pi * x[q], on: q); RZ(2 * θ[layer, q] + .pi, on: q) }
///         CNOTRing(over: 0..<4)
///       }
///     }
///
/// Qubit 0 is written first and is the most significant bit of a bit string.
public struct Circuit: Hashable, Sendable, CircuitComponent {
  /// What lists and the command line call it; empty if it has no name.
  public let name: String
  /// How many qubits there are; they are numbered from 0.
  public let qubitCount: Int
  /// What is done, in order.
  public let operations: [CircuitOperation]
  /// The input bundles in order of first appearance.
  public let inputs: [Bundle]
  /// The weight bundles in order of first appearance.
  public let weights: [Bundle]
  /// The classical registers: those declared, then the others in order of first appearance.
  public let registers: [Bits]

  /// The largest number of qubits a circuit may have.
  public static let maximumQubitCount = 62

  /// - Parameter registers: Classical registers in the order that results list them, also those
  ///   that nothing measures into; the others follow in order of first appearance.
  /// - Throws: `CircuitError`, listing every problem of the circuit.
  public init(
    _ name: String = "", qubits qubitCount: Int, registers: [Bits] = [],
    @CircuitBuilder body: () throws -> [CircuitOperation]
  ) throws {
    try self.init(name, qubits: qubitCount, registers: registers, operations: body())
  }

  /// - Throws: `CircuitError`, listing every problem of the circuit.
  public init(
    _ name: String = "", qubits qubitCount: Int, registers: [Bits] = [],
    operations: [CircuitOperation]
  ) throws(CircuitError) {
    let check = CircuitCheck(
      qubitCount: qubitCount, registers: registers, operations: operations)
    guard check.problems.isEmpty else { throw CircuitError(check.problems) }
    self.name = name
    self.qubitCount = qubitCount
    self.operations = operations
    self.registers = check.registers
    inputs = check.bundles.filter { $0.role == .inputs }
    weights = check.bundles.filter { $0.role == .weights }
  }

  /// How many numbers one sample has.
  public var inputCount: Int { inputs.reduce(0) { $0 + $1.count } }
  /// How many numbers are trained.
  public var weightCount: Int { weights.reduce(0) { $0 + $1.count } }

  /// The circuit that undoes this one.
  ///
  /// - Throws: `CircuitError` if the circuit starts from data amplitudes or holds a channel, a
  ///   measurement, a reset or a postselection, which nothing undoes.
  public func inverse() throws(CircuitError) -> Circuit {
    try Circuit(
      name, qubits: qubitCount, registers: registers, operations: operations.inverse())
  }

  /// The longest chain of operations that must follow one another.
  public var depth: Int {
    var ends = [Int](repeating: 0, count: qubitCount)
    for operation in operations {
      let end = (operation.qubits.map { ends[$0] }.max() ?? 0) + 1
      for qubit in operation.qubits { ends[qubit] = end }
    }
    return ends.max() ?? 0
  }
}
