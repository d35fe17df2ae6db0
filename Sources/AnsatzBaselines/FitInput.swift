import AnsatzMath

/// Checks what a baseline is given, so that each of them can trust it.
enum FitInput {
  /// - Throws: `AnsatzError` unless there is one label in `0..<classCount` per row and every feature
  ///   is finite.
  static func check(
    _ features: Tensor<Double>, labels: [Int], classCount: Int, for name: String
  ) throws {
    try checkMatrix(features, for: name)
    guard features.rowCount > 0, features.rowSize > 0 else {
      throw AnsatzError(.badData, "\(name) has no rows or no features to learn from")
    }
    guard labels.count == features.rowCount else {
      throw AnsatzError(
        .badData, "\(name) was given \(labels.count) labels for \(features.rowCount) rows")
    }
    if let label = labels.first(where: { !(0..<classCount).contains($0) }) {
      throw AnsatzError(.badData, "\(name) was given label \(label) of \(classCount) classes")
    }
  }

  /// - Throws: `AnsatzError` if fewer than two classes occur.
  static func checkTwoClasses(_ labels: [Int], for name: String) throws {
    guard Set(labels).count > 1 else {
      throw AnsatzError(.badData, "\(name) needs training rows of two classes or more")
    }
  }

  /// - Throws: `AnsatzError` before a fit (`fittedCount` nil), or if the number of features differs.
  static func check(_ features: Tensor<Double>, fittedCount: Int?, for name: String) throws {
    guard let fittedCount else {
      throw AnsatzError(.software, "\(name) cannot predict before it is fitted")
    }
    try checkMatrix(features, for: name)
    guard features.rowSize == fittedCount else {
      throw AnsatzError(
        .badData, "\(name) was fitted to \(fittedCount) features, not \(features.rowSize)")
    }
  }

  private static func checkMatrix(_ features: Tensor<Double>, for name: String) throws {
    guard features.rank == 2 else {
      throw AnsatzError(.badData, "\(name) needs a matrix of features, not shape \(features.shape)")
    }
    guard features.elements.allSatisfy(\.isFinite) else {
      throw AnsatzError(.badData, "\(name) was given a feature that is not finite")
    }
  }
}
