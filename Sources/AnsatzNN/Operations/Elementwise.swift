import AnsatzMath

// Loops for operations to build on. They are inlined into the caller, which is specialised for
// both scalars.
extension Tensor {
  @inline(__always)
  func mapped(_ transform: (S) -> S) -> Tensor {
    let count = elements.count
    let result = [S](unsafeUninitializedCapacity: count) { out, initialized in
      elements.withUnsafeBufferPointer { x in
        for i in 0..<count { out[i] = transform(x[i]) }
      }
      initialized = count
    }
    return Tensor(shape: shape, elements: result)
  }

  @inline(__always)
  func combined(with other: Tensor, _ transform: (S, S) -> S) -> Tensor {
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
    record(added(a.value, b.value), parents: [a, b]) { upstream, _ in [upstream, upstream] }
  }

  /// The elementwise product a · b, of equal shapes.
  public func product(_ a: Variable<S>, _ b: Variable<S>) -> Variable<S> {
    let (left, right) = (a.value, b.value)
    return record(multiplied(left, right), parents: [a, b]) { upstream, needed in
      [
        needed[0] ? multiplied(upstream, right) : nil,
        needed[1] ? multiplied(upstream, left) : nil,
      ]
    }
  }

  /// The elementwise product with a constant of equal shape.
  public func product(_ a: Variable<S>, constant: Tensor<S>) -> Variable<S> {
    record(multiplied(a.value, constant), parents: [a]) { upstream, _ in
      [multiplied(upstream, constant)]
    }
  }

  /// factor · a.
  public func scaled(_ a: Variable<S>, by factor: S) -> Variable<S> {
    record(AnsatzNN.scaled(a.value, by: factor), parents: [a]) { upstream, _ in
      [AnsatzNN.scaled(upstream, by: factor)]
    }
  }

  /// The mean over all elements, of shape `[]`.
  public func mean(_ a: Variable<S>) -> Variable<S> {
    let (shape, count) = (a.value.shape, S(max(1, a.value.count)))
    return record(Tensor(shape: [], elements: [total(a.value) / count]), parents: [a]) { up, _ in
      [Tensor(repeating: up.elements[0] / count, shape: shape)]
    }
  }
}
