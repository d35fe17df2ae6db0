import AnsatzMath

extension Tape {
  /// a / b element by element, each repeated where its extent is 1 or missing.
  ///
  /// Edge cases: a / 0 is infinite, and 0 / 0 is not a number, as are their gradients.
  ///
  /// - Throws: `AnsatzError` if the shapes do not meet.
  public func quotient(_ a: Variable<S>, _ b: Variable<S>) throws -> Variable<S> {
    let (left, right) = (a.value, b.value)
    let plan = try Broadcast(left.shape, right.shape, in: "a quotient")
    let value = divided(left, right, plan)
    return record(value, parents: [a, b]) { upstream, needed in
      // ∂(a/b)/∂a = 1/b and ∂(a/b)/∂b = -(a/b)/b.
      let own = try Broadcast(upstream.shape, right.shape, in: "a gradient")
      return [
        needed[0] ? try divided(upstream, right, own).summed(to: left.shape) : nil,
        needed[1] ? -1 * (try divided(upstream * value, right, own).summed(to: right.shape)) : nil,
      ]
    }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func divided<S: Scalar>(_ a: Tensor<S>, _ b: Tensor<S>, _ plan: Broadcast) -> Tensor<S> {
  plan.combined(a, b) { $0 / $1 }
}
