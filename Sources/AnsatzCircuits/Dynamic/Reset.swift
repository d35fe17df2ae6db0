/// Sets a qubit to |0⟩, whatever it was.
///
/// A measurement whose result nobody keeps, and X where it was 1: a qubit that was entangled with
/// others leaves them in a mixture.
public struct Reset: CircuitComponent, Hashable {
  /// The qubit set to 0.
  public let qubit: Int
  var modifiers: [RefusedModifier] = []

  /// Sets a qubit to 0.
  public init(_ qubit: Int) { self.qubit = qubit }

  public var operations: [CircuitOperation] { [.reset(self)] }
}
