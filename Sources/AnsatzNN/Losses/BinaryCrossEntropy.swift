import AnsatzMath

/// The mean of `-t log σ(z) - (1 - t) log(1 - σ(z))` over samples and outputs z, with σ the logistic
/// function.
///
/// Computed as `max(z, 0) - z t + log(1 + exp(-|z|))`, so nothing overflows. Classes are the
/// targets 0 and 1: one output for two classes (1 is class 1), else one for each class against the
/// rest.
public struct BinaryCrossEntropy: Loss {
  public static let name = "binary-cross-entropy"
  public static let summary =
    "cross-entropy of the sigmoid of each output, a class against the rest"

  /// The loss as it stands in the formula.
  public init() {}

  public func outputCount(classes: Int) -> Int { classes > 2 ? classes : 1 }

  public func targets<S: Scalar>(labels: [Int], classes: Int) -> Tensor<S> {
    oneAgainstRest(labels: labels, classes: classes, yes: 1, no: 0)
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ outputs: Variable<S>, targets: Tensor<S>, on tape: Tape<S>
  ) -> Variable<S> {
    let logits = outputs.value
    let value = Tensor<S>(shape: [], elements: [meanBinaryCrossEntropy(logits, targets)])
    return tape.record(value, parents: [outputs]) { upstream, _ in
      let scale = upstream.elements[0] / S(max(1, logits.count))
      return [scale * (sigmoid(logits) - targets)]
    }
  }

  /// With one output σ(z) for class 1; with several the sigmoids of each row, scaled to sum to 1.
  public func probabilities<S: Scalar>(outputs: Tensor<S>) -> Tensor<S>? {
    let yes = sigmoid(outputs)
    let rows = (0..<outputs.rowCount).map { row -> [S] in
      let values = Array(yes.row(row))
      if values.count == 1 { return [1 - values[0], values[0]] }
      let total = values.reduce(0, +)
      return values.map { total > 0 ? $0 / total : 1 / S(values.count) }
    }
    return Tensor(rows: rows)
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func meanBinaryCrossEntropy<S: Scalar>(_ logits: Tensor<S>, _ targets: Tensor<S>) -> S {
  precondition(logits.shape == targets.shape)
  var total: S = 0
  for i in 0..<logits.count {
    let z = logits.elements[i]
    total += (z < 0 ? 0 : z) - z * targets.elements[i] + .log(onePlus: .exp(z < 0 ? z : -z))
  }
  return total / S(max(1, logits.count))
}
