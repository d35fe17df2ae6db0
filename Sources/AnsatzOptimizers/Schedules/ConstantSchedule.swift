/// The base learning rate throughout.
public struct ConstantSchedule: Schedule {
  public static let name = "constant"
  public static let summary = "the base learning rate throughout"

  public init() {}

  public func factor(at time: Double, of total: Double) -> Double { 1 }
}
