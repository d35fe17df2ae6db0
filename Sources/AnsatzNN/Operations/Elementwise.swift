import AnsatzMath

// Loops for operations to build on. They are inlined into the caller, which is specialised for
// both scalars.
extension Tensor {
  /// The tensor of the same shape with every element transformed.
  @inlinable
  @inline(__always)
  public func mapped(_ transform: (S) -> S) -> Tensor {
    let count = elements.count
    let result = [S](unsafeUninitializedCapacity: count) { out, initialized in
      elements.withUnsafeBufferPointer { x in
        for i in 0..<count { out[i] = transform(x[i]) }
      }
      initialized = count
    }
    return Tensor(shape: shape, elements: result)
  }

  /// The tensor of what a function makes of the elements of two tensors of equal shape.
  @inlinable
  @inline(__always)
  public func combined(with other: Tensor, _ transform: (S, S) -> S) -> Tensor {
    precondition(shape == other.shape)
    let count = elements.count
    let result = [S](unsafeUninitializedCapacity: count) { out, initialized in
      elements.withUnsafeBufferPointer { x in
        other.elements.withUnsafeBufferPointer { y in
          for i in 0..<count { out[i] = transform(x[i], y[i]) }
        }
      }
      initialized = count
    }
    return Tensor(shape: shape, elements: result)
  }
}

extension Tape {
  /// a + b, of equal shapes.
  public func sum(_ a: Variable<S>, _ b: Variable<S>) -> Variable<S> {
    record(a.value + b.value, parents: [a, b]) { upstream, _ in [upstream, upstream] }
  }

  /// a - b, of equal shapes.
  public func difference(_ a: Variable<S>, _ b: Variable<S>) -> Variable<S> {
    record(a.value - b.value, parents: [a, b]) { upstream, needed in
      [upstream, needed[1] ? S(-1) * upstream : nil]
    }
  }

  /// A function of each element, given with its derivative.
  ///
  /// ```swift
  /// let squares = tape.map(x, { $0 * $0 }, derivative: { 2 * $0 })
  /// ```
  public func map(
    _ a: Variable<S>, _ transform: (S) -> S, derivative: @escaping (S) -> S
  ) -> Variable<S> {
    let input = a.value
    return record(input.mapped(transform), parents: [a]) { upstream, _ in
      [upstream.combined(with: input) { $0 * derivative($1) }]
    }
  }

  /// The elementwise product a · b, of equal shapes.
  public func product(_ a: Variable<S>, _ b: Variable<S>) -> Variable<S> {
    let (left, right) = (a.value, b.value)
    return record(left * right, parents: [a, b]) { upstream, needed in
      [
        needed[0] ? upstream * right : nil,
        needed[1] ? upstream * left : nil,
      ]
    }
  }

  /// The elementwise product with a constant of equal shape.
  public func product(_ a: Variable<S>, constant: Tensor<S>) -> Variable<S> {
    record(a.value * constant, parents: [a]) { upstream, _ in
      [upstream * constant]
    }
  }

  /// factor · a.
  public func scaled(_ a: Variable<S>, by factor: S) -> Variable<S> {
    record(factor * a.value, parents: [a]) { upstream, _ in
      [factor * upstream]
    }
  }

  /// The mean over all elements, of shape `[]`.
  public func mean(_ a: Variable<S>) -> Variable<S> {
    let (shape, count) = (a.value.shape, S(max(1, a.value.count)))
    return record(Tensor(shape: [], elements: [a.value.sum() / count]), parents: [a]) { up, _ in
      [Tensor(repeating: up.elements[0] / count, shape: shape)]
    }
  }
}
