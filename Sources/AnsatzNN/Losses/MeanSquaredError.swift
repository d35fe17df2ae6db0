import AnsatzMath

/// The mean of `(output - target)²` over samples and outputs.
///
/// Classes are the targets ±1: one output for two classes (+1 is class 1), else one for each class,
/// +1 for the class itself and -1 for the others.
public struct MeanSquaredError: Loss {
  public static let name = "mse"
  public static let summary = "mean squared error against targets of ±1"

  /// The loss as it stands in the formula.
  public init() {}

  public func outputCount(classes: Int) -> Int { classes > 2 ? classes : 1 }

  public func targets<S: Scalar>(labels: [Int], classes: Int) -> Tensor<S> {
    oneAgainstRest(labels: labels, classes: classes, yes: 1, no: -1)
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ outputs: Variable<S>, targets: Tensor<S>, on tape: Tape<S>
  ) -> Variable<S> {
    let difference = outputs.value - targets
    let count = S(max(1, difference.count))
    let value = (difference * difference).sum() / count
    return tape.record(Tensor(shape: [], elements: [value]), parents: [outputs]) { upstream, _ in
      [(2 * upstream.elements[0] / count) * difference]
    }
  }
}
