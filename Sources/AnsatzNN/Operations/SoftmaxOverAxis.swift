import AnsatzMath

/// What a softmax leaves out; repeated to the shape of its input where an extent is 1 or missing.
public enum SoftmaxMask<S: Scalar>: Sendable {
  /// Added to the input: 0 keeps an element, -∞ leaves it out, and other numbers shift it.
  case additive(Tensor<S>)
  /// Keeps what is true; what the input holds elsewhere does not count.
  case keeping(BooleanMask)
}

extension Tape {
  /// Turns the elements along an axis into probabilities: `yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)`, of x's shape.
  ///
  /// Edge cases: what the mask leaves out is 0; where it leaves nothing, all are 0.
  ///
  /// - Throws: `AnsatzError` if x lacks the axis, or the mask does not meet its shape.
  public func softmax(
    _ x: Variable<S>, axis: Int = -1, mask: SoftmaxMask<S>? = nil
  ) throws -> Variable<S> {
    let input = try masked(x.value, by: mask, in: "a softmax")
    let split = AxisSplit(input.shape, at: try resolvedAxis(axis, of: input.shape, in: "a softmax"))
    let value = normalizedExponentials(input, along: split, asLogarithm: false)
    return record(value, parents: [x]) { upstream, _ in
      [softmaxSlopes(value, upstream, along: split)]
    }
  }

  /// The logarithm of the softmax, `xᵢ - log Σⱼ exp(xⱼ)`, without its rounding to 0.
  ///
  /// Edge cases: what the mask leaves out is -∞, with gradient 0.
  ///
  /// - Throws: `AnsatzError` if x lacks the axis, or the mask does not meet its shape.
  public func logSoftmax(
    _ x: Variable<S>, axis: Int = -1, mask: SoftmaxMask<S>? = nil
  ) throws -> Variable<S> {
    let input = try masked(x.value, by: mask, in: "a softmax")
    let split = AxisSplit(input.shape, at: try resolvedAxis(axis, of: input.shape, in: "a softmax"))
    let value = normalizedExponentials(input, along: split, asLogarithm: true)
    return record(value, parents: [x]) { upstream, _ in
      [logSoftmaxSlopes(value, upstream, along: split)]
    }
  }
}

/// x with what the mask leaves out at -∞.
private func masked<S: Scalar>(
  _ x: Tensor<S>, by mask: SoftmaxMask<S>?, in operation: String
) throws -> Tensor<S> {
  guard let mask else { return x }
  let shape =
    switch mask {
    case .additive(let shift): shift.shape
    case .keeping(let mask): mask.shape
    }
  guard Broadcast.shape(x.shape, shape) == x.shape else {
    throw AnsatzError(
      .usage,
      "\(operation) of shape \(x.shape) with a mask of \(shape): counted from the last axis, each extent "
        + "of the mask must be 1 or the input's")
  }
  let plan = try Broadcast(x.shape, shape, in: operation)
  switch mask {
  case .additive(let shift): return shifted(x, shift, plan)
  case .keeping(let mask): return kept(x, mask.numbers(), plan)
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func shifted<S: Scalar>(_ x: Tensor<S>, _ shift: Tensor<S>, _ plan: Broadcast) -> Tensor<S>
{
  plan.combined(x, shift) { $0 + $1 }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func kept<S: Scalar>(_ x: Tensor<S>, _ keeps: Tensor<S>, _ plan: Broadcast) -> Tensor<S> {
  plan.combined(x, keeps) { $1 > 0 ? $0 : -.infinity }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func normalizedExponentials<S: Scalar>(
  _ x: Tensor<S>, along split: AxisSplit, asLogarithm: Bool
) -> Tensor<S> {
  let (largest, totals) = exponentialSums(x, along: split)
  return .written(shape: x.shape) { y in
    x.elements.withUnsafeBufferPointer { x in
      for o in 0..<split.outer {
        for i in 0..<split.count {
          for j in 0..<split.inner {
            let (place, run) = ((o * split.count + i) * split.inner + j, o * split.inner + j)
            if x[place] == -.infinity && !largest[run].isNaN {
              // Left out; -∞ less -∞ would not be a number.
              y[place] = asLogarithm ? -.infinity : 0
            } else {
              let z = x[place] - largest[run]
              y[place] = asLogarithm ? z - .log(totals[run]) : .exp(z) / totals[run]
            }
          }
        }
      }
    }
  }
}

/// `yᵢ (gᵢ - Σⱼ gⱼ yⱼ)` along every run.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func softmaxSlopes<S: Scalar>(
  _ y: Tensor<S>, _ upstream: Tensor<S>, along split: AxisSplit
) -> Tensor<S> {
  let means = sums(upstream * y, times: 1, along: split, shape: [split.outer, split.inner])
  return y * (upstream - spread(means, times: 1, along: split, shape: y.shape))
}

/// `gᵢ - exp(yᵢ) Σⱼ gⱼ` along every run, over what is not left out.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func logSoftmaxSlopes<S: Scalar>(
  _ y: Tensor<S>, _ upstream: Tensor<S>, along split: AxisSplit
) -> Tensor<S> {
  let counted = y.combined(with: upstream) { $0 == -.infinity ? 0 : $1 }
  let totals = sums(counted, times: 1, along: split, shape: [split.outer, split.inner])
  let parts = y.mapped { .exp($0) } * spread(totals, times: 1, along: split, shape: y.shape)
  return counted - parts
}
