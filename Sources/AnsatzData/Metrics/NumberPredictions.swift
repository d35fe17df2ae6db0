import AnsatzMath

/// Predicted numbers for each row, beside the true ones.
public struct NumberPredictions: Equatable, Sendable {
  /// The true numbers, `[rows, targets]`; for forecasts a target is a variable at a step ahead.
  public let truth: Tensor<Double>
  /// The predicted numbers, of the same shape.
  public let predicted: Tensor<Double>

  /// From tensors of equal shape, the first axis being rows: `[rows]`, `[rows, targets]` or more axes,
  /// which are targets together.
  ///
  /// - Throws: `AnsatzError` without rows or targets, if shapes differ, or for numbers that are not
  ///   finite.
  public init(truth: Tensor<Double>, predicted: Tensor<Double>) throws {
    guard truth.shape == predicted.shape else {
      throw AnsatzError(
        .badData,
        "true numbers of shape \(truth.shape) and predicted ones of \(predicted.shape); give equal "
          + "shapes")
    }
    guard truth.rank > 0, truth.count > 0 else {
      throw AnsatzError(.badData, "no rows to measure; predictions need one row and target or more")
    }
    for (what, tensor) in [("true", truth), ("predicted", predicted)] {
      if let place = tensor.elements.firstIndex(where: { !$0.isFinite }) {
        throw AnsatzError(
          .badData,
          "row \(place / tensor.rowSize): the \(what) number is \(tensor.elements[place]); metrics need "
            + "finite numbers")
      }
    }
    let shape = [truth.rowCount, truth.rowSize]
    (self.truth, self.predicted) = (truth.reshaped(shape), predicted.reshaped(shape))
  }

  /// One target.
  ///
  /// - Throws: As the other.
  public init(truth: [Double], predicted: [Double]) throws {
    try self.init(
      truth: Tensor(shape: [truth.count], elements: truth),
      predicted: Tensor(shape: [predicted.count], elements: predicted))
  }

  /// How many targets there are.
  public var targetCount: Int { truth.rowSize }

  /// The mean over targets of what `body` makes of each one's true and predicted numbers.
  ///
  /// - Throws: What `body` throws.
  public func meanOverTargets(
    _ body: (_ truth: [Double], _ predicted: [Double]) throws -> Double
  ) rethrows -> Double {
    let (rows, targets) = (truth.rowCount, targetCount)
    let values = try (0..<targets).map { target in
      try body(
        (0..<rows).map { truth[$0, target] }, (0..<rows).map { predicted[$0, target] })
    }
    return values.reduce(0, +) / Double(targets)
  }
}
