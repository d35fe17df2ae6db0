import AnsatzMath

/// Im⟨bra|Π P|ket⟩, with Π the projector on the controls being 1: the derivative of
/// 2·Re⟨bra|exp(-iθP/2)|…⟩ in θ.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func pauliDerivative<V: LaneVector>(
  _ bra: UnsafeMutablePointer<V>, _ ket: UnsafeMutablePointer<V>, _ fixed: FixedBits,
  _ groups: Range<Int>, controls: Int, masks: PauliMasks
) -> V {
  let (x, z) = (masks.x, masks.z)
  var total = V.zero
  fixed.forEachRun(in: groups) { first, count in
    for j in (first | controls)..<(first | controls) + count {
      let a = 2 * j
      var value: V
      if x == 0 {
        value = bra[a] * ket[a + 1] - bra[a + 1] * ket[a]
      } else {
        let b = 2 * (j ^ x)
        if masks.yCount & 1 == 0 {
          value =
            bra[b] * ket[a + 1] - bra[b + 1] * ket[a]
            + (bra[a] * ket[b + 1] - bra[a + 1] * ket[b])
        } else {
          value =
            bra[b] * ket[a] + bra[b + 1] * ket[a + 1]
            - (bra[a] * ket[b] + bra[a + 1] * ket[b + 1])
        }
      }
      total += parityIsOdd(j & z) ? -value : value
    }
  }
  return masks.yCount & 2 == 0 ? total : -total
}

/// -2·Im⟨bra|Π|ket⟩, with Π the projector on the mask's bits being 1: the derivative of
/// 2·Re⟨bra|exp(iφΠ)|…⟩ in φ.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func phaseDerivative<V: LaneVector>(
  _ bra: UnsafeMutablePointer<V>, _ ket: UnsafeMutablePointer<V>, _ fixed: FixedBits,
  _ groups: Range<Int>, mask: Int
) -> V {
  var total = V.zero
  fixed.forEachRun(in: groups) { first, count in
    for j in (first | mask)..<(first | mask) + count {
      let a = 2 * j
      total += bra[a + 1] * ket[a] - bra[a] * ket[a + 1]
    }
  }
  return total + total
}
