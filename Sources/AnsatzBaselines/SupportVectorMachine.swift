import AnsatzData
import AnsatzMath
import CSVM
import Numerics

/// A support vector machine with the kernel `exp(-γ‖x - y‖²)`, trained by libsvm.
///
/// More than two classes are decided by votes of all pairs of classes, the smallest class among
/// equals. The support vectors are copied out of libsvm's model, so a fitted machine is a plain
/// value.
///
/// - Source: Chang and Lin, LIBSVM: a library for support vector machines (2011).
public struct SupportVectorMachine: Classifier {
  public let name = "svm"
  /// `C`: the price of a training row on the wrong side of its margin.
  public let cost: Double
  /// `γ`; nil stands for `1 / (features · variance)`, with the variance of all numbers of the training
  /// rows: 1 if they are standardized, less if many are categories.
  public let gamma: Double?
  private(set) var machine: FittedMachine?

  /// Multiplications of one kernel matrix from which on a fit can be abandoned.
  private static var largestDirectWork: Int { 1 << 26 }

  /// - Throws: `AnsatzError` unless both numbers are positive and finite.
  public init(cost: Double, gamma: Double? = nil) throws {
    for (label, value) in [("C", cost), ("gamma", gamma ?? 1)] {
      guard value > 0, value.isFinite else {
        throw AnsatzError(.usage, "svm needs a positive \(label), not \(value)")
      }
    }
    (self.cost, self.gamma) = (cost, gamma)
  }

  /// `C = 1` and `γ = 1 / (features · variance)`.
  public init() {
    (cost, gamma) = (1, nil)
  }

  /// The coefficients of the support vectors, `classes - 1` for each, and one offset per pair.
  public var parameterCount: Int {
    machine.map { $0.coefficients.count + $0.offsets.count } ?? 0
  }

  public mutating func fit(
    _ features: Tensor<Double>, labels: [Int], classCount: Int, observer: any FitObserver
  ) throws {
    try FitInput.check(features, labels: labels, classCount: classCount, for: name)
    try FitInput.checkTwoClasses(labels, for: name)
    if observer.isCancelled { throw CancellationError() }
    let (cost, gamma) = (cost, gamma ?? Self.gamma(for: features))
    let train: @Sendable () throws -> FittedMachine = {
      try FittedMachine.train(features, labels: labels, cost: cost, gamma: gamma)
    }
    // What takes a fraction of a second at most is not worth a thread.
    let isSmall = features.count < Self.largestDirectWork / features.rowCount
    machine = try isSmall ? train() : abandonable(observer, train)
    observer.progressed(to: 1)
  }

  private static func gamma(for features: Tensor<Double>) -> Double {
    let count = Double(features.elements.count)
    let mean = features.elements.reduce(0, +) / count
    let variance = features.elements.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let gamma = 1 / (Double(features.rowSize) * variance)
    return gamma.isFinite && gamma > 0 ? gamma : 1 / Double(features.rowSize)
  }

  public func predict(_ features: Tensor<Double>) throws -> [Int] {
    try FitInput.check(features, fittedCount: machine?.vectors.rowSize, for: name)
    guard let machine else { return [] }
    return try (0..<features.rowCount).map { row in
      try StopFlag.check()
      return machine.predict(features.row(row))
    }
  }

  /// The decision value: the distance from the border in units of the margin.
  public func secondClassScores(_ features: Tensor<Double>) throws -> [Double]? {
    try FitInput.check(features, fittedCount: machine?.vectors.rowSize, for: name)
    guard let machine, machine.classes == [0, 1] else { return nil }
    // Positive values are for the first class.
    return (0..<features.rowCount).map { -machine.decisions(features.row($0))[0] }
  }
}
