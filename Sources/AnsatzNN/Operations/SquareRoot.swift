import AnsatzMath

extension Tape {
  /// √x, element by element; the slope is 1/(2√x).
  ///
  /// Edge cases: at 0 the slope is infinite (add a small number first where x may be 0); of a
  /// negative number the root is not a number.
  public func squareRoot(_ x: Variable<S>) -> Variable<S> {
    let value = roots(x.value)
    return record(value, parents: [x]) { upstream, _ in [rootGradient(value, upstream)] }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func roots<S: Scalar>(_ x: Tensor<S>) -> Tensor<S> { x.mapped { $0.squareRoot() } }

@_specialize(where S == Double)
@_specialize(where S == Float)
private func rootGradient<S: Scalar>(_ root: Tensor<S>, _ upstream: Tensor<S>) -> Tensor<S> {
  root.combined(with: upstream) { $1 / (2 * $0) }
}
