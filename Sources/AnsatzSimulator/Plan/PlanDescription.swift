import AnsatzCircuits
import AnsatzMath

/// What a plan does and costs, to be read: why a circuit is fast or slow.
public struct PlanDescription: Codable, Equatable, Sendable {
  /// One stage: a diagonal, then rotations.
  public struct Stage: Codable, Equatable, Sendable {
    /// Rotations about words of Z.
    public let diagonalTerms: Int
    /// Independent sets the terms fall into; each is one doubling and one halving.
    public let diagonalGroups: Int
    /// Rotations about the other words.
    public let rotations: Int
    /// Passes over the state for the rotations: up to three at once.
    public let rotationPasses: Int

    /// Takes the values as they are.
    public init(
      diagonalTerms: Int, diagonalGroups: Int, rotations: Int, rotationPasses: Int
    ) {
      self.diagonalTerms = diagonalTerms
      self.diagonalGroups = diagonalGroups
      self.rotations = rotations
      self.rotationPasses = rotationPasses
    }
  }

  /// How many qubits the circuit has.
  public let qubits: Int
  /// How many gates it was written with.
  public let gates: Int
  /// Rotations by Pauli words that the gates are made of, beyond the starting product.
  public let terms: Int
  /// Those that can change an observable.
  public let keptTerms: Int
  /// Gates that are part of the starting product state.
  public let productGates: Int
  /// What is run, in order.
  public let stages: [Stage]
  /// The Pauli words that are measured.
  public let observableWords: Int
  /// What one sample of a batch takes.
  public let batch: Costs
  /// What one single state takes; nil for states too small to have rows beside their lanes.
  public let single: Costs?
  /// Passes over a single state's memory, each of which runs many gates on one tile after the other.
  public let windows: Int?
  /// Bytes of one sample's state in double precision.
  public let stateBytes: Int

  /// The work on the states of one evaluation, forwards alone, and forwards and back.
  public struct Costs: Codable, Equatable, Sendable {
    /// Expectation values alone.
    public let forward: PlanCost
    /// Expectation values and their gradient.
    public let gradient: PlanCost

    /// Takes the values as they are.
    public init(forward: PlanCost, gradient: PlanCost) {
      self.forward = forward
      self.gradient = gradient
    }
  }
}

extension Program {
  /// Why no plan can hold the program: the one reason that is met first; nil if one can.
  public var planObstacle: String? {
    if let obstacle { return "it holds \(obstacle)" }
    guard qubitCount <= Plan.maximumQubitCount else {
      return "it has \(qubitCount) qubits, and plans hold at most \(Plan.maximumQubitCount)"
    }
    var builder = TermBuilder(bitCount: qubitCount, startsFromZero: startsFromZero)
    guard let instruction = instructions.first(where: { !builder.append($0) }) else { return nil }
    let gate =
      circuit.operations.indices.contains(instruction.operation)
      ? circuit.operations[instruction.operation].name : "a gate"
    if case .fourier(let bits, _) = instruction.work {
      return
        "gate \(instruction.operation) (\(gate)) is run as a Fourier transform of \(bits.count) "
        + "qubits"
    }
    return "gate \(instruction.operation) (\(gate)) is a matrix on more qubits than rotations are "
      + "found for"
  }

  /// How this program would run.
  ///
  /// - Parameter observables: nil if the final state itself is wanted.
  /// - Returns: nil if no plan can hold it, so that it runs gate by gate.
  public func planDescription(_ observables: CompiledObservables?) -> PlanDescription? {
    guard obstacle == nil, let plan = Plan(self, observables, hasTables: false) else {
      return nil
    }
    let tiles = tilePlan(for: observables, laneBits: Double.laneBits)
    let words =
      plan.readout.groups.reduce(plan.readout.general.count) { $0 + $1.words.count }
    return PlanDescription(
      qubits: qubitCount, gates: circuit.operations.count, terms: plan.termCounts.all,
      keptTerms: plan.termCounts.kept,
      productGates: plan.product?.reduce(0) { $0 + $1.count } ?? 0,
      stages: plan.stages.map { stage in
        PlanDescription.Stage(
          diagonalTerms: stage.diagonal?.allAngles.count ?? 0,
          diagonalGroups: stage.diagonal?.groups.count ?? 0,
          rotations: stage.rotations.reduce(0) { $0 + $1.angles.count },
          rotationPasses: stage.rotations.count)
      },
      observableWords: words, batch: plan.costs(measures: observables != nil),
      single: tiles?.costs(measures: observables != nil), windows: tiles?.windows.count,
      stateBytes: 16 << qubitCount)
  }
}
