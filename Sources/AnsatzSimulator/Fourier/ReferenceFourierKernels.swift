import AnsatzMath
import Numerics

/// The scalar twins of the C kernels, written from what each means rather than how it runs.
extension FourierKernels {
  private static var lanes: Int { S.Lanes.laneCount }

  /// The places of one amplitude's real and imaginary part.
  private static func places(_ line: Int, _ lane: Int, interleaved: Bool) -> (Int, Int) {
    let first = 2 * lanes * line
    return interleaved
      ? (first + 2 * lane, first + 2 * lane + 1) : (first + lane, first + lanes + lane)
  }

  private static func copy(
    from source: Pointer, _ line: Int, interleaved: Bool, to target: Pointer, _ other: Int,
    otherInterleaved: Bool, scale: S = 1
  ) {
    // Read first, so that a line may be its own target.
    let values = (0..<lanes).map { lane in
      let (re, im) = places(line, lane, interleaved: interleaved)
      return (source[re] * scale, source[im] * scale)
    }
    for (lane, value) in values.enumerated() {
      let (re, im) = places(other, lane, interleaved: otherInterleaved)
      (target[re], target[im]) = value
    }
  }

  static var reference: FourierKernels {
    FourierKernels(
      target: "reference",
      transform: { rows, bits, _, inverse in
        // From the definition, without the twiddles.
        let count = 1 << Int(bits)
        let sign: Double = inverse == 1 ? -1 : 1
        let places = reversedIndices(bits: Int(bits))
        for lane in 0..<lanes {
          let values = (0..<count).map { row in
            Complex(
              Double(rows[row * 2 * lanes + lane]), Double(rows[row * 2 * lanes + lanes + lane]))
          }
          for k in 0..<count {
            var sum = Complex<Double>.zero
            for j in 0..<count {
              let turn = Double(j * k % count) / Double(count)
              sum += values[j] * Complex(length: 1, phase: sign * 2 * .pi * turn)
            }
            let row = Int(places[k])
            rows[row * 2 * lanes + lane] = S(sum.real)
            rows[row * 2 * lanes + lanes + lane] = S(sum.imaginary)
          }
        }
      },
      gather: { state, offsets, rows, lines, count, interleaved, buffer in
        for g in 0..<count {
          for r in 0..<rows {
            copy(
              from: state, offsets[r] + lines[g], interleaved: interleaved == 1, to: buffer,
              g * rows + r, otherInterleaved: false)
          }
        }
      },
      scatter: { state, offsets, reversed, rows, lines, count, interleaved, scale, buffer in
        for g in 0..<count {
          for r in 0..<rows {
            copy(
              from: buffer, g * rows + Int(reversed[r]), interleaved: false, to: state,
              offsets[r] + lines[g], otherInterleaved: interleaved == 1, scale: scale)
          }
        }
      },
      scatterTurned: {
        state, offsets, reversed, rows, lines, first, count, laneTable, coarse, fine, fineBits,
        inverse, buffer in
        func pair(_ table: Pointer, _ real: Int, _ imaginary: Int) -> Complex<S> {
          Complex(table[real], table[imaginary])
        }
        for g in 0..<count {
          for r in 0..<rows {
            let e = r * (first + g) * lanes
            let (high, low) = (e >> Int(fineBits), e & ((1 << Int(fineBits)) - 1))
            let shared =
              pair(coarse, 2 * high, 2 * high + 1) * pair(fine, 2 * low, 2 * low + 1)
            for lane in 0..<lanes {
              let row = r * 2 * lanes
              let turn = shared * pair(laneTable, row + lane, row + lanes + lane)
              let from = places(g * rows + Int(reversed[r]), lane, interleaved: false)
              let value =
                pair(buffer, from.0, from.1) * (inverse == 1 ? turn.conjugate : turn)
              let to = places(offsets[r] + lines[g], lane, interleaved: false)
              (state[to.0], state[to.1]) = (value.real, value.imaginary)
            }
          }
        }
      },
      gatherAcross: { state, offsets, lines, count, buffer in
        for l in 0..<count {
          for c in 0..<lanes {
            for r in 0..<lanes {
              let from = places(offsets[r] + lines[l], c, interleaved: false)
              let to = places(lanes * l + c, r, interleaved: false)
              (buffer[to.0], buffer[to.1]) = (state[from.0], state[from.1])
            }
          }
        }
      },
      scatterAcross: { state, offsets, lines, reversed, count, buffer in
        for l in 0..<count {
          for c in 0..<lanes {
            copy(
              from: buffer, Int(reversed[lanes * l + c]), interleaved: false, to: state,
              offsets[c] + lines[l], otherInterleaved: false)
          }
        }
      },
      exchange: { state, offsets, lines, firstA, countA, firstB, countB, interleaved in
        for a in firstA..<firstA + countA {
          for b in max(a, firstB)..<max(a, firstB + countB) {
            for c in 0..<lanes {
              let (one, two) = (
                offsets[lanes * a + c] + lines[b], offsets[lanes * b + c] + lines[a]
              )
              for part in 0..<2 * lanes where one != two {
                let kept = state[one * 2 * lanes + part]
                state[one * 2 * lanes + part] = state[two * 2 * lanes + part]
                state[two * 2 * lanes + part] = kept
              }
              guard interleaved == 1 else { continue }
              for line in Set([one, two]) {
                copy(
                  from: state, line, interleaved: false, to: state, line, otherInterleaved: true)
              }
            }
          }
        }
      })
  }
}
