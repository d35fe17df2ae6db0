import AnsatzCircuits
import AnsatzMath
import Synchronization

/// Which of the engines runs a circuit.
///
/// All of them compute the same to rounding. `automatic` decides by what is known before anything
/// is computed, so the same request always takes the same way:
///
/// 1. A circuit that no plan can hold (a Fourier transform, or four controls and more) runs by the
///    reference.
/// 2. Two samples or more whose blocks of SIMD lanes are small (64 MiB at most) run as a batch: one
///    block a thread. Anything else runs as single states, each spread over the threads.
/// 3. A plan whose states, with those kept for the way back, take more than half of the memory (in a
///    batch: more than 256 MiB a block) gives way to the reference, which keeps none.
public enum Executor: String, CaseIterable, Sendable {
  /// The plan where it can hold the circuit and its states fit, else the reference.
  case automatic
  /// The plan, or an error if it cannot.
  case plan
  /// Gate by gate, as the circuit is written.
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

  /// - Throws: `AnsatzError` that lists the names.
  public static func named(_ name: String) throws(AnsatzError) -> Executor {
    if let executor = Executor(rawValue: name) { return executor }
    throw AnsatzError(
      .usage, "unknown executor '\(name)'; \(didYouMean(name, in: allCases.map(\.rawValue)))")
  }

  /// The plan to run by, or nil to run by the reference.
  ///
  /// - Parameters:
  ///   - observables: nil to keep the whole state.
  ///   - usesLanes: Whether the evaluations are the lanes of a batch.
  /// - Throws: `AnsatzError` if a plan is asked for and cannot be.
  func plan<S: Scalar>(
    for program: Program, _ observables: CompiledObservables?, usesLanes: Bool,
    precision: S.Type
  ) throws(AnsatzError) -> Plan? {
    guard self != .reference else { return nil }
    let own = program.plan(for: observables, laneBits: usesLanes ? 0 : S.laneBits)
    // States of one or two qubits have no rows beside their lanes, but fit a batch of one.
    let plan = own ?? (self == .plan ? program.plan(for: observables) : nil)
    guard let plan else {
      guard self == .plan else { return nil }
      throw AnsatzError(
        .unavailable,
        "executor 'plan' cannot run this circuit: it holds a gate no plan can (a Fourier transform, "
          + "or four controls and more); use executor 'automatic' or 'reference'")
    }
    if PlanBatch<S>.fits(plan) { return plan }
    guard self == .plan else { return nil }
    throw AnsatzError(
      .unavailable,
      "executor 'plan' would keep \(plan.stages.count + 3) states of \(program.qubitCount) qubits, "
        + "more than half of the memory; use executor 'automatic' or 'reference'")
  }
}
