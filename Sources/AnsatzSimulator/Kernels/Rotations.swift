import AnsatzMath

// State layout: amplitude j is two vectors, real part then imaginary part; a vector's lanes are
// samples. Each kernel works on the groups in its range, so a state can be split among threads.

/// (-1)^{parity}, as a factor.
@inline(__always)
func parityIsOdd(_ bits: Int) -> Bool { bits.nonzeroBitCount & 1 == 1 }

/// exp(-iθP/2) for a word with an even number of Y and at least one X or Y.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func rotateImaginary<V: LaneVector>(
  _ state: UnsafeMutablePointer<V>, _ fixed: FixedBits, _ groups: Range<Int>, controls: Int,
  masks: PauliMasks, cosine: V, sine: V
) {
  let signed = masks.yCount & 2 == 0 ? sine : -sine
  let z = masks.z
  fixed.forEachRun(in: groups) { first, count in
    for j in (first | controls)..<(first | controls) + count {
      let t = parityIsOdd(j & z) ? -signed : signed
      let (a, b) = (2 * j, 2 * (j ^ masks.x))
      let (re0, im0, re1, im1) = (state[a], state[a + 1], state[b], state[b + 1])
      state[a] = cosine * re0 + t * im1
      state[a + 1] = cosine * im0 - t * re1
      state[b] = cosine * re1 + t * im0
      state[b + 1] = cosine * im1 - t * re0
    }
  }
}

/// exp(-iθP/2) for a word with an odd number of Y: a real rotation of each pair.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func rotateReal<V: LaneVector>(
  _ state: UnsafeMutablePointer<V>, _ fixed: FixedBits, _ groups: Range<Int>, controls: Int,
  masks: PauliMasks, cosine: V, sine: V
) {
  let signed = masks.yCount & 2 == 0 ? sine : -sine
  let z = masks.z
  fixed.forEachRun(in: groups) { first, count in
    for j in (first | controls)..<(first | controls) + count {
      let t = parityIsOdd(j & z) ? -signed : signed
      let (a, b) = (2 * j, 2 * (j ^ masks.x))
      let (re0, im0, re1, im1) = (state[a], state[a + 1], state[b], state[b + 1])
      state[a] = cosine * re0 - t * re1
      state[a + 1] = cosine * im0 - t * im1
      state[b] = cosine * re1 + t * re0
      state[b + 1] = cosine * im1 + t * im0
    }
  }
}

/// exp(-iθP/2) for a word of Z alone.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func rotateDiagonal<V: LaneVector>(
  _ state: UnsafeMutablePointer<V>, _ fixed: FixedBits, _ groups: Range<Int>, controls: Int,
  masks: PauliMasks, cosine: V, sine: V
) {
  let z = masks.z
  fixed.forEachRun(in: groups) { first, count in
    for j in (first | controls)..<(first | controls) + count {
      let t = parityIsOdd(j & z) ? -sine : sine
      let (re, im) = (state[2 * j], state[2 * j + 1])
      state[2 * j] = cosine * re + t * im
      state[2 * j + 1] = cosine * im - t * re
    }
  }
}

/// Multiplies by `cosine + i·sine` wherever all bits of the mask are 1.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func multiplyPhase<V: LaneVector>(
  _ state: UnsafeMutablePointer<V>, _ fixed: FixedBits, _ groups: Range<Int>, mask: Int,
  cosine: V, sine: V
) {
  fixed.forEachRun(in: groups) { first, count in
    for j in (first | mask)..<(first | mask) + count {
      let (re, im) = (state[2 * j], state[2 * j + 1])
      state[2 * j] = cosine * re - sine * im
      state[2 * j + 1] = cosine * im + sine * re
    }
  }
}
