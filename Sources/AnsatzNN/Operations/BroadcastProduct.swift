import AnsatzMath

extension Tape {
  /// The elementwise product a · b, each repeated where its extent is 1 or missing:
  /// `[4, 3] · [4, 1] → [4, 3]`.
  ///
  /// - Throws: `AnsatzError` if the shapes do not meet.
  public func broadcastProduct(_ a: Variable<S>, _ b: Variable<S>) throws -> Variable<S> {
    let (left, right) = (a.value, b.value)
    let plan = try Broadcast(left.shape, right.shape, in: "a product")
    return record(multiplied(left, right, plan), parents: [a, b]) { upstream, needed in
      // `upstream` has the whole shape, so the other factor meets it as it met its partner.
      func gradient(times other: Tensor<S>, for own: Tensor<S>) throws -> Tensor<S> {
        let plan = try Broadcast(upstream.shape, other.shape, in: "a gradient")
        return try multiplied(upstream, other, plan).summed(to: own.shape)
      }
      return [
        needed[0] ? try gradient(times: right, for: left) : nil,
        needed[1] ? try gradient(times: left, for: right) : nil,
      ]
    }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func multiplied<S: Scalar>(
  _ a: Tensor<S>, _ b: Tensor<S>, _ plan: Broadcast
) -> Tensor<S> {
  plan.combined(a, b) { $0 * $1 }
}
