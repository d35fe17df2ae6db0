import AnsatzMath

extension Tape {
  /// The product of every pair of matrices: `[…, m, k] · […, k, n] → […, m, n]`.
  ///
  /// The axes before the last two are repeated where an extent is 1 or missing, so one matrix can
  /// serve a whole batch: `[8, 5, 3] · [3, 2] → [8, 5, 2]`. Matrices are multiplied on the worker
  /// threads when that pays; the result does not depend on how many there are.
  ///
  /// - Parameters:
  ///   - transposeA: Whether the matrices of a are given as `[k, m]`.
  ///   - transposeB: Whether the matrices of b are given as `[n, k]`.
  /// - Throws: `AnsatzError` if the shapes do not meet.
  public func batchedProduct(
    _ a: Variable<S>, _ b: Variable<S>, transposeA: Bool = false, transposeB: Bool = false
  ) throws -> Variable<S> {
    let shapes = (a.value.shape, b.value.shape)
    let plan = try BatchedProduct(
      shapes.0, shapes.1, transposeA: transposeA, transposeB: transposeB)
    if plan.isOneMatrixForRows {
      // The rows of all matrices of a are the rows of one.
      let rows = try reshaped(a, to: [plan.batches * plan.m, plan.k])
      let matrix = try reshaped(b, to: Array(shapes.1.suffix(2)))
      let product = try batchedProduct(rows, matrix, transposeB: transposeB)
      return try reshaped(product, to: plan.shape)
    }
    let (left, right) = (a.value, b.value)
    return record(products(left, right, plan), parents: [a, b]) { upstream, needed in
      func gradient(
        _ x: Tensor<S>, _ y: Tensor<S>, transposeA: Bool, transposeB: Bool, for own: Tensor<S>
      ) throws -> Tensor<S> {
        let plan = try BatchedProduct(
          x.shape, y.shape, transposeA: transposeA, transposeB: transposeB)
        return try products(x, y, plan).summed(to: own.shape)
      }
      // With C = A B: dA = dC Bᵀ and dB = Aᵀ dC; a transposed factor has the transposed gradient.
      return [
        needed[0]
          ? transposeA
            ? try gradient(
              right, upstream, transposeA: transposeB, transposeB: true, for: left)
            : try gradient(
              upstream, right, transposeA: false, transposeB: !transposeB, for: left)
          : nil,
        needed[1]
          ? transposeB
            ? try gradient(
              upstream, left, transposeA: true, transposeB: transposeA, for: right)
            : try gradient(
              left, upstream, transposeA: !transposeA, transposeB: false, for: right)
          : nil,
      ]
    }
  }
}

/// How two stacks of matrices meet.
private struct BatchedProduct {
  let transposeA: Bool
  let transposeB: Bool
  let m: Int
  let k: Int
  let n: Int
  /// The shape of the result.
  let shape: [Int]
  /// How many products there are.
  let batches: Int
  /// Which matrix of a and which of b make each product.
  let pairs: [(a: Int, b: Int)]
  /// Whether the stack of a can be one tall matrix: b has one matrix, and the rows of a run on.
  let isOneMatrixForRows: Bool

  init(_ a: [Int], _ b: [Int], transposeA: Bool, transposeB: Bool) throws {
    guard a.count >= 2, b.count >= 2 else {
      throw AnsatzError(
        .usage, "a matrix product of shapes \(a) and \(b): both need two axes or more")
    }
    let (rows, inner) = (a[a.count - 2], a[a.count - 1])
    let (other, columns) = (b[b.count - 2], b[b.count - 1])
    (m, k) = transposeA ? (inner, rows) : (rows, inner)
    n = transposeB ? other : columns
    guard k == (transposeB ? columns : other) else {
      throw AnsatzError(
        .usage,
        "a matrix product of shapes \(a)\(transposeA ? " transposed" : "") and "
          + "\(b)\(transposeB ? " transposed" : ""): the inner extents \(k) and "
          + "\(transposeB ? columns : other) must be equal")
    }
    let (stackA, stackB) = (Array(a.dropLast(2)), Array(b.dropLast(2)))
    let stack = try Broadcast(stackA, stackB, in: "a matrix product").shape
    shape = stack + [m, n]
    batches = stack.reduce(1, *)
    (self.transposeA, self.transposeB) = (transposeA, transposeB)
    isOneMatrixForRows =
      !transposeA && batches > 1 && stackB.reduce(1, *) == 1 && stackA.reduce(1, *) == batches
    var pairs: [(a: Int, b: Int)] = []
    walk(
      stack, left: Self.strides(stackA, in: stack), right: Self.strides(stackB, in: stack)
    ) { pairs.append((a: $0, b: $1)) }
    self.pairs = pairs
  }

  /// How far apart the matrices of a stack are along the result's axes, counted in matrices.
  private static func strides(_ own: [Int], in stack: [Int]) -> [Int] {
    let missing = stack.count - own.count
    let strides = rowMajorStrides(own)
    return stack.indices.map { $0 < missing || own[$0 - missing] == 1 ? 0 : strides[$0 - missing] }
  }

  /// The multiplications that are worth a chunk of their own: below, waking a thread costs more.
  private static let chunkWork = 1 << 18
  /// The rows of one large matrix that make a chunk, so that BLAS still has whole blocks.
  private static let rowBlock = 128

  /// The pieces of work, each a range of products and of rows in them. They follow from the shapes
  /// alone, so that every number is computed the same way whatever the number of threads.
  var chunks: [(products: Range<Int>, rows: Range<Int>)] {
    let work = m * n * k
    if work > 2 * Self.chunkWork && m >= 2 * Self.rowBlock {
      return (0..<batches).flatMap { product in
        stride(from: 0, to: m, by: Self.rowBlock).map {
          (product..<product + 1, $0..<min(m, $0 + Self.rowBlock))
        }
      }
    }
    let size = max(1, Self.chunkWork / max(1, work))
    return stride(from: 0, to: batches, by: size).map { ($0..<min(batches, $0 + size), 0..<m) }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func products<S: Scalar>(
  _ a: Tensor<S>, _ b: Tensor<S>, _ plan: BatchedProduct
) -> Tensor<S> {
  let (m, k, n) = (plan.m, plan.k, plan.n)
  guard k > 0 else { return Tensor(shape: plan.shape) }
  return .written(shape: plan.shape) { out in
    a.elements.withUnsafeBufferPointer { a in
      b.elements.withUnsafeBufferPointer { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return }
        let chunks = plan.chunks
        ThreadPool.shared.run(chunks: chunks.count) { chunk in
          let (products, rows) = chunks[chunk]
          for product in products {
            let (i, j) = plan.pairs[product]
            S.gemm(
              transposeA: plan.transposeA, transposeB: plan.transposeB, m: rows.count, n: n, k: k,
              alpha: 1,
              a: a + (i * m * k + rows.lowerBound * (plan.transposeA ? 1 : k)),
              lda: plan.transposeA ? m : k, b: b + j * k * n, ldb: plan.transposeB ? k : n, beta: 0,
              c: out + (product * m + rows.lowerBound) * n, ldc: n)
          }
        }
      }
    }
  }
}
