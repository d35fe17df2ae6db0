import AnsatzMath
import Numerics

/// A gate as a record: what every simulator kernel, gradient rule, drawing, format and test reads.
public struct GateDefinition: Sendable {
  /// The name users write.
  public let name: String
  /// The action in one line, with its sign.
  public let summary: String
  /// How many of its qubits are controls of its own; they come first.
  public let controlCount: Int
  /// The number of targets, or nil for a gate on any number of qubits.
  public let targetCount: Int?
  /// The parameters' names, in order.
  public let parameterNames: [String]
  /// What a diagram shows on each target.
  public let symbol: String
  /// What the simulator runs.
  public let structure: GateStructure
  /// The unitary of the target part, `[2ᵏ, 2ᵏ]` for k targets, the first target most significant;
  /// from the angles in radians and k.
  public let matrix: @Sendable (_ angles: [Double], _ targets: Int) -> ComplexMatrix
  /// How it is undone.
  public let inverse: Inverse
  /// What tells gates of one name apart.
  public let data: GateData
  /// What is wrong with the data, if anything; a circuit that holds the gate is refused with it.
  public let problem: String?

  /// A gate's record; a controlled gate is declared from its target part instead.
  public init(
    name: String, summary: String, controls controlCount: Int = 0, targets targetCount: Int? = 1,
    parameters parameterNames: [String] = [], symbol: String? = nil, structure: GateStructure,
    inverse: Inverse, data: GateData = .none, problem: String? = nil,
    matrix: @escaping @Sendable ([Double], Int) -> ComplexMatrix
  ) {
    self.name = name
    self.summary = summary
    self.controlCount = controlCount
    self.targetCount = targetCount
    self.parameterNames = parameterNames
    self.symbol = symbol ?? name
    self.structure = structure
    self.matrix = matrix
    self.inverse = inverse
    self.data = data
    self.problem = problem
  }

  /// How a gate is undone.
  public enum Inverse: Sendable {
    /// The gate is its own inverse.
    case itself
    /// The same gate with the other signs.
    case negatedAngles
    /// Another gate, with angles from these.
    case gate(@Sendable (_ angles: [Angle]) -> (gate: GateDefinition, angles: [Angle]))
  }

  /// The gate with one more control for each built-in one.
  ///
  /// A controlled gate is its target part plus a number of controls, so it is declared from it.
  public init(
    name: String, summary: String, controls: Int, of base: GateDefinition, inverse: Inverse
  ) {
    self.init(
      name: name, summary: summary, controls: controls, targets: base.targetCount,
      parameters: base.parameterNames, symbol: base.symbol, structure: base.structure,
      inverse: inverse, data: base.data, problem: base.problem, matrix: base.matrix)
  }

  /// The gate that undoes this one, and its angles.
  public func inverse(of angles: [Angle]) -> (gate: GateDefinition, angles: [Angle]) {
    switch inverse {
    case .itself: (self, angles)
    case .negatedAngles: (self, angles.map { -$0 })
    case .gate(let rule): rule(angles)
    }
  }

  /// The whole unitary with the built-in controls: the identity wherever a control is 0.
  public func controlledMatrix(angles: [Double], targets: Int) -> ComplexMatrix {
    let inner = matrix(angles, targets)
    let order = inner.rows << controlCount
    var full = ComplexMatrix.identity(order)
    let offset = order - inner.rows
    for i in 0..<inner.rows {
      for j in 0..<inner.rows { full[offset + i, offset + j] = inner[i, j] }
    }
    return full
  }
}

/// Numbers that a gate was made from, beyond its angles: they are part of what it is.
public enum GateData: Hashable, Sendable {
  /// The name says it all.
  case none
  /// One letter a target.
  case word([Pauli])
  /// A unitary, the first target most significant.
  case matrix(ComplexMatrix)
  /// The angle in radians of each entry of a diagonal.
  case phases([Double])
}

extension GateDefinition: Hashable {
  public static func == (a: GateDefinition, b: GateDefinition) -> Bool {
    a.name == b.name && a.data == b.data
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(data)
  }
}

/// A gate in the DSL: a value that names its definition, angles and qubits.
public protocol Gate: CircuitComponent {
  /// The gate's record.
  static var definition: GateDefinition { get }
  /// One for each of the gate's parameters; none unless it has some.
  var angles: [Angle] { get }
  /// Controls first, then targets.
  var qubits: [Int] { get }
}

extension Gate {
  /// One for each of the gate's parameters; none unless it has some.
  public var angles: [Angle] { [] }
  public var operations: [CircuitOperation] {
    [.gate(GateOperation(Self.definition, angles: angles, qubits: qubits))]
  }
}
