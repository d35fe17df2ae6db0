import AnsatzMath

@testable import AnsatzSimulator

extension KernelSet {
  /// Every kernel once more, as plainly as it can be said: one amplitude of one sample at a time.
  static var reference: KernelSet {
    let lanes = S.Lanes.laneCount
    /// Visits the rows of each group, lane by lane, real and imaginary parts apart.
    func forEachColumn(
      _ reps: Rows, _ groups: Int, _ base: Int32, _ offsets: Rows, _ k: Int32,
      _ body: (_ places: [Int], _ lane: Int) -> Void
    ) {
      for group in 0..<groups {
        for column in 0..<2 * lanes {
          let places = (0..<1 << Int(k)).map {
            Int(reps[group] ^ base ^ offsets[$0]) * 2 * lanes + column
          }
          body(places, column % lanes)
        }
      }
    }
    func row(_ order: Rows?, _ i: Int) -> Int { order.map { Int($0[i]) } ?? i }
    func multiply(
      _ p: Pointer, _ re: Int, _ im: Int, by factor: (S, S)
    ) {
      (p[re], p[im]) = (
        p[re] * factor.0 - p[im] * factor.1, p[re] * factor.1 + p[im] * factor.0
      )
    }
    func diagonalRows(
      _ destination: Pointer, _ source: Pointer, _ rows: Int, entry: (Int, Int) -> (S, S)
    ) {
      for j in 0..<rows {
        for lane in 0..<lanes {
          let (re, im) = (j * 2 * lanes + lane, j * 2 * lanes + lanes + lane)
          (destination[re], destination[im]) = (source[re], source[im])
          multiply(destination, re, im, by: entry(j, lane))
        }
      }
    }
    func diagonalBackRows(
      _ bra: Pointer, _ ket: Pointer, _ imaginary: Pointer, _ rows: Int,
      entry: (Int, Int) -> (S, S)
    ) {
      diagonalRows(bra, bra, rows) { (entry($0, $1).0, -entry($0, $1).1) }
      for j in 0..<rows {
        for lane in 0..<lanes {
          let (re, im) = (j * 2 * lanes + lane, j * 2 * lanes + lanes + lane)
          imaginary[j * lanes + lane] = bra[re] * ket[im] - bra[im] * ket[re]
        }
      }
    }
    func product(
      _ destination: Pointer, _ source: Pointer, _ factor: Pointer, _ rows: Int
    ) {
      for y in 0..<rows {
        for s in 0..<2 {
          for lane in 0..<lanes {
            let (re, im) = (y * 2 * lanes + lane, y * 2 * lanes + lanes + lane)
            let (fr, fi) = (factor[s * 2 * lanes + lane], factor[(2 * s + 1) * lanes + lane])
            let place = (2 * y + s) * 2 * lanes + lane
            destination[place] = source[re] * fr - source[im] * fi
            destination[place + lanes] = source[re] * fi + source[im] * fr
          }
        }
      }
    }
    func productBack(
      _ bra: Pointer, _ prefix: Pointer, _ factor: Pointer, _ h: Pointer, _ rows: Int
    ) {
      for i in 0..<4 * lanes { h[i] = 0 }
      for y in 0..<rows {
        for lane in 0..<lanes {
          let (pr, pi) = (prefix[y * 2 * lanes + lane], prefix[y * 2 * lanes + lanes + lane])
          var (re, im): (S, S) = (0, 0)
          for s in 0..<2 {
            let place = (2 * y + s) * 2 * lanes + lane
            let (br, bi) = (bra[place], bra[place + lanes])
            let (fr, fi) = (factor[s * 2 * lanes + lane], factor[(2 * s + 1) * lanes + lane])
            h[s * 2 * lanes + lane] += br * pr + bi * pi
            h[(2 * s + 1) * lanes + lane] += br * pi - bi * pr
            re += fr * br + fi * bi
            im += fr * bi - fi * br
          }
          bra[y * 2 * lanes + lane] = re
          bra[y * 2 * lanes + lanes + lane] = im
        }
      }
    }
    func signedSums(
      _ source: Pointer, _ order: Rows?, _ p: Pointer, _ bits: Int32, _ signs: Pointer
    ) {
      for lane in 0..<lanes {
        let values = (0..<1 << Int(bits)).map { source[row(order, $0) * lanes + lane] }
        for b in 0..<Int(bits) {
          signs[b * lanes + lane] = values.enumerated().reduce(0) {
            $1.offset >> b & 1 == 1 ? $0 - $1.element : $0 + $1.element
          }
        }
        p[lane] = values.reduce(0, +)
      }
    }
    func tileFactor(
      _ table: Pointer?, _ factors: Pointer?, _ index: Rows, _ j: Int, _ lane: Int
    ) -> (S, S) {
      let own = Int(index[j]) * 2 * lanes + lane
      var entry: [S] = [1, 0]
      if let factors { entry = [factors[own], factors[own + lanes]] }
      if let table {
        let (re, im) = (table[j * 2 * lanes + lane], table[j * 2 * lanes + lanes + lane])
        entry = [re * entry[0] - im * entry[1], re * entry[1] + im * entry[0]]
      }
      return (entry[0], entry[1])
    }
    func turnLanes(
      _ state: Pointer, _ rows: Int, _ turned: Int32, _ cosines: Pointer, _ sines: Pointer, sign: S
    ) {
      for b in 0..<3 where turned >> Int32(b) & 1 == 1 {
        for j in 0..<2 * rows {
          let old = (0..<lanes).map { state[j * lanes + $0] }
          for lane in 0..<lanes {
            state[j * lanes + lane] =
              cosines[b * lanes + lane] * old[lane]
              + sign * sines[b * lanes + lane] * old[lane ^ 1 << b]
          }
        }
      }
    }
    return KernelSet(
      target: "reference",
      rotateLift: { state, reps, groups, base, offsets, k, lifts, flags in
        forEachColumn(reps, groups, base, offsets, k) { places, _ in
          for b in 0..<Int(k) {
            for i in places.indices where i >> b & 1 == 0 {
              let (p, q) = (places[i], places[i | 1 << b])
              let (x, y, t) = (state[p], state[q], lifts[b])
              (state[p], state[q]) =
                flags >> Int32(b) & 1 == 1 ? (t * x - y, t * y + x) : (x - t * y, y + t * x)
            }
          }
        }
      },
      rotateLanes: { state, reps, groups, base, offsets, k, cosines, sines in
        forEachColumn(reps, groups, base, offsets, k) { places, lane in
          for b in 0..<Int(k) {
            let (c, s) = (cosines[b * lanes + lane], sines[b * lanes + lane])
            for i in places.indices where i >> b & 1 == 0 {
              let (p, q) = (places[i], places[i | 1 << b])
              (state[p], state[q]) = (
                c * state[p] - s * state[q], c * state[q] + s * state[p]
              )
            }
          }
        }
      },
      rotationGradient: { bra, ket, reps, groups, base, offsets, k, out in
        forEachColumn(reps, groups, base, offsets, k) { places, lane in
          for b in 0..<Int(k) {
            for i in places.indices where i >> b & 1 == 0 {
              let (p, q) = (places[i], places[i | 1 << b])
              out[b * lanes + lane] += bra[q] * ket[p] - bra[p] * ket[q]
            }
          }
        }
      },
      wordRotate: { state, first, count, xRow, xLane, zRow, cosines, sines in
        let pivot = xRow == 0 ? 0 : 1 << (31 - xRow.leadingZeroBitCount)
        for group in first..<first + count {
          let r = pivot == 0 ? group : (group & ~(pivot - 1)) << 1 | group & (pivot - 1)
          let old = (0..<2).map { member in
            (0..<2 * lanes).map { state[(r ^ member * Int(xRow)) * 2 * lanes + $0] }
          }
          for member in 0..<(xRow == 0 ? 1 : 2) {
            let row = r ^ member * Int(xRow)
            let sign: S = parityIsOdd(row & Int(zRow)) ? -1 : 1
            for column in 0..<2 * lanes {
              let lane = column % lanes
              let partner = old[xRow == 0 ? 0 : 1 - member][column ^ Int(xLane)]
              state[row * 2 * lanes + column] =
                cosines[lane] * old[member][column] - sign * sines[lane] * partner
            }
          }
        }
      },
      wordSum: { bra, ket, first, count, xRow, xLane, zRow, imaginary, out in
        for r in first..<first + count {
          let sign: S = parityIsOdd(r & Int(zRow)) ? -1 : 1
          for lane in 0..<lanes {
            let b = (r ^ Int(xRow)) * 2 * lanes + (lane ^ Int(xLane))
            let k = r * 2 * lanes + lane
            let value =
              imaginary != 0
              ? bra[b] * ket[k + lanes] - bra[b + lanes] * ket[k]
              : bra[b] * ket[k] + bra[b + lanes] * ket[k + lanes]
            out[lane] += sign * value
          }
        }
      },
      wordAdd: { bra, ket, first, count, xRow, xLane, zRow, imaginary, weights in
        for q in first..<first + count {
          let r = q ^ Int(xRow)
          let sign: S = parityIsOdd(r & Int(zRow)) ? -1 : 1
          for lane in 0..<lanes {
            let k = r * 2 * lanes + (lane ^ Int(xLane))
            let b = q * 2 * lanes + lane
            let w = sign * weights[lane]
            bra[b] += imaginary != 0 ? -w * ket[k + lanes] : w * ket[k]
            bra[b + lanes] += imaginary != 0 ? w * ket[k] : w * ket[k + lanes]
          }
        }
      },
      diagonal: { destination, source, table, rows in
        diagonalRows(destination, source, rows) { j, _ in (table[2 * j], table[2 * j + 1]) }
      },
      diagonalLanes: { destination, source, table, rows in
        diagonalRows(destination, source, rows) { j, lane in
          (table[j * 2 * lanes + lane], table[j * 2 * lanes + lanes + lane])
        }
      },
      diagonalBack: { bra, ket, table, imaginary, rows in
        diagonalBackRows(bra, ket, imaginary, rows) { j, _ in (table[2 * j], table[2 * j + 1]) }
      },
      diagonalBackLanes: { bra, ket, table, imaginary, rows in
        diagonalBackRows(bra, ket, imaginary, rows) { j, lane in
          (table[j * 2 * lanes + lane], table[j * 2 * lanes + lanes + lane])
        }
      },
      product: product,
      scale: { destination, source, re, im, rows in
        diagonalRows(destination, source, rows) { _, _ in (re, im) }
      },
      productBack: productBack,
      productDiagonal: { destination, source, factor, table, rows in
        product(destination, source, factor, rows)
        diagonalRows(destination, destination, 2 * rows) { j, _ in
          (table[2 * j], table[2 * j + 1])
        }
      },
      productDiagonalBack: { bra, prefix, factor, table, imaginary, h, rows in
        withUnsafeTemporaryAllocation(of: S.self, capacity: max(1, 4 * rows * lanes)) { ket in
          guard let ket = ket.baseAddress else { return }
          product(ket, prefix, factor, rows)
          diagonalBackRows(bra, ket, imaginary, 2 * rows) { j, _ in
            (table[2 * j], table[2 * j + 1])
          }
        }
        productBack(bra, prefix, factor, h, rows)
      },
      probabilities: { ket, order, p, rows in
        for i in 0..<rows {
          for lane in 0..<lanes {
            let place = row(order, i) * 2 * lanes + lane
            p[i * lanes + lane] = ket[place] * ket[place] + ket[place + lanes] * ket[place + lanes]
          }
        }
      },
      gather: { source, order, p, rows in
        for i in 0..<rows {
          for lane in 0..<lanes { p[i * lanes + lane] = source[row(order, i) * lanes + lane] }
        }
      },
      signedSums: { p, bits, signs in signedSums(p, nil, p, bits, signs) },
      orderedSignedSums: signedSums,
      signedSpread: { w, bits, start, values in
        for lane in 0..<lanes {
          for i in 0..<1 << Int(bits) {
            w[i * lanes + lane] = (0..<Int(bits)).reduce(start[lane]) {
              i >> $1 & 1 == 1 ? $0 - values[$1 * lanes + lane] : $0 + values[$1 * lanes + lane]
            }
          }
        }
      },
      weigh: { bra, ket, w, order, rows in
        for i in 0..<rows {
          for column in 0..<2 * lanes {
            let place = row(order, i) * 2 * lanes + column
            bra[place] = w[i * lanes + column % lanes] * ket[place]
          }
        }
      },
      phaseTable: { table, bits, scale, factors in
        for i in 0..<1 << Int(bits) {
          (table[2 * i], table[2 * i + 1]) = (scale, 0)
          for b in 0..<Int(bits) {
            let sign: S = i >> b & 1 == 1 ? -1 : 1
            multiply(
              table, 2 * i, 2 * i + 1, by: (factors[2 * b], sign * factors[2 * b + 1]))
          }
        }
      },
      phaseTableLanes: { table, bits, start, factors in
        for i in 0..<1 << Int(bits) {
          for lane in 0..<lanes {
            let (re, im) = (i * 2 * lanes + lane, i * 2 * lanes + lanes + lane)
            (table[re], table[im]) = (start[lane], start[lanes + lane])
            for b in 0..<Int(bits) {
              let sign: S = i >> b & 1 == 1 ? -1 : 1
              multiply(
                table, re, im,
                by: (
                  factors[2 * b * lanes + lane], sign * factors[(2 * b + 1) * lanes + lane]
                ))
            }
          }
        }
      },
      tableMultiply: { destination, source, order, rows in
        for i in 0..<rows {
          let place = 2 * row(order, i)
          multiply(destination, place, place + 1, by: (source[2 * i], source[2 * i + 1]))
        }
      },
      tableMultiplyLanes: { destination, source, order, rows in
        for i in 0..<rows {
          for lane in 0..<lanes {
            let place = row(order, i) * 2 * lanes + lane
            multiply(
              destination, place, place + lanes,
              by: (source[i * 2 * lanes + lane], source[i * 2 * lanes + lanes + lane]))
          }
        }
      },
      rotateSignedLift: { state, reps, groups, base, offsets, k, lifts, signs, flags in
        forEachColumn(reps, groups, base, offsets, k) { places, lane in
          for b in 0..<Int(k) {
            let t = lifts[b * lanes + lane]
            let sign: S = signs.map { $0[b * lanes + lane].sign == .minus } ?? false ? -1 : 1
            for i in places.indices where i >> b & 1 == 0 {
              let (p, q) = (places[i], places[i | 1 << b])
              let (x, y) = (state[p], state[q])
              (state[p], state[q]) =
                flags >> Int32(b) & 1 == 1
                ? (t * x - sign * y, t * y + sign * x) : (x - t * y, y + t * x)
            }
          }
        }
      },
      tileDiagonal: { state, table, factors, index, rows, lanes, cosines, sines in
        diagonalRows(state, state, rows) { tileFactor(table, factors, index, $0, $1) }
        turnLanes(state, rows, lanes, cosines, sines, sign: -1)
      },
      tileDiagonalBack: {
        bra, ket, table, factors, index, imaginary, rows, turned, cosines, sines, sums in
        for b in 0..<3 where turned >> Int32(b) & 1 == 1 {
          for j in 0..<rows {
            for lane in 0..<2 * lanes {
              let place = j * 2 * lanes + lane
              sums[b * lanes + lane % lanes] += bra[place ^ 1 << b] * ket[place]
            }
          }
          // The others do not change this one's sum.
        }
        turnLanes(bra, rows, turned, cosines, sines, sign: 1)
        turnLanes(ket, rows, turned, cosines, sines, sign: 1)
        diagonalRows(ket, ket, rows) {
          let (re, im) = tileFactor(table, factors, index, $0, $1)
          return (re, -im)
        }
        diagonalBackRows(bra, ket, imaginary, rows) { tileFactor(table, factors, index, $0, $1) }
      },
      loadTile: { tile, state, chunks, base, count, rows, scale in
        for c in 0..<count {
          for i in 0..<rows * 2 * lanes {
            tile[c * rows * 2 * lanes + i] =
              scale * state[Int(chunks[c] ^ base) * 2 * lanes + i]
          }
        }
      },
      storeTile: { state, tile, chunks, base, count, rows, scale in
        for c in 0..<count {
          for i in 0..<rows * 2 * lanes {
            state[Int(chunks[c] ^ base) * 2 * lanes + i] =
              scale * tile[c * rows * 2 * lanes + i]
          }
        }
      })
  }
}
