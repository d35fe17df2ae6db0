import AnsatzMath

extension Tape {
  /// a + b, each repeated where its extent is 1 or missing: `[4, 3] + [3] → [4, 3]`,
  /// `[4, 1] + [3] → [4, 3]`.
  ///
  /// - Throws: `AnsatzError` if the shapes do not meet.
  public func broadcastSum(_ a: Variable<S>, _ b: Variable<S>) throws -> Variable<S> {
    let (left, right) = (a.value.shape, b.value.shape)
    let plan = try Broadcast(left, right, in: "a sum")
    return record(added(a.value, b.value, plan), parents: [a, b]) { upstream, needed in
      [
        needed[0] ? try upstream.summed(to: left) : nil,
        needed[1] ? try upstream.summed(to: right) : nil,
      ]
    }
  }

  /// a - b, repeated as in `broadcastSum`.
  ///
  /// - Throws: `AnsatzError` if the shapes do not meet.
  public func broadcastDifference(_ a: Variable<S>, _ b: Variable<S>) throws -> Variable<S> {
    let (left, right) = (a.value.shape, b.value.shape)
    let plan = try Broadcast(left, right, in: "a difference")
    return record(subtracted(a.value, b.value, plan), parents: [a, b]) { upstream, needed in
      [
        needed[0] ? try upstream.summed(to: left) : nil,
        needed[1] ? -1 * (try upstream.summed(to: right)) : nil,
      ]
    }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func added<S: Scalar>(_ a: Tensor<S>, _ b: Tensor<S>, _ plan: Broadcast) -> Tensor<S> {
  plan.combined(a, b) { $0 + $1 }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func subtracted<S: Scalar>(
  _ a: Tensor<S>, _ b: Tensor<S>, _ plan: Broadcast
) -> Tensor<S> {
  plan.combined(a, b) { $0 - $1 }
}
