import Ansatz

/// The mean of `max(0, 1 - t z)²` over samples and outputs z: the hinge without its corner.
///
/// Classes are the targets ±1: one output for two classes, else one for each class against the rest.
public struct SquaredHinge: Loss {
  public static let name = "squared-hinge"
  public static let summary = "squared hinge loss against targets of ±1"

  public init() {}

  public func outputCount(classes: Int) -> Int { classes > 2 ? classes : 1 }

  public func targets<S: Scalar>(labels: [Int], classes: Int) -> Tensor<S> {
    oneAgainstRest(labels: labels, classes: classes, yes: 1, no: -1)
  }

  public func forward<S: Scalar>(
    _ outputs: Variable<S>, targets: Tensor<S>, on tape: Tape<S>
  ) -> Variable<S> {
    let margin = tape.product(outputs, constant: targets)
    let shortfall = tape.map(
      margin, { $0 < 1 ? 1 - $0 : 0 }, derivative: { $0 < 1 ? -1 : 0 })
    return tape.mean(tape.product(shortfall, shortfall))
  }
}
