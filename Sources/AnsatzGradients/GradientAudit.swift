import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator

/// A cross-check of every gradient method on one circuit at one point, and what in the circuit has no
/// effect.
///
/// All outputs are folded into one with weights by lot, so that a method that is wrong for one of them
/// is wrong for the sum.
public struct GradientAudit: Sendable {
  /// One method beside the reference, which is the first that applies.
  public struct Finding: Sendable {
    /// The method's name.
    public let method: String
    /// What the method promises.
    public let accuracy: GradientAccuracy
    /// The weight or input where it differs most relative to what is allowed.
    public let worst: String?
    /// How far it is off there.
    public let difference: Double
    /// How far it may be off there.
    public let bound: Double
    /// How many circuits it ran.
    public let evaluations: Int
    /// How often it measured; 0 where values are exact.
    public let shots: Int
    /// Why the method does not apply; nil if it does.
    public let refusal: String?

    /// Whether the method gives what the reference gives, or does not apply.
    public var agrees: Bool { refusal != nil || difference <= bound }
  }

  /// One for each method.
  public let findings: [Finding]
  /// Weights whose derivative is 0 wherever it was tried.
  public let idleWeights: [String]
  /// Gates without which every output is the same wherever it was tried, with their numbers among the
  /// circuit's operations.
  public let idleGates: [(operation: Int, text: String)]

  /// Whether every method agrees.
  public var agrees: Bool { findings.allSatisfy(\.agrees) }

  /// The places at which a zero is looked for. Outputs are analytic in their values, so one that is not
  /// zero everywhere is zero at a random place with probability 0.
  private static let trials = 3
  /// What rounding leaves of a zero, and how far exact methods may differ, relative to the outputs.
  private static let (zero, exact) = (1e-12, 1e-10)

  /// - Parameters:
  ///   - methods: What to compare; the first exact one that applies is the reference.
  ///   - seed: Decides the outputs' weights and the places where zeros are looked for.
  /// - Throws: `CircuitError` for observables beyond the qubits, `AnsatzError` for values that do not
  ///   fit or a circuit that no state vector can run.
  public init(
    _ circuit: Circuit, observables: [any Observable], inputs: [Double], weights: [Double],
    methods: [any GradientMethod] = GradientMethods.all, seed: UInt64 = 0
  ) throws {
    let job = try AuditJob(circuit, observables, seed: seed)
    var findings: [Finding] = []
    var reference: CircuitGradient<Double>?
    let names = (circuit.weights + circuit.inputs).flatMap(\.elementNames)
    for method in methods {
      let kind = type(of: method)
      let gradient: CircuitGradient<Double>
      do {
        gradient = try job.gradient(method, inputs: inputs, weights: weights)
      } catch let error as AnsatzError where error.category == .usage && reference != nil {
        findings.append(
          Finding(
            method: kind.name, accuracy: kind.accuracy, worst: nil, difference: 0, bound: 0,
            evaluations: 0, shots: 0, refusal: error.message))
        continue
      }
      let truth = reference ?? gradient
      if reference == nil { reference = gradient }
      let own = gradient.weights + (gradient.inputs?.elements ?? [])
      let other = truth.weights + (truth.inputs?.elements ?? [])
      let values = weights + inputs
      var worst: (place: Int, difference: Double, bound: Double)?
      for place in own.indices {
        // Shots give standard errors for weights alone.
        if gradient.shots > 0, place >= weights.count { continue }
        let difference = abs(own[place] - other[place])
        let bound = try job.bound(
          method, gradient, truth, place: place, value: values[place], all: other)
        if worst.map({ difference / bound > $0.difference / $0.bound }) ?? true {
          worst = (place, difference, bound)
        }
      }
      findings.append(
        Finding(
          method: kind.name, accuracy: kind.accuracy, worst: worst.map { names[$0.place] },
          difference: worst?.difference ?? 0, bound: worst?.bound ?? 0,
          evaluations: gradient.evaluations, shots: gradient.shots, refusal: nil))
    }
    self.findings = findings
    idleWeights = try job.idleWeights(trials: Self.trials, threshold: Self.zero).map { names[$0] }
    idleGates = try job.idleGates(trials: Self.trials, threshold: Self.zero)
  }

  fileprivate static func exactBound(_ scale: Double) -> Double { exact * scale }
}

/// The circuit, its outputs and their weights.
private struct AuditJob {
  let circuit: Circuit
  let program: Program
  let observables: CompiledObservables
  let upstream: [Double]
  /// The sum of all coefficients' sizes: no output and no derivative in a plain angle is larger.
  let scale: Double
  private let seed: UInt64

  init(_ circuit: Circuit, _ list: [any Observable], seed: UInt64) throws {
    self.circuit = circuit
    self.seed = seed
    program = Program(circuit)
    observables = try CompiledObservables(list, qubitCount: circuit.qubitCount)
    var random = RandomStream(seed: seed, stream: "audit outputs")
    upstream = list.map { _ in random.uniform(in: 0.5..<1) * (random.uniform() < 0.5 ? 1 : -1) }
    scale = max(
      1e-300,
      zip(list, upstream).reduce(0) { total, pair in
        total + abs(pair.1) * pair.0.pauliSum.terms.reduce(0) { $0 + abs($1.coefficient) }
      })
  }

  func gradient(
    _ method: any GradientMethod, inputs: [Double], weights: [Double]
  ) throws -> CircuitGradient<Double> {
    let pass = try program.forward(
      observables, inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights)
    return try method.gradient(
      of: pass, upstream: Tensor(shape: [1, upstream.count], elements: upstream),
      request: GradientRequest())
  }

  /// How far a method may be from the truth in one weight or input.
  ///
  /// - exact: 10⁻¹⁰ of the largest derivative or of the outputs' size.
  /// - finite differences: the remainder with the highest frequency Ω of the outputs (by Bernstein's
  ///   inequality a derivative grows by Ω at most), and rounding; 10⁻⁵ where an angle is no multiple
  ///   of the value, and no frequency is the highest.
  /// - sampled: six standard deviations. For SPSA they are exact, and by Hoeffding's inequality a
  ///   right method passes them with probability at most 2e⁻¹⁸ < 4·10⁻⁸ for each value.
  func bound(
    _ method: any GradientMethod, _ gradient: CircuitGradient<Double>,
    _ truth: CircuitGradient<Double>, place: Int, value: Double, all: [Double]
  ) throws -> Double {
    let size = max(scale, all.reduce(0) { max($0, abs($1)) })
    let rounding = GradientAudit.exactBound(size)
    switch type(of: method).accuracy {
    case .exact where gradient.weightErrors == nil: return rounding
    case .approximate:
      guard let difference = method as? FiniteDifference else { return 1e-3 * size }
      return rounding
        + difference.errorBound(
          scale: size, value: value, frequency: highestFrequency(place))
    default:
      let errors = gradient.weightErrors ?? []
      if gradient.shots > 0 { return 6 * (place < errors.count ? errors[place] : 0) + rounding }
      // Inputs are drawn along with the weights; the derivatives of all others are the error.
      let others = all.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let draws = Double(max(1, gradient.evaluations / 2))
      return 6 * others / draws.squareRoot() + 1e-5 * size
    }
  }

  /// The highest frequency of the outputs in a weight or input; nil if it enters an angle other than
  /// as a multiple.
  private func highestFrequency(_ place: Int) -> Double? {
    var total = 0.0
    for instruction in program.instructions {
      guard let occurrence = instruction.occurrence else { continue }
      let angle = program.angles[occurrence]
      let partials =
        place < program.weightCount
        ? angle.weightPartials.filter { $0.weight == place }.map(\.partial)
        : angle.inputPartials.filter { $0.input == place - program.weightCount }.map(\.partial)
      for partial in partials {
        guard let factor = partial.constantValue else { return nil }
        total += abs(factor) * (instruction.frequencies.last ?? 0)
      }
    }
    if place >= program.weightCount, case .amplitudes = program.start { return nil }
    return total
  }

  private func place(_ trial: Int) -> (inputs: [Double], weights: [Double]) {
    var random = RandomStream(seed: seed, stream: "audit place \(trial)")
    let ranges = circuit.drawingRanges
    func draw(_ bundles: [Bundle], from usual: Range<Double>) -> [Double] {
      bundles.flatMap(\.symbols).map { random.uniform(in: ranges[$0] ?? usual) }
    }
    return (draw(circuit.inputs, from: 0.1..<3), draw(circuit.weights, from: 0.1..<6.2))
  }

  func idleWeights(trials: Int, threshold: Double) throws -> [Int] {
    var largest = [Double](repeating: 0, count: circuit.weightCount)
    for trial in 0..<trials {
      let (inputs, weights) = place(trial)
      let gradient = try gradient(Adjoint(), inputs: inputs, weights: weights).weights
      for i in largest.indices { largest[i] = max(largest[i], abs(gradient[i])) }
    }
    return largest.indices.filter { largest[$0] < threshold * scale }
  }

  func idleGates(trials: Int, threshold: Double) throws -> [(operation: Int, text: String)] {
    let places = (0..<trials).map(place)
    func values(_ program: Program) throws -> [Double] {
      try places.flatMap { inputs, weights in
        try program.forward(
          observables, inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights
        ).expectations.elements
      }
    }
    let whole = try values(program)
    return try circuit.operations.indices.compactMap { index in
      guard case .gate(let gate) = circuit.operations[index] else { return nil }
      var rest = circuit.operations
      rest.remove(at: index)
      let others = try values(Program(rest, of: circuit, start: .zero))
      guard zip(whole, others).allSatisfy({ abs($0 - $1) < threshold * scale }) else { return nil }
      let qubits = gate.qubits.map(String.init).joined(separator: ", ")
      return (index, "\(gate.displayName) on \(qubits.isEmpty ? "no qubit" : qubits)")
    }
  }
}
