import AnsatzMath
import AnsatzSettings

/// A rule for the learning rate over time: the rate in use is the base rate times `factor`.
///
/// Time is counted in whatever unit the caller counts; the trainer counts epochs, with fractions
/// for the mini-batches inside one, so a schedule does not depend on the batch size.
public protocol Schedule: Configurable, Codable {
  /// The factor at a time.
  ///
  /// - Parameters:
  ///   - time: From 0; `total` or more only if training goes on beyond its plan.
  ///   - total: The planned length of the training.
  func factor(at time: Double, of total: Double) -> Double

  /// Name and settings as text, such as `step:every=10.0,factor=0.1`; `ScheduleRegistry` reads it.
  var specification: String { get }
}

/// The schedules that can be chosen by name.
public struct ScheduleRegistry: Sendable {
  /// Those that the command line knows.
  public static let standard = ScheduleRegistry([
    ConstantSchedule.self, StepSchedule.self, CosineSchedule.self, WarmUpSchedule.self,
  ])

  /// In the order of listings.
  public let types: [any Schedule.Type]

  /// A registry of these types.
  public init(_ types: [any Schedule.Type]) { self.types = types }

  /// The names of all, in the order of listings.
  public var names: [String] { types.map { $0.name } }

  /// Makes a schedule from text such as `cosine`, `step:every=10,factor=0.5` or, with a warm-up
  /// before it, `warm-up:length=5+cosine`.
  ///
  /// - Throws: `AnsatzError` for an unknown name or hyperparameter (with a suggestion), a value out
  ///   of bounds, or a `+` after anything but a warm-up.
  public func schedule(_ specification: String) throws -> any Schedule {
    let stages = specification.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = Specification(parsing: String(stages[0]))
    let name = parts.name
    let first: any Schedule = try Catalogue("schedule", types) { $0.name }.named(name)
      .init(settings: parts.settings)
    guard stages.count == 2 else { return first }
    guard var warmUp = first as? WarmUpSchedule else {
      throw AnsatzError(
        .usage, "schedule '\(specification)': only warm-up takes another after a '+', not \(name)")
    }
    warmUp.next = try schedule(String(stages[1]))
    return warmUp
  }
}
