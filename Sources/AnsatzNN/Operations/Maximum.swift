import AnsatzMath

extension Tape {
  /// The larger of a and b, element by element, each repeated where its extent is 1 or missing.
  ///
  /// Edge cases:
  /// - where both are equal, each gets half of the gradient;
  /// - what is not a number stays so.
  ///
  /// - Throws: `AnsatzError` if the shapes do not meet.
  public func maximum(_ a: Variable<S>, _ b: Variable<S>) throws -> Variable<S> {
    let (left, right) = (a.value, b.value)
    let plan = try Broadcast(left.shape, right.shape, in: "a maximum")
    return record(larger(left, right, plan), parents: [a, b]) { upstream, needed in
      [
        needed[0] ? try (upstream * shareOfLarger(left, right, plan)).summed(to: left.shape) : nil,
        needed[1]
          ? try (upstream * shareOfSmaller(left, right, plan)).summed(to: right.shape) : nil,
      ]
    }
  }

  /// The smaller of a and b, as in `maximum`.
  ///
  /// - Throws: `AnsatzError` if the shapes do not meet.
  public func minimum(_ a: Variable<S>, _ b: Variable<S>) throws -> Variable<S> {
    let (left, right) = (a.value, b.value)
    let plan = try Broadcast(left.shape, right.shape, in: "a minimum")
    return record(smaller(left, right, plan), parents: [a, b]) { upstream, needed in
      [
        needed[0] ? try (upstream * shareOfSmaller(left, right, plan)).summed(to: left.shape) : nil,
        needed[1] ? try (upstream * shareOfLarger(left, right, plan)).summed(to: right.shape) : nil,
      ]
    }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func larger<S: Scalar>(_ a: Tensor<S>, _ b: Tensor<S>, _ plan: Broadcast) -> Tensor<S> {
  plan.combined(a, b) { $0 > $1 || $0.isNaN ? $0 : $1 }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func smaller<S: Scalar>(_ a: Tensor<S>, _ b: Tensor<S>, _ plan: Broadcast) -> Tensor<S> {
  plan.combined(a, b) { $0 < $1 || $0.isNaN ? $0 : $1 }
}

/// 1 where a > b, 1/2 where they are equal, else 0.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func shareOfLarger<S: Scalar>(
  _ a: Tensor<S>, _ b: Tensor<S>, _ plan: Broadcast
) -> Tensor<S> {
  plan.combined(a, b) { $0 > $1 ? 1 : ($0 == $1 ? 0.5 : 0) }
}

/// 1 where a < b, 1/2 where they are equal, else 0.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func shareOfSmaller<S: Scalar>(
  _ a: Tensor<S>, _ b: Tensor<S>, _ plan: Broadcast
) -> Tensor<S> {
  plan.combined(a, b) { $0 < $1 ? 1 : ($0 == $1 ? 0.5 : 0) }
}
