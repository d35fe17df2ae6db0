import AnsatzMath
import Numerics
import Testing

@testable import AnsatzSimulator

@Suite("Fourier transforms")
struct FourierTransformTests {
  /// Rounding grows with the number of levels, a few units each for numbers up to 1.
  private static let tolerance = 1e-14
  private static let singleTolerance = 1e-5

  private static func randomState(_ bits: Int, seed: UInt64) -> [Complex<Double>] {
    var random = RandomStream(seed: seed, stream: "fourier")
    let state = (0..<1 << bits).map { _ in
      Complex(random.uniform(in: -1..<1), random.uniform(in: -1..<1))
    }
    let norm = state.reduce(0) { $0 + $1.lengthSquared }.squareRoot()
    return state.map { $0 / Complex(norm) }
  }

  /// The sum of the definition on every group of amplitudes.
  private static func definition(
    _ state: [Complex<Double>], bits: [Int], controls: Int, inverse: Bool
  ) -> [Complex<Double>] {
    let count = 1 << bits.count
    let sign: Double = inverse ? -1 : 1
    let roots = (0..<count).map {
      Complex(length: 1, phase: sign * 2 * Double.pi * Double($0) / Double(count))
    }
    let scale = Complex(1 / Double(count).squareRoot())
    func place(_ value: Int) -> Int {
      bits.enumerated().reduce(0) { place, bit in
        place | (value >> (bits.count - 1 - bit.offset) & 1) << bit.element
      }
    }
    let places = (0..<count).map(place)
    let mask = bits.reduce(0) { $0 | 1 << $1 }
    var result = state
    for base in state.indices where base & mask == 0 && base & controls == controls {
      for k in 0..<count {
        var sum = Complex<Double>.zero
        for j in 0..<count { sum += state[base | places[j]] * roots[j * k & (count - 1)] }
        result[base | places[k]] = sum * scale
      }
    }
    return result
  }

  /// Runs the transform under test on a copy of a state.
  private static func transformed<S: Scalar>(
    _ state: [Complex<Double>], bits: [Int], controls: Int = 0, inverse: Bool,
    layout: LineLayout, threads: Int? = nil, as scalar: S.Type
  ) -> [Complex<Double>] {
    let qubits = state.count.trailingZeroBitCount
    let memory = AlignedBuffer<S>(count: 2 * state.count)
    let lanes = S.Lanes.laneCount
    func places(_ index: Int) -> (Int, Int) {
      if layout == .interleaved { return (2 * index, 2 * index + 1) }
      let first = index / lanes * 2 * lanes + index % lanes
      return (first, first + lanes)
    }
    for (index, amplitude) in state.enumerated() {
      let (re, im) = places(index)
      memory.pointer[re] = S(amplitude.real)
      memory.pointer[im] = S(amplitude.imaginary)
    }
    FourierTransform<S>(
      state: memory.pointer, layout: layout, qubitCount: qubits,
      pool: threads.map { ThreadPool(threads: $0) }
    ).apply(bits: bits, controls: controls, inverse: inverse)
    return state.indices.map { index in
      let (re, im) = places(index)
      return Complex(Double(memory.pointer[re]), Double(memory.pointer[im]))
    }
  }

  private static func distance(_ a: [Complex<Double>], _ b: [Complex<Double>]) -> Double {
    zip(a, b).reduce(0) { max($0, ($1.0 - $1.1).length) }
  }

  @Test(
    "All bits in order: the sum of the definition", arguments: 1...12, [false, true])
  func whole(bits: Int, inverse: Bool) {
    let state = Self.randomState(bits, seed: UInt64(bits))
    let order = Array((0..<bits).reversed())
    let expected = Self.definition(state, bits: order, controls: 0, inverse: inverse)
    for layout in [LineLayout.interleaved, .rows] {
      if layout == .interleaved || bits >= 2 {
        let result = Self.transformed(
          state, bits: order, inverse: inverse, layout: layout, as: Double.self)
        #expect(Self.distance(result, expected) < Self.tolerance)
      }
      if layout == .interleaved || bits >= 3 {
        let result = Self.transformed(
          state, bits: order, inverse: inverse, layout: layout, as: Float.self)
        #expect(Self.distance(result, expected) < Self.singleTolerance)
      }
    }
  }

  @Test("Any bits in any order, with controls: the sum of the definition", arguments: 0..<120)
  func subsets(seed: UInt64) {
    var random = RandomStream(seed: seed, stream: "subsets")
    let qubits = 3 + random.integer(below: 7)
    let places = random.permutation(qubits)
    let count = 1 + random.integer(below: qubits)
    let controlCount = min(qubits - count, random.integer(below: 3))
    let bits = Array(places.prefix(count))
    let controls = places[count..<count + controlCount].reduce(0) { $0 | 1 << $1 }
    let inverse = random.uniform() < 0.5
    let state = Self.randomState(qubits, seed: seed)
    let expected = Self.definition(state, bits: bits, controls: controls, inverse: inverse)
    for layout in [LineLayout.interleaved, .rows] {
      let double = Self.transformed(
        state, bits: bits, controls: controls, inverse: inverse, layout: layout, threads: 2,
        as: Double.self)
      #expect(Self.distance(double, expected) < Self.tolerance)
      let single = Self.transformed(
        state, bits: bits, controls: controls, inverse: inverse, layout: layout, threads: 2,
        as: Float.self)
      #expect(Self.distance(single, expected) < Self.singleTolerance)
    }
  }

  /// A textbook radix-2 transform, in double precision and without a scale.
  private static func recursive(_ values: [Complex<Double>], sign: Double) -> [Complex<Double>] {
    guard values.count > 1 else { return values }
    let even = recursive(stride(from: 0, to: values.count, by: 2).map { values[$0] }, sign: sign)
    let odd = recursive(stride(from: 1, to: values.count, by: 2).map { values[$0] }, sign: sign)
    let half = values.count / 2
    let turned = (0..<half).map {
      odd[$0]
        * Complex(length: 1, phase: sign * 2 * Double.pi * Double($0) / Double(values.count))
    }
    return zip(even, turned).map { $0 + $1 } + zip(even, turned).map { $0 - $1 }
  }

  @Test(
    "Large states equal the recursive transform, and the same bits whatever the threads",
    arguments: [15, 16, 17])
  func large(bits: Int) {
    let state = Self.randomState(bits, seed: 5)
    let order = Array((0..<bits).reversed())
    let scale = Complex(1 / Double(1 << bits).squareRoot())
    for inverse in [false, true] {
      let expected = Self.recursive(state, sign: inverse ? -1 : 1).map { $0 * scale }
      for layout in [LineLayout.interleaved, .rows] {
        let results = [1, 2, 3].map {
          Self.transformed(
            state, bits: order, inverse: inverse, layout: layout, threads: $0, as: Double.self)
        }
        #expect(Self.distance(results[0], expected) < Self.tolerance)
        #expect(results[0] == results[1] && results[0] == results[2])
        let single = Self.transformed(
          state, bits: order, inverse: inverse, layout: layout, threads: 2, as: Float.self)
        #expect(Self.distance(single, expected) < Self.singleTolerance)
      }
    }
  }

  @Test("Most bits of a larger state, out of order and controlled")
  func largeSubset() {
    // 15 of 18 bits, with bit 17 a control: bits change places, and groups remain.
    let bits = [3, 16, 0, 7, 12, 9, 1, 15, 4, 10, 13, 6, 11, 8, 2]
    let controls = 1 << 17
    let state = Self.randomState(18, seed: 6)
    var expected = state
    let offsets = lineOffsets(of: bits)
    let scale = Complex(1 / Double(1 << bits.count).squareRoot())
    for base in [1 << 17, 1 << 17 | 1 << 5, 1 << 17 | 1 << 14, 1 << 17 | 1 << 5 | 1 << 14] {
      let group = Self.recursive(offsets.map { state[base | $0] }, sign: 1)
      for (offset, value) in zip(offsets, group) { expected[base | offset] = value * scale }
    }
    for layout in [LineLayout.interleaved, .rows] {
      let result = Self.transformed(
        state, bits: bits, controls: controls, inverse: false, layout: layout, threads: 2,
        as: Double.self)
      #expect(Self.distance(result, expected) < Self.tolerance)
    }
  }

  @Test("Basis states become plane waves and plane waves basis states", arguments: [0, 1, 77_777])
  func planeWaves(index: Int) {
    let bits = 17
    let count = 1 << bits
    let order = Array((0..<bits).reversed())
    let wave = (0..<count).map {
      Complex(
        length: 1 / Double(count).squareRoot(),
        phase: 2 * Double.pi * Double($0 * index % count) / Double(count))
    }
    var basis = [Complex<Double>](repeating: .zero, count: count)
    basis[index] = .one
    let forward = Self.transformed(
      basis, bits: order, inverse: false, layout: .rows, threads: 2, as: Double.self)
    #expect(Self.distance(forward, wave) < Self.tolerance)
    let back = Self.transformed(
      wave, bits: order, inverse: true, layout: .rows, threads: 2, as: Double.self)
    // The sum of 2^17 products, each right to a few units.
    #expect(Self.distance(back, basis) < 1e-13)
  }
}
