import AnsatzMath
import Numerics

/// A channel ready to act on pure states.
struct KrausOperators: Sendable {
  /// The bits it acts on, the first most significant.
  let bits: [Int]
  let operators: [ComplexMatrix]
  /// K†K for each: its probability is the expectation value of this.
  let effects: [ComplexMatrix]
  /// The probabilities, if they do not depend on the state: every operator a multiple of a unitary.
  let fixedProbabilities: [Double]?
  /// Which operators are multiples of the identity.
  let isTrivial: [Bool]

  var order: Int { 1 << bits.count }

  init(_ kraus: [ComplexMatrix], bits: [Int]) {
    self.bits = bits
    let order = 1 << bits.count
    let effects = kraus.map { $0.adjoint * $0 }
    // Rounding of products of numbers below 1.
    let tolerance = 1e-13
    func multiple(_ matrix: ComplexMatrix) -> Bool {
      (matrix[0, 0] * .identity(order)).maximumDifference(from: matrix) < tolerance
    }
    operators = kraus
    self.effects = effects
    isTrivial = kraus.map(multiple)
    fixedProbabilities = effects.allSatisfy(multiple) ? effects.map { $0[0, 0].real } : nil
  }

  /// The operator at a place in 0..<1 of the distribution.
  func choice(_ probabilities: [Double], at place: Double) -> Int {
    let wanted = place * probabilities.reduce(0, +)
    var sum = 0.0
    var last = 0
    for (index, probability) in probabilities.enumerated() where probability > 0 {
      sum += probability
      last = index
      if wanted < sum { break }
    }
    return last
  }

  /// The operators' probabilities in a state with the given reduced density matrix: Tr(K†K ρ).
  func probabilities(_ density: [Complex<Double>]) -> [Double] {
    effects.map { effect in
      var sum = 0.0
      for a in 0..<order {
        for b in 0..<order {
          let value = density[b * order + a]
          sum += effect[a, b].real * value.real - effect[a, b].imaginary * value.imaginary
        }
      }
      return max(0, sum)
    }
  }
}

extension KrausOperators {
  /// Acts on every lane by an operator of its own, and normalises.
  ///
  /// - Parameter place: A number in 0..<1 for each lane that decides which.
  func apply<V: LaneVector>(to state: Amplitudes<V>, places: [Double]) {
    var densities: [[Complex<Double>]] = []
    if fixedProbabilities == nil { densities = reducedDensities(of: state, order: order) }
    var choices: [(index: Int, probability: Double)] = []
    for (lane, place) in places.enumerated() {
      let list = fixedProbabilities ?? probabilities(densities[lane])
      let index = choice(list, at: place)
      choices.append((index, list[index]))
    }
    // A multiple of the identity is a global phase and the norm, which stays.
    if choices.allSatisfy({ isTrivial[$0.index] }) { return }
    var matrix = [V](repeating: .zero, count: 2 * order * order)
    for lane in 0..<V.laneCount {
      // Lanes beyond the last repeat it; nobody reads them.
      let (index, probability) = choices[min(lane, choices.count - 1)]
      let scale = 1 / probability.squareRoot()
      for (place, element) in operators[index].elements.enumerated() {
        matrix[2 * place][lane: lane] = V.Element(scale * element.real)
        matrix[2 * place + 1][lane: lane] = V.Element(scale * element.imaginary)
      }
    }
    let (fixed, offsets) = groups(in: state)
    state.forEachChunk(of: fixed.groupCount) { groups in
      multiply(state.pointer, by: matrix, fixed, offsets, groups)
    }
  }

  private func groups<V: LaneVector>(in state: Amplitudes<V>) -> (FixedBits, [Int]) {
    let offsets = (0..<order).map { word in
      bits.enumerated().reduce(0) {
        $0 | (word >> (bits.count - 1 - $1.offset) & 1) << $1.element
      }
    }
    return (FixedBits(bits.reduce(0) { $0 | 1 << $1 }, qubitCount: state.qubitCount), offsets)
  }

  /// The reduced density matrix of the channel's qubits for every lane, row-major.
  private func reducedDensities<V: LaneVector>(
    of state: Amplitudes<V>, order: Int
  ) -> [[Complex<Double>]] {
    let (fixed, offsets) = groups(in: state)
    let groupsPerChunk = 1 << 12
    let chunks = (fixed.groupCount + groupsPerChunk - 1) / groupsPerChunk
    let size = 2 * order * order
    var sums = [V](repeating: .zero, count: size * chunks)
    sums.withUnsafeMutableBufferPointer { sums in
      guard let base = sums.baseAddress else { return }
      let pointer = SendablePointer(base)
      state.forEachIndex(below: chunks) { chunk in
        let groups =
          chunk * groupsPerChunk..<min(fixed.groupCount, (chunk + 1) * groupsPerChunk)
        accumulate(state.pointer, into: pointer.value + chunk * size, fixed, offsets, groups)
      }
    }
    return (0..<V.laneCount).map { lane in
      (0..<order * order).map { place in
        var (re, im) = (0.0, 0.0)
        for chunk in 0..<chunks {
          re += Double(sums[chunk * size + 2 * place][lane: lane])
          im += Double(sums[chunk * size + 2 * place + 1][lane: lane])
        }
        return Complex(re, im)
      }
    }
  }
}

@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func multiply<V: LaneVector>(
  _ state: UnsafeMutablePointer<V>, by matrix: [V], _ fixed: FixedBits, _ offsets: [Int],
  _ groups: Range<Int>
) {
  let order = offsets.count
  withUnsafeTemporaryAllocation(of: V.self, capacity: 2 * order) { old in
    matrix.withUnsafeBufferPointer { matrix in
      offsets.withUnsafeBufferPointer { offsets in
        fixed.forEachRun(in: groups) { first, count in
          for index in first..<first + count {
            for b in 0..<order {
              old[2 * b] = state[2 * (index + offsets[b])]
              old[2 * b + 1] = state[2 * (index + offsets[b]) + 1]
            }
            for a in 0..<order {
              var (re, im) = (V.zero, V.zero)
              for b in 0..<order {
                let (x, y) = (matrix[2 * (a * order + b)], matrix[2 * (a * order + b) + 1])
                re += x * old[2 * b] - y * old[2 * b + 1]
                im += x * old[2 * b + 1] + y * old[2 * b]
              }
              state[2 * (index + offsets[a])] = re
              state[2 * (index + offsets[a]) + 1] = im
            }
          }
        }
      }
    }
  }
}

/// Adds `ψ_a ψ_b*` of the groups to the sums, a the row.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func accumulate<V: LaneVector>(
  _ state: UnsafeMutablePointer<V>, into sums: UnsafeMutablePointer<V>, _ fixed: FixedBits,
  _ offsets: [Int], _ groups: Range<Int>
) {
  let order = offsets.count
  offsets.withUnsafeBufferPointer { offsets in
    for a in 0..<order {
      for b in 0...a {
        var (re, im) = (V.zero, V.zero)
        fixed.forEachRun(in: groups) { first, count in
          for index in first..<first + count {
            let (i, j) = (2 * (index + offsets[a]), 2 * (index + offsets[b]))
            re += state[i] * state[j] + state[i + 1] * state[j + 1]
            im += state[i + 1] * state[j] - state[i] * state[j + 1]
          }
        }
        sums[2 * (a * order + b)] = re
        sums[2 * (a * order + b) + 1] = im
        sums[2 * (b * order + a)] = re
        sums[2 * (b * order + a) + 1] = -im
      }
    }
  }
}
