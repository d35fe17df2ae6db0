import AnsatzMath
import CAnsatzKernels

/// The C kernels as a batch calls them: table entries behind a typed face.
///
/// Unlike closures this costs no reference counting, and with `S` known the branch on it is gone.
struct BlockKernels<S: Scalar>: @unchecked Sendable {
  typealias Pointer = UnsafeMutablePointer<S>
  typealias Rows = UnsafePointer<Int32>

  private let double = ansatz_kernels_double()
  private let single = ansatz_kernels_float()
  private let doubleAngles = ansatz_angles_double()
  private let singleAngles = ansatz_angles_float()

  @inline(__always)
  private func d(_ pointer: Pointer) -> UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Double.self)
  }

  @inline(__always)
  private func f(_ pointer: Pointer) -> UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Float.self)
  }

  @inline(__always)
  func cosinesSines(
    _ angles: UnsafePointer<Double>, _ cosines: Pointer, _ sines: Pointer, _ count: Int
  ) {
    if S.self == Double.self {
      doubleAngles.pointee.cosines_sines(angles, d(cosines), d(sines), count)
    } else {
      singleAngles.pointee.cosines_sines(angles, f(cosines), f(sines), count)
    }
  }

  /// In double precision whatever `S` is.
  @inline(__always)
  func exactCosinesSines(
    _ angles: UnsafePointer<Double>, _ cosines: UnsafeMutablePointer<Double>,
    _ sines: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    doubleAngles.pointee.cosines_sines(angles, cosines, sines, count)
  }

  /// Shared and lane-dependent cosines and sines come as pairs of pointers.
  @inline(__always)
  func productGates(
    _ factors: Pointer, _ bits: Int, _ ranges: Rows, _ gates: Rows, shared: (Pointer, Pointer),
    lanes: (Pointer, Pointer)
  ) {
    if S.self == Double.self {
      doubleAngles.pointee.product_gates(
        d(factors), bits, ranges, gates, d(shared.0), d(shared.1), d(lanes.0), d(lanes.1))
    } else {
      singleAngles.pointee.product_gates(
        f(factors), bits, ranges, gates, f(shared.0), f(shared.1), f(lanes.0), f(lanes.1))
    }
  }

  @inline(__always)
  func productGatesBack(
    _ out: Pointer, _ h: Pointer, _ ket: Pointer, _ count: Int, _ gates: Rows,
    shared: (Pointer, Pointer), lanes: (Pointer, Pointer)
  ) {
    if S.self == Double.self {
      doubleAngles.pointee.product_gates_back(
        d(out), d(h), d(ket), count, gates, d(shared.0), d(shared.1), d(lanes.0), d(lanes.1))
    } else {
      singleAngles.pointee.product_gates_back(
        f(out), f(h), f(ket), count, gates, f(shared.0), f(shared.1), f(lanes.0), f(lanes.1))
    }
  }

  @inline(__always)
  func rotateLift(
    _ state: Pointer, _ reps: Rows, _ count: Int, _ base: Int32, _ offsets: Rows, _ k: Int32,
    _ lifts: Pointer, _ flags: Int32
  ) {
    if S.self == Double.self {
      double.pointee.rotate_lift(d(state), reps, count, base, offsets, k, d(lifts), flags)
    } else {
      single.pointee.rotate_lift(f(state), reps, count, base, offsets, k, f(lifts), flags)
    }
  }

  @inline(__always)
  func rotateLanes(
    _ state: Pointer, _ reps: Rows, _ count: Int, _ base: Int32, _ offsets: Rows, _ k: Int32,
    _ cosines: Pointer, _ sines: Pointer
  ) {
    if S.self == Double.self {
      double.pointee.rotate_lanes(
        d(state), reps, count, base, offsets, k, d(cosines), d(sines))
    } else {
      single.pointee.rotate_lanes(
        f(state), reps, count, base, offsets, k, f(cosines), f(sines))
    }
  }

  @inline(__always)
  func rotationGradient(
    _ bra: Pointer, _ ket: Pointer, _ reps: Rows, _ count: Int, _ base: Int32, _ offsets: Rows,
    _ k: Int32, _ out: Pointer
  ) {
    if S.self == Double.self {
      double.pointee.rotation_gradient(d(bra), d(ket), reps, count, base, offsets, k, d(out))
    } else {
      single.pointee.rotation_gradient(f(bra), f(ket), reps, count, base, offsets, k, f(out))
    }
  }

  @inline(__always)
  func wordSum(
    _ bra: Pointer, _ ket: Pointer, _ rows: Int, x: Int32, z: Int32, isImaginary: Bool,
    _ out: Pointer
  ) {
    if S.self == Double.self {
      double.pointee.word_sum(d(bra), d(ket), 0, rows, x, 0, z, isImaginary ? 1 : 0, d(out))
    } else {
      single.pointee.word_sum(f(bra), f(ket), 0, rows, x, 0, z, isImaginary ? 1 : 0, f(out))
    }
  }

  @inline(__always)
  func wordAdd(
    _ bra: Pointer, _ ket: Pointer, _ rows: Int, x: Int32, z: Int32, isImaginary: Bool,
    _ weights: Pointer
  ) {
    if S.self == Double.self {
      double.pointee.word_add(d(bra), d(ket), 0, rows, x, 0, z, isImaginary ? 1 : 0, d(weights))
    } else {
      single.pointee.word_add(f(bra), f(ket), 0, rows, x, 0, z, isImaginary ? 1 : 0, f(weights))
    }
  }

  @inline(__always)
  func diagonal(_ to: Pointer, _ from: Pointer, _ table: Pointer, _ rows: Int) {
    if S.self == Double.self {
      double.pointee.diagonal(d(to), d(from), d(table), rows)
    } else {
      single.pointee.diagonal(f(to), f(from), f(table), rows)
    }
  }

  @inline(__always)
  func diagonalLanes(_ to: Pointer, _ from: Pointer, _ table: Pointer, _ rows: Int) {
    if S.self == Double.self {
      double.pointee.diagonal_lanes(d(to), d(from), d(table), rows)
    } else {
      single.pointee.diagonal_lanes(f(to), f(from), f(table), rows)
    }
  }

  @inline(__always)
  func diagonalBack(
    _ bra: Pointer, _ ket: Pointer, _ table: Pointer, _ imaginary: Pointer, _ rows: Int
  ) {
    if S.self == Double.self {
      double.pointee.diagonal_back(d(bra), d(ket), d(table), d(imaginary), rows)
    } else {
      single.pointee.diagonal_back(f(bra), f(ket), f(table), f(imaginary), rows)
    }
  }

  @inline(__always)
  func diagonalBackLanes(
    _ bra: Pointer, _ ket: Pointer, _ table: Pointer, _ imaginary: Pointer, _ rows: Int
  ) {
    if S.self == Double.self {
      double.pointee.diagonal_back_lanes(d(bra), d(ket), d(table), d(imaginary), rows)
    } else {
      single.pointee.diagonal_back_lanes(f(bra), f(ket), f(table), f(imaginary), rows)
    }
  }

  @inline(__always)
  func product(_ to: Pointer, _ from: Pointer, _ factor: Pointer, _ rows: Int) {
    if S.self == Double.self {
      double.pointee.product(d(to), d(from), d(factor), rows)
    } else {
      single.pointee.product(f(to), f(from), f(factor), rows)
    }
  }

  @inline(__always)
  func productBack(
    _ bra: Pointer, _ prefix: Pointer, _ factor: Pointer, _ h: Pointer, _ rows: Int
  ) {
    if S.self == Double.self {
      double.pointee.product_back(d(bra), d(prefix), d(factor), d(h), rows)
    } else {
      single.pointee.product_back(f(bra), f(prefix), f(factor), f(h), rows)
    }
  }

  @inline(__always)
  func probabilities(_ ket: Pointer, _ order: Rows?, _ p: Pointer, _ rows: Int) {
    if S.self == Double.self {
      double.pointee.probabilities(d(ket), order, d(p), rows)
    } else {
      single.pointee.probabilities(f(ket), order, f(p), rows)
    }
  }

  @inline(__always)
  func gather(_ from: Pointer, _ order: Rows?, _ p: Pointer, _ rows: Int) {
    if S.self == Double.self {
      double.pointee.gather(d(from), order, d(p), rows)
    } else {
      single.pointee.gather(f(from), order, f(p), rows)
    }
  }

  @inline(__always)
  func orderedSignedSums(
    _ source: Pointer, _ order: Rows?, _ p: Pointer, _ bits: Int, _ signs: Pointer
  ) {
    if S.self == Double.self {
      double.pointee.ordered_signed_sums(d(source), order, d(p), Int32(bits), d(signs))
    } else {
      single.pointee.ordered_signed_sums(f(source), order, f(p), Int32(bits), f(signs))
    }
  }

  @inline(__always)
  func productDiagonal(
    _ to: Pointer, _ source: Pointer, _ factor: Pointer, _ table: Pointer, _ rows: Int
  ) {
    if S.self == Double.self {
      double.pointee.product_diagonal(d(to), d(source), d(factor), d(table), rows)
    } else {
      single.pointee.product_diagonal(f(to), f(source), f(factor), f(table), rows)
    }
  }

  @inline(__always)
  func productDiagonalBack(
    _ bra: Pointer, _ prefix: Pointer, _ factor: Pointer, _ table: Pointer, _ imaginary: Pointer,
    _ h: Pointer, _ rows: Int
  ) {
    if S.self == Double.self {
      double.pointee.product_diagonal_back(
        d(bra), d(prefix), d(factor), d(table), d(imaginary), d(h), rows)
    } else {
      single.pointee.product_diagonal_back(
        f(bra), f(prefix), f(factor), f(table), f(imaginary), f(h), rows)
    }
  }

  @inline(__always)
  func signedSums(_ p: Pointer, _ bits: Int, _ signs: Pointer) {
    if S.self == Double.self {
      double.pointee.signed_sums(d(p), Int32(bits), d(signs))
    } else {
      single.pointee.signed_sums(f(p), Int32(bits), f(signs))
    }
  }

  @inline(__always)
  func signedSpread(_ w: Pointer, _ bits: Int, _ start: Pointer, _ values: Pointer) {
    if S.self == Double.self {
      double.pointee.signed_spread(d(w), Int32(bits), d(start), d(values))
    } else {
      single.pointee.signed_spread(f(w), Int32(bits), f(start), f(values))
    }
  }

  @inline(__always)
  func weigh(_ bra: Pointer, _ ket: Pointer, _ w: Pointer, _ order: Rows?, _ rows: Int) {
    if S.self == Double.self {
      double.pointee.weigh(d(bra), d(ket), d(w), order, rows)
    } else {
      single.pointee.weigh(f(bra), f(ket), f(w), order, rows)
    }
  }

  @inline(__always)
  func phaseTable(_ table: Pointer, _ bits: Int, _ scale: Double, _ factors: Pointer) {
    if S.self == Double.self {
      double.pointee.phase_table(d(table), Int32(bits), scale, d(factors))
    } else {
      single.pointee.phase_table(f(table), Int32(bits), Float(scale), f(factors))
    }
  }

  @inline(__always)
  func phaseTableLanes(_ table: Pointer, _ bits: Int, _ start: Pointer, _ factors: Pointer) {
    if S.self == Double.self {
      double.pointee.phase_table_lanes(d(table), Int32(bits), d(start), d(factors))
    } else {
      single.pointee.phase_table_lanes(f(table), Int32(bits), f(start), f(factors))
    }
  }

  @inline(__always)
  func tableMultiply(_ to: Pointer, _ from: Pointer, _ order: Rows?, _ rows: Int) {
    if S.self == Double.self {
      double.pointee.table_multiply(d(to), d(from), order, rows)
    } else {
      single.pointee.table_multiply(f(to), f(from), order, rows)
    }
  }

  @inline(__always)
  func tableMultiplyLanes(_ to: Pointer, _ from: Pointer, _ order: Rows?, _ rows: Int) {
    if S.self == Double.self {
      double.pointee.table_multiply_lanes(d(to), d(from), order, rows)
    } else {
      single.pointee.table_multiply_lanes(f(to), f(from), order, rows)
    }
  }
}
