import AnsatzMath

/// The mean of `max(0, 1 - t z)` over samples and outputs z.
///
/// Classes are the targets ±1, as in the mean squared error: one output for two classes, else one
/// for each class against the rest. The slope at the corner is 0.
public struct Hinge: Loss {
  public static let name = "hinge"
  public static let summary = "hinge loss against targets of ±1"

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
    let z = outputs.value
    let count = S(max(1, z.count))
    let value = shortfall(z, targets).sum() / count
    return tape.record(Tensor(shape: [], elements: [value]), parents: [outputs]) { upstream, _ in
      [hingeGradient(z, targets, upstream.elements[0] / count)]
    }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func shortfall<S: Scalar>(_ z: Tensor<S>, _ targets: Tensor<S>) -> Tensor<S> {
  z.combined(with: targets) { z, t in
    let gap = 1 - t * z
    return gap < 0 ? 0 : gap
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func hingeGradient<S: Scalar>(
  _ z: Tensor<S>, _ targets: Tensor<S>, _ scale: S
) -> Tensor<S> {
  z.combined(with: targets) { z, t in t * z < 1 ? -scale * t : 0 }
}
