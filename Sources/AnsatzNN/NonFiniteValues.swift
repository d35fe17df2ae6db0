import AnsatzMath

/// Numbers between two layers that are infinite or no numbers, where the next layer needs others.
public struct NonFiniteValues: Error, CustomStringConvertible {
  /// Which layer gave them, as in `layer 1 (dense)`.
  public let layer: String
  /// The first of them.
  public let value: Double

  public var description: String {
    "the output of \(layer) is \(value.isNaN ? "nan" : "\(value)"); the weights or the features are "
      + "too large for it"
  }
}

/// The place of the first element that is infinite or no number; nil if all are finite.
@_specialize(where S == Double)
@_specialize(where S == Float)
func firstNonFinite<S: Scalar>(_ values: [S]) -> Int? {
  // Without an early exit the loop runs several numbers at a time.
  var allFinite = true
  for value in values { allFinite = allFinite && value.magnitude <= .greatestFiniteMagnitude }
  return allFinite ? nil : values.firstIndex { !$0.isFinite }
}

extension Tensor {
  /// Finds out whether every number is finite.
  ///
  /// - Throws: `AnsatzError(.badData)` naming the first row with a number that is not finite.
  public func requireFiniteRows() throws(AnsatzError) {
    guard let place = firstNonFinite(elements) else { return }
    throw AnsatzError(
      .badData,
      "row \(place / max(1, rowSize) + 1) has no finite prediction: the model's numbers overflow; "
        + "check the row for values far outside those of training, and scale the features")
  }
}
