import AnsatzMath
import AnsatzSettings

/// The rate falls by a factor at regular times: `factor^⌊time / every⌋`.
public struct StepSchedule: Schedule {
  public static let name = "step"
  public static let summary = "the rate falls by a factor at regular times"
  public static let settings = [
    Setting("every", \StepSchedule.every, .positive, "how many epochs pass between two steps"),
    Setting("factor", \StepSchedule.factor, .positive, "what each step multiplies the rate by"),
  ]

  /// The time between falls.
  public var every: Double
  /// What the rate is multiplied by at each fall.
  public var factor: Double

  public init() { self.init(every: 10) }
  /// Takes the values as they are.
  public init(every: Double, factor: Double = 0.1) {
    self.every = every
    self.factor = factor
  }

  public func factor(at time: Double, of total: Double) -> Double {
    Double.pow(factor, (time / every).rounded(.down))
  }
}
