/// What an OpenQASM program says.
public struct OpenQASMProgram: Sendable {
  /// The language version the program was read as.
  public let version: OpenQASM.Version
  /// The program as a circuit, up to a global phase; its registers are the declared ones.
  public let circuit: Circuit
  /// The program's inputs that are data, in order of declaration, used or not.
  public let inputs: [Bundle]
  /// The program's inputs that are trained, in order of declaration, used or not.
  public let weights: [Bundle]
  /// The program's names of the qubits, such as `q[0]`.
  public let qubitNames: [String]
  /// What was left out or assumed, each with its line.
  public let notices: [String]
}
