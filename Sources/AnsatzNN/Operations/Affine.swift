import AnsatzMath

extension Tape {
  /// The matrix product `[m, k] · [k, n] → [m, n]`.
  public func matrixProduct(_ a: Variable<S>, _ b: Variable<S>) -> Variable<S> {
    let (left, right) = (a.value, b.value)
    return record(AnsatzMath.matrixProduct(left, right), parents: [a, b]) { upstream, needed in
      [
        needed[0] ? AnsatzMath.matrixProduct(upstream, right, transposeB: true) : nil,
        needed[1] ? AnsatzMath.matrixProduct(left, upstream, transposeA: true) : nil,
      ]
    }
  }

  /// x · W + b with the bias added to every row: `[batch, in] · [in, out] + [out] → [batch, out]`.
  public func affine(
    _ x: Variable<S>, weight: Variable<S>, bias: Variable<S>
  ) -> Variable<S> {
    let (input, matrix) = (x.value, weight.value)
    let value = affineProduct(input, matrix, bias.value)
    return record(value, parents: [x, weight, bias]) { upstream, needed in
      let (own, rest) = bothAtOnce(
        isWorthIt: needed[0] && needed[1] && input.count * upstream.rowSize >= 1 << 18,
        { needed[0] ? AnsatzMath.matrixProduct(upstream, matrix, transposeB: true) : nil },
        {
          (
            needed[1] ? AnsatzMath.matrixProduct(input, upstream, transposeA: true) : nil,
            needed[2] ? upstream.sumOverRows() : nil
          )
        })
      return [own, rest.0, rest.1]
    }
  }

  /// Adds a vector to every row: `[batch, n] + [n] → [batch, n]`.
  public func addingToRows(_ x: Variable<S>, _ vector: Variable<S>) -> Variable<S> {
    record(x.value.addingToRows(vector.value), parents: [x, vector]) { upstream, needed in
      [upstream, needed[1] ? upstream.sumOverRows() : nil]
    }
  }
}

/// Two independent results, on two threads if one is free and it is worth waking it.
private func bothAtOnce<A, B>(
  isWorthIt: Bool, _ first: () -> A, _ second: () -> B
) -> (A, B) {
  guard isWorthIt else { return (first(), second()) }
  var results: (A?, B?) = (nil, nil)
  withUnsafeMutablePointer(to: &results) { results in
    ThreadPool.shared.run(chunks: 2) { chunk in
      // Each chunk writes its own half.
      if chunk == 0 { results.pointee.0 = first() } else { results.pointee.1 = second() }
    }
  }
  guard let a = results.0, let b = results.1 else { return (first(), second()) }
  return (a, b)
}

/// x · W + b, the bias laid down first and the product accumulated onto it.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func affineProduct<S: Scalar>(
  _ x: Tensor<S>, _ weight: Tensor<S>, _ bias: Tensor<S>
) -> Tensor<S> {
  precondition(x.rank == 2 && weight.rank == 2 && x.shape[1] == weight.shape[0])
  let (m, k, n) = (x.shape[0], x.shape[1], weight.shape[1])
  precondition(bias.count == n)
  guard m > 0, n > 0, k > 0 else { return Tensor<S>(shape: [m, n]).addingToRows(bias) }
  let elements = [S](unsafeUninitializedCapacity: m * n) { out, count in
    x.elements.withUnsafeBufferPointer { x in
      weight.elements.withUnsafeBufferPointer { w in
        bias.elements.withUnsafeBufferPointer { b in
          guard let px = x.baseAddress, let pw = w.baseAddress, let pb = b.baseAddress,
            let pc = out.baseAddress
          else { return }
          for row in 0..<m { (pc + row * n).initialize(from: pb, count: n) }
          S.gemm(
            transposeA: false, transposeB: false, m: m, n: n, k: k, alpha: 1, a: px, lda: k, b: pw,
            ldb: n, beta: 1, c: pc, ldc: n)
        }
      }
    }
    count = m * n
  }
  return Tensor(shape: [m, n], elements: elements)
}
