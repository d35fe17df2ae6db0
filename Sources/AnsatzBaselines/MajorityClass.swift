import AnsatzData
import AnsatzMath

/// Predicts the most frequent class of the training rows, the smallest among equals.
public struct MajorityClass: Classifier {
  public let name = "majority-class"
  private var majority: (label: Int, featureCount: Int)?

  /// Not yet fitted.
  public init() {}

  /// 1 after a fit: the class.
  public var parameterCount: Int { majority == nil ? 0 : 1 }

  public mutating func fit(
    _ features: Tensor<Double>, labels: [Int], classCount: Int, observer: any FitObserver
  ) throws {
    try FitInput.check(features, labels: labels, classCount: classCount, for: name)
    var counts = [Int](repeating: 0, count: classCount)
    for label in labels { counts[label] += 1 }
    let largest = counts.max() ?? 0
    majority = (counts.firstIndex(of: largest) ?? 0, features.rowSize)
    observer.progressed(to: 1)
  }

  public func predict(_ features: Tensor<Double>) throws -> [Int] {
    try FitInput.check(features, fittedCount: majority?.featureCount, for: name)
    return [Int](repeating: majority?.label ?? 0, count: features.rowCount)
  }
}
