import AnsatzMath

/// Adds Σ_j ±|ψ_j|² over the rows to each Z string's total.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func accumulateDiagonal<V: LaneVector>(
  _ state: UnsafeMutablePointer<V>, _ rows: Range<Int>, masks: [Int],
  into totals: UnsafeMutablePointer<V>
) {
  masks.withUnsafeBufferPointer { masks in
    for j in rows {
      let (re, im) = (state[2 * j], state[2 * j + 1])
      let probability = re * re + im * im
      for t in 0..<masks.count {
        if parityIsOdd(j & masks[t]) {
          totals[t] -= probability
        } else {
          totals[t] += probability
        }
      }
    }
  }
}

/// ⟨ψ|P|ψ⟩ over the groups, for a string with at least one X or Y.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func pauliExpectation<V: LaneVector>(
  _ state: UnsafeMutablePointer<V>, _ fixed: FixedBits, _ groups: Range<Int>, masks: PauliMasks
) -> V {
  let (x, z) = (masks.x, masks.z)
  let isImaginary = masks.yCount & 1 == 1
  var total = V.zero
  fixed.forEachRun(in: groups) { first, count in
    for j in first..<first + count {
      let (a, b) = (2 * j, 2 * (j ^ x))
      let value =
        isImaginary
        ? state[b + 1] * state[a] - state[b] * state[a + 1]
        : state[b] * state[a] + state[b + 1] * state[a + 1]
      total += parityIsOdd(j & z) ? -value : value
    }
  }
  let twice = total + total
  return masks.yCount & 2 == 0 ? twice : -twice
}

/// bra ← (Σ_t w_t Z-string_t)·ket over the rows; overwrites the bra.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func applyDiagonalObservable<V: LaneVector>(
  _ ket: UnsafeMutablePointer<V>, _ bra: UnsafeMutablePointer<V>, _ rows: Range<Int>,
  masks: [Int], weights: UnsafeMutablePointer<V>
) {
  masks.withUnsafeBufferPointer { masks in
    for j in rows {
      var factor = V.zero
      for t in 0..<masks.count {
        if parityIsOdd(j & masks[t]) {
          factor -= weights[t]
        } else {
          factor += weights[t]
        }
      }
      bra[2 * j] = factor * ket[2 * j]
      bra[2 * j + 1] = factor * ket[2 * j + 1]
    }
  }
}

/// bra ← bra + w·P·ket over the groups, for a string with at least one X or Y.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func addPauli<V: LaneVector>(
  _ ket: UnsafeMutablePointer<V>, _ bra: UnsafeMutablePointer<V>, _ fixed: FixedBits,
  _ groups: Range<Int>, masks: PauliMasks, weight: V
) {
  let (x, z) = (masks.x, masks.z)
  let isImaginary = masks.yCount & 1 == 1
  let signed = masks.yCount & 2 == 0 ? weight : -weight
  fixed.forEachRun(in: groups) { first, count in
    for j in first..<first + count {
      let w = parityIsOdd(j & z) ? -signed : signed
      let (a, b) = (2 * j, 2 * (j ^ x))
      if isImaginary {
        // i·w to the partner, -i·w back: the signs of the two members of a pair are opposite.
        bra[b] -= w * ket[a + 1]
        bra[b + 1] += w * ket[a]
        bra[a] += w * ket[b + 1]
        bra[a + 1] -= w * ket[b]
      } else {
        bra[b] += w * ket[a]
        bra[b + 1] += w * ket[a + 1]
        bra[a] += w * ket[b]
        bra[a + 1] += w * ket[b + 1]
      }
    }
  }
}
