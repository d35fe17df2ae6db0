/// What an OpenQASM program says.
public struct OpenQASMProgram: Sendable {
  /// One bit of a classical register, written by a measurement at the end of the program.
  public struct Measurement: Hashable, Sendable {
    public let qubit: Int
    public let register: String
    public let bit: Int
  }

  /// A classical register.
  public struct ClassicalRegister: Hashable, Sendable {
    public let name: String
    public let size: Int
  }

  /// The language version the program was read as.
  public let version: OpenQASM.Version
  /// The gates, up to a global phase.
  public let circuit: Circuit
  /// The program's inputs that are data, in order of declaration, used or not.
  public let inputs: [Bundle]
  /// The program's inputs that are trained, in order of declaration, used or not.
  public let weights: [Bundle]
  /// The program's names of the qubits, such as `q[0]`.
  public let qubitNames: [String]
  public let classicalRegisters: [ClassicalRegister]
  /// The measurements, in order. They do not change the circuit.
  public let measurements: [Measurement]
  /// What was left out or assumed, each with its line.
  public let notices: [String]
}
