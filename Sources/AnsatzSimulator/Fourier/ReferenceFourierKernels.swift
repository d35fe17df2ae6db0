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

  /// The places of one amplitude of a column.
  private static func place(_ column: Int, _ row: Int, _ distance: Int) -> (Int, Int) {
    let first = 2 * (column * distance + row)
    return (first, first + 1)
  }

  static var reference: FourierKernels {
    FourierKernels(
      target: "reference",
      gather: { state, offsets, rows, lines, count, interleaved, columns, distance in
        for column in 0..<count * lanes {
          for r in 0..<rows {
            let from = places(
              offsets[r] + lines[column / lanes], column % lanes, interleaved: interleaved == 1)
            let to = place(column, r, distance)
            (columns[to.0], columns[to.1]) = (state[from.0], state[from.1])
          }
        }
      },
      scatter: { state, offsets, rows, lines, count, interleaved, scale, columns, distance in
        for column in 0..<count * lanes {
          for r in 0..<rows {
            let from = place(column, r, distance)
            let to = places(
              offsets[r] + lines[column / lanes], column % lanes, interleaved: interleaved == 1)
            (state[to.0], state[to.1]) = (columns[from.0] * scale, columns[from.1] * scale)
          }
        }
      },
      scatterTurned: {
        state, offsets, rows, lines, first, count, laneTable, coarse, fine, fineBits, inverse,
        columns, distance in
        func pair(_ table: Pointer, _ real: Int, _ imaginary: Int) -> Complex<S> {
          Complex(table[real], table[imaginary])
        }
        for column in 0..<count * lanes {
          let (g, lane) = (column / lanes, column % lanes)
          for r in 0..<rows {
            let e = r * (first + g) * lanes
            let (high, low) = (e >> Int(fineBits), e & ((1 << Int(fineBits)) - 1))
            let row = r * 2 * lanes
            let turn =
              pair(coarse, 2 * high, 2 * high + 1) * pair(fine, 2 * low, 2 * low + 1)
              * pair(laneTable, row + lane, row + lanes + lane)
            let from = place(column, r, distance)
            let value = pair(columns, from.0, from.1) * (inverse == 1 ? turn.conjugate : turn)
            let to = places(offsets[r] + lines[g], lane, interleaved: false)
            (state[to.0], state[to.1]) = (value.real, value.imaginary)
          }
        }
      },
      gatherAcross: { state, offsets, lines, count, columns, distance in
        for r in 0..<lanes {
          for index in 0..<count * lanes {
            let from = places(
              offsets[r] + lines[index / lanes], index % lanes, interleaved: false)
            let to = place(r, index, distance)
            (columns[to.0], columns[to.1]) = (state[from.0], state[from.1])
          }
        }
      },
      scatterAcross: { state, offsets, lines, count, columns, distance in
        for r in 0..<lanes {
          for index in 0..<count * lanes {
            let from = place(r, index, distance)
            let to = places(
              offsets[index % lanes] + lines[index / lanes], r, interleaved: false)
            (state[to.0], state[to.1]) = (columns[from.0], columns[from.1])
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
                let start = line * 2 * lanes
                let values = (0..<2 * lanes).map { state[start + $0] }
                for lane in 0..<lanes {
                  state[start + 2 * lane] = values[lane]
                  state[start + 2 * lane + 1] = values[lanes + lane]
                }
              }
            }
          }
        }
      })
  }
}
