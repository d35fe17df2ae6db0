import AnsatzMath
import AnsatzSettings

/// The rate climbs on a straight line from `start` to 1 during `length`, then another schedule
/// takes over, with the time that is left as its whole time.
///
/// - Source: Goyal et al., "Accurate, large minibatch SGD" (2017), section 2.2.
public struct WarmUpSchedule: Schedule {
  public static let name = "warm-up"
  public static let summary = "the rate climbs on a straight line, then another schedule follows"
  public static let settings = [
    Setting("length", \WarmUpSchedule.length, .nonNegative, "how many epochs the rate rises"),
    Setting("start", \WarmUpSchedule.start, .unit, "the factor at the beginning"),
  ]

  /// The time the climb takes.
  public var length: Double
  /// The factor at time 0.
  public var start: Double
  /// What follows the climb.
  public var next: any Schedule

  public init() { self.init(length: 5) }
  /// Takes the values as they are.
  public init(length: Double, start: Double = 0.1, then next: any Schedule = ConstantSchedule()) {
    self.length = length
    self.start = start
    self.next = next
  }

  public func factor(at time: Double, of total: Double) -> Double {
    if time < length { return start + (1 - start) * time / length }
    return next.factor(at: time - length, of: max(0, total - length))
  }

  public var specification: String {
    Specification(Self.name, settingValues.map { "\($0.name)=\($0.value.text)" }).text + "+"
      + next.specification
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let schedule = try ScheduleRegistry.standard.schedule(text) as? WarmUpSchedule else {
      throw AnsatzError(.badData, "'\(text)' is not a warm-up schedule")
    }
    self = schedule
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(specification)
  }
}
