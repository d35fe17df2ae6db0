import AnsatzMath
import Numerics

extension StateBuffer where S == Double {
  /// The probability that a bit of the index is 1, of a state that has norm 1.
  func probabilityOfOne(bit: Int) -> Double {
    toInterleaved()
    let state = amplitudes
    let mask = 1 << bit
    let total = state.sumOverChunks(of: state.rowCount) { rows in
      var sum = 0.0
      for row in rows where row & mask != 0 {
        let (re, im) = (state.pointer[2 * row], state.pointer[2 * row + 1])
        sum += re * re + im * im
      }
      return sum
    }
    return min(1, max(0, total))
  }

  /// Keeps the amplitudes whose index has the bit's value, and normalises them.
  ///
  /// - Parameters:
  ///   - probability: Of that value; above 0.
  ///   - moves: Whether what is kept is moved to where the bit is 0.
  func collapse(bit: Int, to value: Bool, probability: Double, moves: Bool = false) {
    toInterleaved()
    let state = amplitudes
    let mask = 1 << bit
    let scale = 1 / probability.squareRoot()
    let (kept, lost) = value ? (mask, 0) : (0, mask)
    state.forEachChunk(of: state.rowCount / 2) { groups in
      for group in groups {
        let low = group & (mask - 1)
        let base = (group & ~(mask - 1)) << 1 | low
        let (from, other) = (2 * (base | kept), 2 * (base | lost))
        let (re, im) = (state.pointer[from] * scale, state.pointer[from + 1] * scale)
        state.pointer[other] = moves && value ? re : 0
        state.pointer[other + 1] = moves && value ? im : 0
        state.pointer[from] = moves && value ? 0 : re
        state.pointer[from + 1] = moves && value ? 0 : im
      }
    }
  }

  /// A state of its own with the same amplitudes.
  func copy() throws(AnsatzError) -> StateBuffer {
    toInterleaved()
    let copy = try StateBuffer(qubitCount: qubitCount, pool: pool)
    amplitudes.copy(to: copy.amplitudes)
    return copy
  }

  /// A number that equal states share, whatever their global phase.
  var fingerprint: Double {
    toInterleaved()
    let state = amplitudes
    return state.sumOverChunks(of: state.rowCount) { rows in
      var sum = 0.0
      for row in rows {
        let (re, im) = (state.pointer[2 * row], state.pointer[2 * row + 1])
        // Weights without pattern: the fractions of multiples of the golden ratio.
        let turns = Double(row & 0xFFFF_FFFF) * 0.618_033_988_749_894_9
        sum += (re * re + im * im) * (turns - turns.rounded(.down))
      }
      return sum
    }
  }

  /// ‖a - e^{iφ} b‖ for the φ that makes it least.
  func distance(to other: StateBuffer) -> Double {
    toInterleaved()
    other.toInterleaved()
    let (a, b) = (amplitudes.pointer, other.amplitudes.pointer)
    func sum(_ term: (_ row: Int) -> Double) -> Double {
      amplitudes.sumOverChunks(of: amplitudes.rowCount) { rows in
        rows.reduce(0) { $0 + term($1) }
      }
    }
    let overlap = Complex(
      sum { a[2 * $0] * b[2 * $0] + a[2 * $0 + 1] * b[2 * $0 + 1] },
      sum { a[2 * $0 + 1] * b[2 * $0] - a[2 * $0] * b[2 * $0 + 1] })
    // Orthogonal states have no phase between them.
    let phase = overlap.length > 1e-6 ? overlap / Complex(overlap.length) : 1
    return sum { row in
      let difference =
        Complex(a[2 * row], a[2 * row + 1]) - phase * Complex(b[2 * row], b[2 * row + 1])
      return difference.lengthSquared
    }.squareRoot()
  }
}
