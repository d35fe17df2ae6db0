import AnsatzMath

/// A noise channel as a record: what the simulators, the checks and the drawings read.
public struct ChannelDefinition: Sendable, Equatable {
  /// The name users write.
  public let name: String
  /// The action in one line.
  public let summary: String
  /// The number of qubits it acts on.
  public let qubitCount: Int
  /// What a diagram shows, before the parameters.
  public let symbol: String
  /// The parameters, in order.
  public let parameters: [ChannelParameter]
  /// The Kraus operators K, `ρ → Σ KρK†`, `[2ᵏ, 2ᵏ]` for k qubits, from the parameters.
  public let krausOperators: @Sendable (_ parameters: [Double]) -> [ComplexMatrix]
  /// What is wrong with the parameters, if anything.
  public let problem: @Sendable (_ parameters: [Double]) -> String?
  /// The matrices that it was made from, which tell channels of one name apart.
  public let data: [ComplexMatrix]

  /// - Parameter problem: What is wrong with as many parameters as there are names.
  public init(
    name: String, summary: String, qubits qubitCount: Int = 1, symbol: String,
    parameters: [ChannelParameter], data: [ComplexMatrix] = [],
    problem: @escaping @Sendable ([Double]) -> String?,
    krausOperators: @escaping @Sendable ([Double]) -> [ComplexMatrix]
  ) {
    self.name = name
    self.summary = summary
    self.qubitCount = qubitCount
    self.symbol = symbol
    self.parameters = parameters
    self.data = data
    self.problem = { values in
      guard values.count == parameters.count else {
        let names = parameters.map(\.name).joined(separator: ", ")
        return "\(values.count) parameters given; \(name) takes \(parameters.count): \(names)"
      }
      return problem(values)
    }
    self.krausOperators = krausOperators
  }

  public static func == (a: ChannelDefinition, b: ChannelDefinition) -> Bool {
    a.name == b.name && a.data == b.data
  }
}

/// A number that a channel depends on, as noise models name it.
public struct ChannelParameter: Sendable, Equatable, ExpressibleByStringLiteral {
  /// The key in noise files.
  public let name: String
  /// What it is where a noise model leaves it out; nil if it must be given.
  public let defaultValue: Double?

  /// A parameter, with the value it has if a noise file leaves it out.
  public init(_ name: String, default defaultValue: Double? = nil) {
    self.name = name
    self.defaultValue = defaultValue
  }

  public init(stringLiteral name: String) { self.init(name) }

  /// What is wrong with a value that is to be a probability or another share of one.
  func problem(ofShare value: Double) -> String? {
    (0...1).contains(value) ? nil : "\(name) \(value) is not in 0...1"
  }
}

extension ChannelDefinition {
  /// The channel as the operations of a circuit.
  func operations(_ parameters: [Double], on qubits: [Int]) -> [CircuitOperation] {
    [.channel(ChannelOperation(self, parameters: parameters, qubits: qubits))]
  }

  /// What is wrong with parameters that are all shares of one, if anything.
  static func shareProblem(
    _ parameters: [ChannelParameter]
  ) -> @Sendable ([Double]) -> String? {
    { values in zip(parameters, values).lazy.compactMap { $0.problem(ofShare: $1) }.first }
  }
}

/// A channel applied to qubits.
public struct ChannelOperation: Hashable, Sendable {
  /// The channel's record.
  public let definition: ChannelDefinition
  /// One value for each of the channel's parameters.
  public let parameters: [Double]
  /// The qubits it acts on, the first the most significant of the operators.
  public let qubits: [Int]
  var modifiers: [RefusedModifier] = []

  /// A channel with its values, on some qubits.
  public init(_ definition: ChannelDefinition, parameters: [Double], qubits: [Int]) {
    self.definition = definition
    self.parameters = parameters
    self.qubits = qubits
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(definition.name)
    hasher.combine(definition.data)
    hasher.combine(parameters)
    hasher.combine(qubits)
  }
}
