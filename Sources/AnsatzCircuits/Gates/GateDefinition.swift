import AnsatzMath
import Numerics

/// What the simulator needs to know of a gate's target part: kernels follow structure, not names.
public indirect enum GateStructure: Sendable {
  /// exp(-iθP/2) for a Pauli word P, one letter a target; θ is the gate's one parameter.
  case pauliRotation([Pauli])
  /// diag(1, e^{iφ}) on the one target; φ is the gate's one parameter.
  case phase
  /// diag(1, e^{iφ}) with φ a constant.
  case constantPhase(Double)
  /// X on the one target.
  case flip
  /// Exchanges the two targets.
  case swap
  /// A constant unitary: the gate's matrix.
  case constant
  /// Factors, the first acting first.
  case product([Factor])
  /// The quantum Fourier transform over the targets, the first most significant, or its inverse.
  case fourier(inverse: Bool)

  /// One factor of a product: a gate without controls on some targets and parameters of the whole.
  public struct Factor: Sendable {
    public let gate: GateDefinition
    public let parameters: [Int]
    public let targets: [Int]

    public init(_ gate: GateDefinition, parameters: [Int], targets: [Int]) {
      self.gate = gate
      self.parameters = parameters
      self.targets = targets
    }
  }
}

/// A gate as a record: what every simulator kernel, gradient rule, drawing, format and test reads.
public struct GateDefinition: Sendable {
  /// The name users write.
  public let name: String
  /// The action in one line, with its sign.
  public let summary: String
  public let controlCount: Int
  /// The number of targets, or nil for a gate on any number of qubits.
  public let targetCount: Int?
  /// The parameters' names, in order.
  public let parameterNames: [String]
  /// What a diagram shows on each target.
  public let symbol: String
  public let structure: GateStructure
  /// The unitary of the target part, `[2ᵏ, 2ᵏ]` for k targets, the first target most significant;
  /// from the angles in radians and k.
  public let matrix: @Sendable (_ angles: [Double], _ targets: Int) -> ComplexMatrix
  public let inverse: Inverse

  public init(
    name: String, summary: String, controls controlCount: Int = 0, targets targetCount: Int? = 1,
    parameters parameterNames: [String] = [], symbol: String? = nil, structure: GateStructure,
    inverse: Inverse, matrix: @escaping @Sendable ([Double], Int) -> ComplexMatrix
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
  }

  /// How a gate is undone.
  public enum Inverse: Sendable {
    case itself
    case negatedAngles
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
      inverse: inverse, matrix: base.matrix)
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

extension GateDefinition {
  /// The Hermitian G of a one-parameter gate's target part, `U(θ) = exp(-iθG)`; nil for gates with
  /// no parameter or several.
  public func generator(targets: Int) -> ComplexMatrix? {
    switch structure {
    case .pauliRotation(let word):
      Complex(0.5)
        * word.map { pauli in
          switch pauli {
          case .x: ComplexMatrix([[0, 1], [1, 0]])
          case .y: ComplexMatrix([[0, -.i], [.i, 0]])
          case .z: ComplexMatrix.diagonal([1, -1])
          }
        }.reduce(ComplexMatrix.identity(1)) { $0.kronecker($1) }
    case .phase: ComplexMatrix.diagonal([0, -1])
    default: nil
    }
  }
}

extension GateDefinition: Equatable {
  public static func == (a: GateDefinition, b: GateDefinition) -> Bool { a.name == b.name }
}

/// A gate in the DSL: a value that names its definition, angles and qubits.
public protocol Gate: CircuitComponent {
  static var definition: GateDefinition { get }
  var angles: [Angle] { get }
  /// Controls first, then targets.
  var qubits: [Int] { get }
}

extension Gate {
  public var angles: [Angle] { [] }
  public var operations: [CircuitOperation] {
    [.gate(GateOperation(Self.definition, angles: angles, qubits: qubits))]
  }
}
