import AnsatzMath

/// One qubit's channel, trace-preserving: `r'_a = Σ_b m_ab r_b` for a = X, Y, Z; r_I stays.
struct LocalTransfer: Sendable {
  let qubit: Int
  /// `[3, 4]`, row-major.
  let elements: [Double]
}

/// out[i · low + j] = Π of one digit's number a qubit: the coefficients of a product state.
@_specialize(where S == Double)
@_specialize(where S == Float)
func fillProduct<S: Scalar>(
  _ out: UnsafeMutablePointer<S>, vectors: [[Double]], pool: ThreadPool
) {
  func product(_ vectors: ArraySlice<[Double]>) -> [S] {
    var list: [Double] = [1]
    for vector in vectors { list = list.flatMap { head in vector.map { head * $0 } } }
    return list.map { S($0) }
  }
  let high = product(vectors.prefix(vectors.count / 2))
  let low = product(vectors.dropFirst(vectors.count / 2))
  let rows = max(1, (1 << 12) / low.count)
  pool.run(chunks: (high.count + rows - 1) / rows) { chunk in
    low.withUnsafeBufferPointer { low in
      for i in chunk * rows..<min(high.count, (chunk + 1) * rows) {
        let factor = high[i]
        let row = out + i * low.count
        for j in 0..<low.count { row[j] = factor * low[j] }
      }
    }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func gather<S: Scalar>(
  _ source: UnsafeMutablePointer<S>, into destination: UnsafeMutablePointer<S>,
  _ table: TransferTable, pool: ThreadPool
) {
  let count = table.sources.count
  let perChunk = 1 << 13
  table.sources.withUnsafeBufferPointer { sources in
    table.weights.withUnsafeBufferPointer { weights in
      pool.run(chunks: (count + perChunk - 1) / perChunk) { chunk in
        for j in chunk * perChunk..<min(count, (chunk + 1) * perChunk) {
          destination[j] = S(weights[j]) * source[Int(sources[j])]
        }
      }
    }
  }
}

/// The low qubits of a tile of this many coefficients are contiguous and stay in the first cache.
private let tileQubits = 5

/// Turns the Bloch components of several qubits, in two or more passes over memory.
@_specialize(where S == Double)
@_specialize(where S == Float)
func applyLocals<S: Scalar>(
  _ state: UnsafeMutablePointer<S>, _ locals: [LocalTransfer], qubitCount: Int, pool: ThreadPool
) {
  let count = 1 << (2 * qubitCount)
  let low = locals.filter { qubitCount - 1 - $0.qubit < tileQubits }
  let high = locals.filter { qubitCount - 1 - $0.qubit >= tileQubits }
  if !low.isEmpty {
    let tile = min(count, 1 << (2 * tileQubits))
    let matrices = low.map { local in local.elements.map { S($0) } }
    let strides = low.map { 1 << (2 * (qubitCount - 1 - $0.qubit)) }
    let tilesPerChunk = 4
    let tiles = count / tile
    pool.run(chunks: (tiles + tilesPerChunk - 1) / tilesPerChunk) { chunk in
      for t in chunk * tilesPerChunk..<min(tiles, (chunk + 1) * tilesPerChunk) {
        for (matrix, stride) in zip(matrices, strides) {
          turn(state + t * tile, count: tile, stride: stride, matrix)
        }
      }
    }
  }
  // High qubits three at a time, in columns copied together: rows a power of two apart would
  // push each other out of the cache.
  let width = 64
  for first in stride(from: 0, to: high.count, by: 3) {
    let group = high[first..<min(high.count, first + 3)]
    let shifts = group.map { 2 * (qubitCount - 1 - $0.qubit) }
    let matrices = group.map { local in local.elements.map { S($0) } }
    let rows = 1 << (2 * group.count)
    let offsets = (0..<rows).map { row in
      shifts.enumerated().reduce(0) {
        $0 | (row >> (2 * (group.count - 1 - $1.offset)) & 3) << $1.element
      }
    }
    let fixed = FixedBits(
      shifts.reduce(width - 1) { $0 | 3 << $1 }, qubitCount: 2 * qubitCount)
    let groupsPerChunk = 2
    pool.run(chunks: (fixed.groupCount + groupsPerChunk - 1) / groupsPerChunk) { chunk in
      withUnsafeTemporaryAllocation(of: S.self, capacity: rows * width) { buffer in
        guard let work = buffer.baseAddress else { return }
        let last = min(fixed.groupCount, (chunk + 1) * groupsPerChunk)
        for g in chunk * groupsPerChunk..<last {
          let base = state + fixed.index(of: g)
          for row in 0..<rows {
            (work + row * width).update(from: base + offsets[row], count: width)
          }
          for (place, matrix) in matrices.enumerated() {
            turn(
              work, count: rows * width, stride: width << (2 * (matrices.count - 1 - place)),
              matrix)
          }
          for row in 0..<rows {
            (base + offsets[row]).update(from: work + row * width, count: width)
          }
        }
      }
    }
  }
}

@inline(__always)
private func turn<S: Scalar>(
  _ state: UnsafeMutablePointer<S>, count: Int, stride: Int, _ m: [S]
) {
  switch stride {
  case 1: turnRows(state, count: count, stride: 1, m)
  case 4: turnRows(state, count: count, stride: 4, m)
  default: turnRows(state, count: count, stride: stride, m)
  }
}

@inline(__always)
private func turnRows<S: Scalar>(
  _ state: UnsafeMutablePointer<S>, count: Int, stride: Int, _ m: [S]
) {
  let (xi, xx, xy, xz) = (m[0], m[1], m[2], m[3])
  let (yi, yx, yy, yz) = (m[4], m[5], m[6], m[7])
  let (zi, zx, zy, zz) = (m[8], m[9], m[10], m[11])
  let isUnital = xi == 0 && yi == 0 && zi == 0
  for base in Swift.stride(from: 0, to: count, by: 4 * stride) {
    let one = state + base
    let (px, py, pz) = (one + stride, one + 2 * stride, one + 3 * stride)
    if isUnital {
      for i in 0..<stride {
        let (x, y, z) = (px[i], py[i], pz[i])
        px[i] = xx * x + xy * y + xz * z
        py[i] = yx * x + yy * y + yz * z
        pz[i] = zx * x + zy * y + zz * z
      }
    } else {
      for i in 0..<stride {
        let (w, x, y, z) = (one[i], px[i], py[i], pz[i])
        px[i] = xi * w + xx * x + xy * y + xz * z
        py[i] = yi * w + yx * x + yy * y + yz * z
        pz[i] = zi * w + zx * x + zy * y + zz * z
      }
    }
  }
}

/// Any channel on a few qubits, group by group.
@_specialize(where S == Double)
@_specialize(where S == Float)
func applyTransfer<S: Scalar>(
  _ state: UnsafeMutablePointer<S>, _ transfer: PauliTransfer, qubits: [Int], qubitCount: Int,
  pool: ThreadPool
) {
  let shifts = qubits.map { 2 * (qubitCount - 1 - $0) }
  let order = transfer.order
  let offsets = (0..<order).map { word in
    shifts.enumerated().reduce(0) {
      $0 | (word >> (2 * (qubits.count - 1 - $1.offset)) & 3) << $1.element
    }
  }
  var starts = [0]
  var columns: [Int] = []
  var weights: [S] = []
  for a in 0..<order {
    for b in 0..<order where transfer.elements[a * order + b] != 0 {
      columns.append(b)
      weights.append(S(transfer.elements[a * order + b]))
    }
    starts.append(columns.count)
  }
  let fixed = FixedBits(shifts.reduce(0) { $0 | 3 << $1 }, qubitCount: 2 * qubitCount)
  let groupsPerChunk = max(1, (1 << 14) / order)
  pool.run(chunks: (fixed.groupCount + groupsPerChunk - 1) / groupsPerChunk) { chunk in
    withUnsafeTemporaryAllocation(of: S.self, capacity: order) { values in
      for g in chunk * groupsPerChunk..<min(fixed.groupCount, (chunk + 1) * groupsPerChunk) {
        let base = state + fixed.index(of: g)
        for a in 0..<order { values[a] = base[offsets[a]] }
        for a in 0..<order {
          var sum: S = 0
          for k in starts[a]..<starts[a + 1] { sum += weights[k] * values[columns[k]] }
          base[offsets[a]] = sum
        }
      }
    }
  }
}

/// The sum of squares, added chunk by chunk in order.
@_specialize(where S == Double)
@_specialize(where S == Float)
func squaredNorm<S: Scalar>(
  _ state: UnsafeMutablePointer<S>, count: Int, pool: ThreadPool
) -> Double {
  let perChunk = 1 << 13
  let chunks = (count + perChunk - 1) / perChunk
  var partial = [Double](repeating: 0, count: chunks)
  partial.withUnsafeMutableBufferPointer { partial in
    guard let base = partial.baseAddress else { return }
    let sums = SendablePointer(base)
    pool.run(chunks: chunks) { chunk in
      var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
      let last = min(count, (chunk + 1) * perChunk)
      var i = chunk * perChunk
      while i + 4 <= last {
        a += Double(state[i] * state[i])
        b += Double(state[i + 1] * state[i + 1])
        c += Double(state[i + 2] * state[i + 2])
        d += Double(state[i + 3] * state[i + 3])
        i += 4
      }
      sums.value[chunk] = (a + b) + (c + d)
    }
  }
  return partial.reduce(0, +)
}
