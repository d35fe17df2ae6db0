import AnsatzMath

/// What hybrids, networks and classical baselines share: fit on rows with labels, then predict.
public protocol Classifier: Sendable {
  /// The name in tables and on the command line.
  var name: String { get }
  /// The number of trained numbers: 0 before `fit`.
  var parameterCount: Int { get }

  /// Learns from rows of features; what an earlier fit learnt is forgotten.
  ///
  /// - Parameters:
  ///   - features: Preprocessed features, shape `[rows, features]`.
  ///   - labels: One class index in `0..<classCount` per row.
  ///   - observer: Told of progress, asked whether to stop.
  /// - Throws: `AnsatzError` if the data cannot be learnt from; `CancellationError` if the observer
  ///   was cancelled.
  mutating func fit(
    _ features: Tensor<Double>, labels: [Int], classCount: Int, observer: any FitObserver) throws

  /// The class of each row.
  ///
  /// - Throws: `AnsatzError` before `fit`, or if the number of features differs.
  func predict(_ features: Tensor<Double>) throws -> [Int]

  /// A number for each row that is the higher, the more the row is taken for the second of two
  /// classes: a probability, or a distance from the border.
  ///
  /// - Returns: Nil if there are more than two classes, or the classifier has no such number.
  /// - Throws: As `predict`.
  func secondClassScores(_ features: Tensor<Double>) throws -> [Double]?
}

extension Classifier {
  public func secondClassScores(_ features: Tensor<Double>) throws -> [Double]? { nil }
}

/// Watches a fit and may stop it.
public protocol FitObserver: Sendable {
  /// Called now and then with the fraction done, from 0 to 1.
  func progressed(to fraction: Double)
  /// Asked between steps; a fit that finds it true throws `CancellationError`.
  var isCancelled: Bool { get }
}

/// Reports nothing and stops a fit only when `StopFlag` is raised.
public struct SilentObserver: FitObserver {
  /// The only one there is.
  public init() {}
  public func progressed(to fraction: Double) {}
  public var isCancelled: Bool { StopFlag.isRaised }
}
