import AnsatzCircuits
import AnsatzMath

/// What a plan does and costs, to be read: why a circuit is fast or slow.
public struct PlanDescription: Codable, Equatable, Sendable {
  /// One stage: a diagonal, then rotations.
  public struct Stage: Codable, Equatable, Sendable {
    public let diagonalTerms: Int
    /// Independent sets the terms fall into; each is one doubling and one halving.
    public let diagonalGroups: Int
    public let rotations: Int
    /// Passes over the state for the rotations: up to three at once.
    public let rotationPasses: Int

    public init(
      diagonalTerms: Int, diagonalGroups: Int, rotations: Int, rotationPasses: Int
    ) {
      self.diagonalTerms = diagonalTerms
      self.diagonalGroups = diagonalGroups
      self.rotations = rotations
      self.rotationPasses = rotationPasses
    }
  }

  public let qubits: Int
  public let gates: Int
  /// Rotations by Pauli words that the gates are made of, beyond the starting product.
  public let terms: Int
  /// Those that can change an observable.
  public let keptTerms: Int
  /// Gates that are part of the starting product state.
  public let productGates: Int
  public let stages: [Stage]
  public let observableWords: Int
  /// Real multiply-adds for each amplitude, forwards, and forwards and back.
  public let forwardOperations: Double
  public let gradientOperations: Double
  /// Bytes of one sample's state in double precision.
  public let stateBytes: Int
}

extension Program {
  /// How a batch of this program would run.
  ///
  /// - Returns: nil if no plan can hold it, so that it runs gate by gate.
  public func planDescription(_ observables: CompiledObservables) -> PlanDescription? {
    guard let plan = plan(for: observables) else { return nil }
    let words =
      plan.readout.groups.reduce(plan.readout.general.count) { $0 + $1.words.count }
    let stages = plan.stages.map { stage in
      PlanDescription.Stage(
        diagonalTerms: stage.diagonal?.allAngles.count ?? 0,
        diagonalGroups: stage.diagonal?.groups.count ?? 0,
        rotations: stage.rotations.reduce(stage.words.count) { $0 + $1.angles.count },
        rotationPasses: stage.rotations.count + stage.words.count)
    }
    // A diagonal is a complex product; a lift two multiply-adds for each amplitude. Backwards the bra
    // alone is carried, and each gradient reads ket and bra once.
    let forward = stages.reduce(plan.product == nil ? 0.0 : 4) {
      $0 + ($1.diagonalTerms > 0 ? 4 : 0) + 2 * Double($1.rotations)
    }
    let back = stages.reduce(plan.product == nil ? 0.0 : 20) {
      $0 + ($1.diagonalTerms > 0 ? 6 + 2 * Double($1.diagonalGroups) : 0)
        + 4 * Double($1.rotations)
    }
    let readout = 4.0 + 4 * Double(plan.readout.general.count)
    return PlanDescription(
      qubits: qubitCount, gates: circuit.operations.count, terms: plan.termCounts.all,
      keptTerms: plan.termCounts.kept,
      productGates: plan.product?.reduce(0) { $0 + $1.count } ?? 0, stages: stages,
      observableWords: words, forwardOperations: forward + readout,
      gradientOperations: forward + back + 2 * readout,
      stateBytes: 16 << qubitCount)
  }
}
