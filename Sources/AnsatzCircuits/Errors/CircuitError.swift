/// Everything that is wrong with a circuit, in one error.
public struct CircuitError: Error, Equatable, Sendable, CustomStringConvertible {
  /// One thing that is wrong, and where.
  public struct Problem: Equatable, Sendable, CustomStringConvertible {
    /// The position of the operation in the circuit, or nil if the problem is the circuit's.
    public let index: Int?
    /// The operation's name, such as `CNOT`.
    public let name: String?
    /// What is wrong, the value, what is allowed and what to do.
    public let message: String

    /// A problem of the operation at an index, or of the circuit as a whole.
    public init(index: Int? = nil, name: String? = nil, message: String) {
      self.index = index
      self.name = name
      self.message = message
    }

    public var description: String {
      guard let index else { return message }
      return "gate \(index) (\(name ?? "?")): \(message)"
    }
  }

  /// Everything found, in the order of the circuit.
  public let problems: [Problem]

  /// An error that lists these problems.
  public init(_ problems: [Problem]) { self.problems = problems }

  public var description: String {
    "invalid circuit:\n" + problems.map { "  - \($0)" }.joined(separator: "\n")
  }
}
