import AnsatzMath
import AnsatzSettings

/// The rate falls along half a cosine: `floor + (1 - floor) (1 + cos(π time / total)) / 2`.
///
/// - Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017),
///   without restarts.
public struct CosineSchedule: Schedule {
  public static let name = "cosine"
  public static let summary = "the rate falls along half a cosine"
  public static let settings = [
    Setting("floor", \CosineSchedule.floor, .unit, "the factor at the end")
  ]

  /// The factor at the end.
  public var floor: Double

  public init() { self.init(floor: 0) }
  /// Takes the values as they are.
  public init(floor: Double) { self.floor = floor }

  public func factor(at time: Double, of total: Double) -> Double {
    guard total > 0 else { return 1 }
    let progress = min(1, max(0, time / total))
    return floor + (1 - floor) * (1 + Double.cos(.pi * progress)) / 2
  }
}
