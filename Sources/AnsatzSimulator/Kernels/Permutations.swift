import AnsatzMath

/// Exchanges the amplitudes at two offsets of every group.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func exchange<V: LaneVector>(
  _ state: UnsafeMutablePointer<V>, _ fixed: FixedBits, _ groups: Range<Int>, first offset: Int,
  second: Int
) {
  fixed.forEachRun(in: groups) { first, count in
    for j in first..<first + count {
      let (a, b) = (2 * (j | offset), 2 * (j | second))
      let (re, im) = (state[a], state[a + 1])
      state[a] = state[b]
      state[a + 1] = state[b + 1]
      state[b] = re
      state[b + 1] = im
    }
  }
}
