import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzSimulator

/// A circuit as a layer: its inputs are the layer's inputs, its weights are trained with all
/// others, its outputs are expectation values.
///
/// `[…, circuit.inputCount] → […, observables]`. The forward pass runs all rows as one batch, the
/// backward pass is the layer's gradient method, so quantum and classical weights reach the same
/// optimizer in one update. Parameter: `weights` of shape `[circuit.weightCount]`, which is not
/// penalised, since the size of an angle means nothing. How the circuit is read, exactly or with
/// noise and shots, is a property of the pass.
public struct QuantumLayer: Layer {
  /// What is run.
  public let circuit: Circuit
  /// One output each.
  public let observables: [PauliSum]
  /// How the weights start.
  public let initialAngles: AngleInitializer
  /// How the weights of some bundles start instead, by the bundle's name.
  public let initial: [String: Initializer]
  /// How the backward pass differentiates the circuit.
  public let gradientMethod: any GradientMethod
  private let program: Program
  private let compiled: CompiledObservables
  private let cache = MeasuredCircuitCache()

  /// - Parameters:
  ///   - observables: One output each.
  ///   - initialAngles: How the weights start.
  ///   - initial: How those of some bundles start instead: `["θ": .normal(0.1)]`. What draws by the
  ///     numbers of inputs and outputs is given those of the layer.
  ///   - gradientMethod: How the backward pass differentiates the circuit.
  /// - Throws: `CircuitError` if an observable names a qubit the circuit does not have;
  ///   `AnsatzError` if `initial` names a bundle it does not have.
  public init(
    _ circuit: Circuit, measuring observables: [any Observable],
    initialAngles: AngleInitializer = .uniform, initial: [String: Initializer] = [:],
    gradientMethod: any GradientMethod = Adjoint()
  ) throws {
    let bundles = circuit.weights.map(\.name)
    if let name = initial.keys.sorted().first(where: { !bundles.contains($0) }) {
      throw AnsatzError(
        .usage,
        "the circuit has no weights '\(name)' to start; "
          + (bundles.isEmpty ? "it has none" : didYouMean(name, in: bundles)))
    }
    self.circuit = circuit
    self.initial = initial
    self.observables = observables.map(\.pauliSum)
    self.initialAngles = initialAngles
    self.gradientMethod = gradientMethod
    compiled = try CompiledObservables(observables, qubitCount: circuit.qubitCount)
    program = Program(circuit)
  }

  /// Measures each of the observables given.
  public init(_ circuit: Circuit, measuring observables: any Observable...) throws {
    try self.init(circuit, measuring: observables)
  }

  public var name: String { "quantum" }
  public var quantumLayer: QuantumLayer? { self }

  public func outputShape(of input: Shape) throws -> Shape {
    guard circuit.inputCount > 0 else {
      throw AnsatzError(
        .usage,
        "the quantum layer's circuit reads no inputs, so it cannot follow other layers; "
          + "embed an Inputs bundle in it")
    }
    guard !observables.isEmpty else {
      throw AnsatzError(
        .usage, "the quantum layer measures nothing; give it at least one observable")
    }
    guard input.width == circuit.inputCount else {
      throw ShapeError(wanted: "\(circuit.inputCount) inputs")
    }
    return input.replacingWidth(observables.count)
  }

  public func makeParameters(
    for input: Shape, using random: inout RandomStream
  ) throws -> [Parameter] {
    guard circuit.weightCount > 0 else { return [] }
    // Bundle after bundle, as the weights are ordered.
    let values = circuit.weights.flatMap { bundle -> [Double] in
      guard let own = initial[bundle.name] else {
        return (0..<bundle.count).map { _ in initialAngles.draw(using: &random) }
      }
      return own.tensor(
        shape: [bundle.count], inputs: max(1, circuit.inputCount), outputs: observables.count,
        using: &random
      ).elements
    }
    return [
      Parameter(
        "weights", Tensor(shape: [circuit.weightCount], elements: values), isPenalized: false)
    ]
  }

  /// A classical layer of the same inputs and outputs with as many trainable numbers.
  public var classicalTwin: ClassicalTwin {
    ClassicalTwin(of: circuit, outputs: observables.count)
  }

  /// How the circuit is read in a way of measuring; made once for each way.
  func measured(_ measurement: Measurement) throws -> MeasuredCircuit {
    try cache.circuit(for: measurement) {
      try MeasuredCircuit(
        circuit, program: program, observables: observables, method: gradientMethod,
        measurement: measurement)
    }
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    let tape = pass.tape
    return try tape.alongLastAxis(input) { rows in
      guard pass.context.measurement.isExact else {
        return try measured(pass.context.measurement).forward(
          rows, weights: parameters.own, in: &pass)
      }
      let parents = [rows] + parameters.own
      let run = try program.forward(
        compiled, inputs: rows.value, weights: parents.dropFirst().first?.value.elements ?? [],
        keepStates: parents.contains(where: \.requiresGradient))
      let (method, counter) = (gradientMethod, pass.context.circuitEvaluations)
      counter?.add(rows.value.rowCount)
      return tape.record(run.expectations, parents: parents) { upstream, needed in
        let request = GradientRequest(weights: needed.dropFirst().contains(true), inputs: needed[0])
        let gradient = try method.gradient(of: run, upstream: upstream, request: request)
        counter?.add(gradient.evaluations)
        return gradient.tensors(parents: parents.count, weightsNeeded: request.weights)
      }
    }
  }

  public static var examples: [LayerExample] {
    let x = Inputs("x", 2)
    let circuits = [
      try? Circuit(qubits: 2) {
        AngleEmbedding(x, on: 0..<2)
        StronglyEntangling(layers: 1, on: 0..<2)
      },
      try? Circuit(qubits: 1) {
        RY(x[0], on: 0)
        RX(x[1], on: 0)
      },
    ]
    let layers = circuits.compactMap { circuit in
      circuit.flatMap { try? QuantumLayer($0, measuring: 0.5 * Z(0) + 0.3 * X(0), X(0)) }
    }
    return layers.flatMap { [LayerExample($0, [2]), LayerExample($0, [3, 2])] }
  }
}

extension CircuitGradient {
  /// The gradients of a circuit's inputs and weights as a tape wants them: inputs first.
  func tensors(parents: Int, weightsNeeded: Bool) -> [Tensor<S>?] {
    [inputs]
      + (1..<parents).map { _ in
        weightsNeeded ? Tensor(shape: [weights.count], elements: weights) : nil
      }
  }
}

/// How the angles of a circuit start.
public enum AngleInitializer: Sendable, Equatable {
  /// Uniform in [0, 2π).
  case uniform
  /// Normal with mean 0; small deviations start near the identity.
  case normal(deviation: Double)

  func draw(using random: inout RandomStream) -> Double {
    switch self {
    case .uniform: random.uniform(in: 0..<2 * .pi)
    case .normal(let deviation): deviation * random.normal()
    }
  }
}
