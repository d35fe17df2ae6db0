import AnsatzCircuits
import AnsatzMath
import AnsatzSettings
import Synchronization

/// Which of the engines runs a circuit.
///
/// All of them compute the same to rounding. `automatic` decides by what is known before anything
/// is computed, so the same request always takes the same way:
///
/// 1. Samples (or several evaluations), whose states are at most 4 MiB for a block of SIMD lanes, 16
///    qubits: the plan, one block of samples a thread, unless a block with the states it keeps takes
///    more than 256 MiB.
/// 2. Else the tiles: one sample after the other, its state spread over the threads.
/// 3. A circuit that neither can hold (a Fourier transform, or a matrix on more than five qubits; one or two
///    qubits alone, which have no rows beside their lanes): the reference. A `StateBuffer` runs Fourier
///    transforms between tiles.
public enum Executor: String, CaseIterable, Sendable {
  /// As the rule above says.
  case automatic
  /// Blocks of samples, or an error if the circuit or its states cannot be.
  case blocks
  /// Single states in tiles that stay in the cache, or an error if the circuit cannot be.
  case tiles
  /// Gate by gate, as the circuit is written but for large Fourier transforms that it spells out.
  case reference

  private static let chosen = Mutex(Executor.automatic)

  /// What runs where a call asks for nothing else; `automatic` at first.
  ///
  /// A property of the process, like its number of threads: it changes how fast results come and
  /// their rounding, nothing else.
  public static var standard: Executor {
    get { chosen.withLock { $0 } }
    set { chosen.withLock { $0 = newValue } }
  }

  /// The executor of a name.
  ///
  /// - Throws: `AnsatzError` that lists the names.
  public static func named(_ name: String) throws(AnsatzError) -> Executor {
    try Catalogue("executor", allCases) { $0.rawValue }.named(name)
  }

  /// What a run goes by.
  enum Way {
    case blocks(BlockCode)
    case tiles(TilePlan)
    case reference
  }

  /// Applies the rule, or what was asked for instead.
  ///
  /// - Parameters:
  ///   - observables: nil to keep the whole state.
  ///   - usesLanes: Whether the evaluations are many and small enough for the lanes of a batch.
  /// - Throws: `AnsatzError` if what was asked for cannot be.
  func way<S: Scalar>(
    of program: Program, _ observables: CompiledObservables?, usesLanes: Bool, precision: S.Type
  ) throws(AnsatzError) -> Way {
    switch self {
    case .automatic:
      if usesLanes, let code = program.blockCode(for: observables), BlockBatch<S>.fits(code) {
        return .blocks(code)
      }
      return program.tilePlan(for: observables, laneBits: S.laneBits).map { .tiles($0) }
        ?? .reference
    case .blocks:
      // Asked before the code is made, which has tables of as many rows.
      guard BlockBatch<S>.fits(qubits: program.qubitCount, stages: 0) else {
        throw tooLarge(program, stages: 0)
      }
      guard let code = program.blockCode(for: observables) else { throw impossible }
      guard BlockBatch<S>.fits(code) else { throw tooLarge(program, stages: code.stages.count) }
      return .blocks(code)
    case .tiles:
      guard let plan = program.tilePlan(for: observables, laneBits: S.laneBits) else {
        throw impossible
      }
      return .tiles(plan)
    case .reference: return .reference
    }
  }

  private func tooLarge(_ program: Program, stages: Int) -> AnsatzError {
    AnsatzError(
      .unavailable,
      "executor 'blocks' keeps at least \(stages + 3) states of \(program.qubitCount) qubits a "
        + "block, which is too much; use executor 'automatic', 'tiles' or 'reference'")
  }

  private var impossible: AnsatzError {
    AnsatzError(
      .unavailable,
      "executor '\(rawValue)' cannot run this circuit: it holds a gate no plan can (a Fourier "
        + "transform, or a matrix on more than five qubits)"
        + "\(self == .tiles ? " or too few qubits" : ""); use "
        + "executor 'automatic' or 'reference'")
  }
}
