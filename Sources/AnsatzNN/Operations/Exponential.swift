import AnsatzMath

extension Tape {
  /// eˣ, element by element.
  public func exp(_ x: Variable<S>) -> Variable<S> {
    let value = exponentials(x.value)
    return record(value, parents: [x]) { upstream, _ in [upstream * value] }
  }

  /// The natural logarithm, element by element; the slope is 1/x.
  ///
  /// Edge cases: log 0 is -∞ with an infinite slope; of a negative number it is not a number.
  public func log(_ x: Variable<S>) -> Variable<S> {
    let input = x.value
    return record(logarithms(input), parents: [x]) { upstream, _ in
      [logarithmGradient(input, upstream)]
    }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func exponentials<S: Scalar>(_ x: Tensor<S>) -> Tensor<S> { x.mapped { .exp($0) } }

@_specialize(where S == Double)
@_specialize(where S == Float)
private func logarithms<S: Scalar>(_ x: Tensor<S>) -> Tensor<S> { x.mapped { .log($0) } }

@_specialize(where S == Double)
@_specialize(where S == Float)
private func logarithmGradient<S: Scalar>(_ x: Tensor<S>, _ upstream: Tensor<S>) -> Tensor<S> {
  x.combined(with: upstream) { $1 / $0 }
}
