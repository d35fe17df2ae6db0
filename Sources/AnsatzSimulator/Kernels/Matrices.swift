import AnsatzMath

/// A complex 2×2 matrix on the pair of amplitudes that differ in one bit.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func applyMatrix2<V: LaneVector>(
  _ state: UnsafeMutablePointer<V>, _ fixed: FixedBits, _ groups: Range<Int>, controls: Int,
  bit: Int, matrix: ComplexMatrix
) {
  func real(_ i: Int) -> V { V(repeating: V.Element(matrix.elements[i].real)) }
  func imaginary(_ i: Int) -> V { V(repeating: V.Element(matrix.elements[i].imaginary)) }
  let (ar, br, cr, dr) = (real(0), real(1), real(2), real(3))
  let (ai, bi, ci, di) = (imaginary(0), imaginary(1), imaginary(2), imaginary(3))
  fixed.forEachRun(in: groups) { first, count in
    for j in (first | controls)..<(first | controls) + count {
      let (a, b) = (2 * j, 2 * (j | bit))
      let (re0, im0, re1, im1) = (state[a], state[a + 1], state[b], state[b + 1])
      state[a] = ar * re0 - ai * im0 + (br * re1 - bi * im1)
      state[a + 1] = ar * im0 + ai * re0 + (br * im1 + bi * re1)
      state[b] = cr * re0 - ci * im0 + (dr * re1 - di * im1)
      state[b + 1] = cr * im0 + ci * re0 + (dr * im1 + di * re1)
    }
  }
}

/// A dense matrix on k bits, the first the most significant of the matrix's index.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func applyMatrix<V: LaneVector>(
  _ state: UnsafeMutablePointer<V>, _ fixed: FixedBits, _ groups: Range<Int>, controls: Int,
  offsets: [Int], matrix: ComplexMatrix
) {
  let order = offsets.count
  withUnsafeTemporaryAllocation(of: V.self, capacity: 2 * order) { scratch in
    for group in groups {
      let base = fixed.index(of: group) | controls
      for (i, offset) in offsets.enumerated() {
        scratch[2 * i] = state[2 * (base | offset)]
        scratch[2 * i + 1] = state[2 * (base | offset) + 1]
      }
      for (i, offset) in offsets.enumerated() {
        var (re, im) = (V.zero, V.zero)
        for k in 0..<order {
          let entry = matrix.elements[i * order + k]
          let mr = V(repeating: V.Element(entry.real))
          let mi = V(repeating: V.Element(entry.imaginary))
          re += mr * scratch[2 * k] - mi * scratch[2 * k + 1]
          im += mr * scratch[2 * k + 1] + mi * scratch[2 * k]
        }
        state[2 * (base | offset)] = re
        state[2 * (base | offset) + 1] = im
      }
    }
  }
}

/// The offset of each value of the given bits, the first bit the most significant of the value.
func offsets(of bits: [Int]) -> [Int] {
  (0..<1 << bits.count).map { value in
    bits.enumerated().reduce(0) { offset, place in
      offset | (value >> (bits.count - 1 - place.offset) & 1) << place.element
    }
  }
}
