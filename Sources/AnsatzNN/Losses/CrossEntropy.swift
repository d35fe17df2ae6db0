import AnsatzMath

/// The mean of `-Σⱼ tⱼ log softmax(output)ⱼ` over samples: one output, a logit, for each class.
///
/// Computed as `Σⱼ tⱼ (log Σᵢ exp(zᵢ) - zⱼ)` with the largest logit taken out, so nothing
/// overflows.
public struct CrossEntropy: Loss {
  public static let name = "cross-entropy"
  public static let summary = "cross-entropy of the softmax of one output for each class"

  /// The loss as it stands in the formula.
  public init() {}

  public func outputCount(classes: Int) -> Int { classes }

  public func targets<S: Scalar>(labels: [Int], classes: Int) -> Tensor<S> {
    var targets = Tensor<S>(shape: [labels.count, classes])
    for (row, label) in labels.enumerated() { targets[row, label] = 1 }
    return targets
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ outputs: Variable<S>, targets: Tensor<S>, on tape: Tape<S>
  ) -> Variable<S> {
    let logits = outputs.value
    let value = Tensor<S>(shape: [], elements: [meanCrossEntropy(logits, targets)])
    return tape.record(value, parents: [outputs]) { upstream, _ in
      [crossEntropyGradient(logits, targets, upstream.elements[0])]
    }
  }

  public func probabilities<S: Scalar>(outputs: Tensor<S>) -> Tensor<S>? { softmax(outputs) }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func meanCrossEntropy<S: Scalar>(_ logits: Tensor<S>, _ targets: Tensor<S>) -> S {
  precondition(logits.shape == targets.shape)
  let width = logits.rowSize
  var total: S = 0
  for start in stride(from: 0, to: logits.count, by: max(1, width)) {
    var largest = logits.elements[start]
    for i in start..<start + width where logits.elements[i] > largest {
      largest = logits.elements[i]
    }
    var sum: S = 0
    for i in start..<start + width { sum += .exp(logits.elements[i] - largest) }
    let logSum = largest + .log(sum)
    for i in start..<start + width {
      total += targets.elements[i] * (logSum - logits.elements[i])
    }
  }
  return total / S(max(1, logits.rowCount))
}

/// `(softmax(z) Σⱼ tⱼ - t) · upstream / batch` in every row.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func crossEntropyGradient<S: Scalar>(
  _ logits: Tensor<S>, _ targets: Tensor<S>, _ upstream: S
) -> Tensor<S> {
  var gradient = softmax(logits)
  let width = logits.rowSize
  let scale = upstream / S(max(1, logits.rowCount))
  gradient.elements.withUnsafeMutableBufferPointer { g in
    targets.elements.withUnsafeBufferPointer { t in
      for start in stride(from: 0, to: g.count, by: max(1, width)) {
        var mass: S = 0
        for i in start..<start + width { mass += t[i] }
        for i in start..<start + width { g[i] = scale * (g[i] * mass - t[i]) }
      }
    }
  }
  return gradient
}
