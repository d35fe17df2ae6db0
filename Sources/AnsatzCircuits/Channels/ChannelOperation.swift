import AnsatzMath

/// A noise channel as a record: what the density-matrix simulator, the checks and the drawings read.
public struct ChannelDefinition: Sendable, Equatable {
  /// The name users write.
  public let name: String
  /// The action in one line.
  public let summary: String
  /// The number of qubits it acts on.
  public let qubitCount: Int
  /// What a diagram shows, before the parameters.
  public let symbol: String
  /// The Kraus operators K, `ρ → Σ KρK†`, `[2ᵏ, 2ᵏ]` for k qubits, from the parameters.
  public let krausOperators: @Sendable (_ parameters: [Double]) -> [ComplexMatrix]
  /// What is wrong with the parameters, if anything.
  public let problem: @Sendable (_ parameters: [Double]) -> String?

  public init(
    name: String, summary: String, qubits qubitCount: Int = 1, symbol: String,
    problem: @escaping @Sendable ([Double]) -> String?,
    krausOperators: @escaping @Sendable ([Double]) -> [ComplexMatrix]
  ) {
    self.name = name
    self.summary = summary
    self.qubitCount = qubitCount
    self.symbol = symbol
    self.problem = problem
    self.krausOperators = krausOperators
  }

  public static func == (a: ChannelDefinition, b: ChannelDefinition) -> Bool { a.name == b.name }
}

/// A channel applied to qubits.
public struct ChannelOperation: Hashable, Sendable {
  public let definition: ChannelDefinition
  public let parameters: [Double]
  public let qubits: [Int]
  var modifiers: [RefusedModifier] = []

  public init(_ definition: ChannelDefinition, parameters: [Double], qubits: [Int]) {
    self.definition = definition
    self.parameters = parameters
    self.qubits = qubits
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(definition.name)
    hasher.combine(parameters)
    hasher.combine(qubits)
  }
}
