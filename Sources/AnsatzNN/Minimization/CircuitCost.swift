import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzOptimizers
import AnsatzSimulator

/// The expectation value of an observable as a cost of the circuit's weights.
public struct CircuitCost: Objective {
  /// The circuit whose weights are sought.
  public let circuit: Circuit
  private let program: Program
  private let observables: CompiledObservables
  private let inputs: Tensor<Double>
  private let method: any GradientMethod
  private let form: MetricForm

  /// - Parameters:
  ///   - inputs: The values of the circuit's inputs.
  ///   - method: How gradients are computed.
  ///   - metric: Which entries of the metric tensor `qng` gets.
  /// - Throws: `CircuitError` for an observable beyond the qubits.
  public init(
    _ circuit: Circuit, minimizing observable: any Observable, inputs: [Double] = [],
    method: any GradientMethod = Adjoint(), metric form: MetricForm = .full
  ) throws {
    self.circuit = circuit
    program = Program(circuit)
    observables = try CompiledObservables([observable], qubitCount: circuit.qubitCount)
    self.inputs = Tensor(shape: [1, inputs.count], elements: inputs)
    self.method = method
    self.form = form
  }

  public var dimension: Int { circuit.weightCount }

  public func value(at point: [Double]) throws -> Double {
    try program.forward(observables, inputs: inputs, weights: point).expectations.elements[0]
  }

  public func gradient(at point: [Double]) throws -> (value: Double, gradient: [Double]) {
    let pass = try program.forward(observables, inputs: inputs, weights: point, keepStates: true)
    let value = pass.expectations.elements[0]
    let gradient = try method.gradient(
      of: pass, upstream: Tensor(repeating: 1, shape: [1, 1]),
      request: GradientRequest(weights: true, inputs: false))
    return (value, gradient.weights)
  }

  public func metric(at point: [Double]) throws -> Tensor<Double> {
    try CircuitPoint(program, inputs: inputs, weights: point).metricTensor(form)
  }

  public func fidelity(_ a: [Double], _ b: [Double]) throws -> Double {
    let other = CircuitPoint(program, inputs: inputs, weights: b)
    return try CircuitPoint(program, inputs: inputs, weights: a).values(of: .overlap(with: other))[
      0]
  }

  public func frequencies(of weight: Int) throws -> [Double] {
    try program.frequencies(ofWeight: weight)
  }
}

/// A circuit whose gates can turn about other axes: a cost for `Rotoselect`.
///
/// ```swift
/// let cost = try StructureCost(qubits: 2, gates: 4, minimizing: energy) { axes, w in
///   for q in 0..<2 { PauliRotation(w[q], axes[q].rawValue, on: [q]) }
///   CZ(0, 1)
///   for q in 0..<2 { PauliRotation(w[2 + q], axes[2 + q].rawValue, on: [q]) }
/// }
/// ```
public struct StructureCost: Objective {
  private let observable: PauliSum
  private let gateCount: Int
  private let build: (_ axes: [Pauli]) throws -> Circuit

  /// - Parameters:
  ///   - gates: How many rotations there are, each with a weight of its own.
  ///   - body: The circuit for some axes and the weights; weight k must be the angle of the one gate
  ///     that turns about axis k.
  /// - Throws: `CircuitError` for a circuit that cannot be, `AnsatzError` if a weight is no angle of a
  ///   single rotation.
  public init(
    qubits: Int, gates: Int, minimizing observable: any Observable,
    @CircuitBuilder body:
      @escaping (_ axes: [Pauli], _ weights: Weights) throws
      -> [CircuitOperation]
  ) throws {
    self.observable = observable.pauliSum
    gateCount = gates
    build = { axes in
      try Circuit(qubits: qubits, operations: body(axes, Weights("w", gates)))
    }
    let circuit = try build([Pauli](repeating: .x, count: gates))
    let program = Program(circuit)
    guard circuit.weightCount == gates else {
      throw AnsatzError(
        .usage,
        "the circuit uses \(circuit.weightCount) weights, not one for each of \(gates) gates")
    }
    for weight in 0..<gates where try program.frequencies(ofWeight: weight) != [1] {
      throw AnsatzError(
        .usage, "weight \(weight) is not the angle of one rotation, which rotoselect needs")
    }
  }

  /// The circuit for the axes that a minimizer chose.
  public func circuit(axes: [Int]) throws -> Circuit { try build(axes.map { Pauli.allCases[$0] }) }

  public var dimension: Int { gateCount }
  public var axisCount: Int { Pauli.allCases.count }

  public func value(at point: [Double]) throws -> Double {
    try value(at: point, axes: [Int](repeating: 0, count: gateCount))
  }

  public func value(at point: [Double], axes: [Int]) throws -> Double {
    try circuit(axes: axes).expectation(of: observable, weights: point)
  }

  public func frequencies(of weight: Int) throws -> [Double] { [1] }
}

extension Circuit {
  /// The weights of the least expectation value, found from some weights on.
  ///
  /// ```swift
  /// let result = try circuit.minimize(energy, from: start, with: "qng")
  /// ```
  ///
  /// - Parameter minimizer: A name with settings, such as `rotosolve`, `adam:beta1=0.8` or `lbfgs`.
  /// - Throws: `CircuitError` for an observable beyond the qubits, `AnsatzError` for an unknown name
  ///   or a minimizer that does not suit the circuit.
  public func minimize(
    _ observable: any Observable, from weights: [Double], inputs: [Double] = [],
    with minimizer: String = "lbfgs", options: MinimizationOptions = MinimizationOptions()
  ) throws -> MinimizationResult {
    let cost = try CircuitCost(self, minimizing: observable, inputs: inputs)
    return try MinimizerRegistry.standard.minimizer(minimizer).minimize(
      cost, from: weights, options: options
    ) { _, _ in true }
  }
}
