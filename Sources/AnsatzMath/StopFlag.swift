import Synchronization

/// Asks all long work in this process to stop soon.
///
/// Fits, trainers, minimizers and comparisons look at it between two steps and throw
/// `CancellationError` when it is raised; what they have learnt by then is kept. Circuits that run look
/// at it between samples, and single large states between sweeps over their amplitudes. A notebook
/// raises it when its user interrupts a cell, the command `ansatz` at Ctrl-C. A loop of one's own stops
/// as well if it calls `check()`.
public enum StopFlag {
  private static let flag = Atomic<Bool>(false)

  /// Whether long work should stop.
  public static var isRaised: Bool { flag.load(ordering: .relaxed) }

  /// Asks long work to stop; it stays raised until it is lowered.
  public static func raise() { flag.store(true, ordering: .relaxed) }

  /// Lets new work start.
  public static func lower() { flag.store(false, ordering: .relaxed) }

  /// Returns unless the flag is raised.
  ///
  /// - Throws: `CancellationError` if it is.
  public static func check() throws {
    if isRaised { throw CancellationError() }
  }

  /// The same for code that throws nothing but `AnsatzError`.
  ///
  /// - Throws: `AnsatzError(.interrupted)` if the flag is raised.
  package static func checkRun() throws(AnsatzError) {
    if isRaised { throw AnsatzError(.interrupted, "stopped") }
  }
}

extension Error {
  /// Whether work ended because it was asked to, and not because something is wrong.
  public var isInterruption: Bool {
    self is CancellationError || (self as? AnsatzError)?.category == .interrupted
  }
}
