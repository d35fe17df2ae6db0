import AnsatzMath
import Numerics
import Testing

@Suite("Fourier transforms of numbers")
struct RealFourierPlanTests {
  private func numbers(_ count: Int, seed: UInt64) -> [Double] {
    var random = RandomStream(seed: seed, stream: "fourier")
    return (0..<count).map { _ in random.normal() }
  }

  /// The definition, term by term.
  private func slow(_ values: [Complex<Double>], sign: Double) -> [Complex<Double>] {
    let count = values.count
    return (0..<count).map { k in
      values.enumerated().reduce(Complex.zero) { sum, entry in
        let turn = Double(entry.offset * k % count) / Double(count)
        return sum + entry.element * Complex(length: 1, phase: sign * 2 * .pi * turn)
      }
    }
  }

  @Test(
    "Transforms of any length are the sums they stand for", arguments: [1, 2, 3, 8, 15, 64, 101])
  func definition(count: Int) throws {
    let values = numbers(count, seed: UInt64(count))
    let expected = slow(values.map { Complex($0) }, sign: -1)
    let plan = try RealFourierPlan(length: count)
    let found = plan.transform(values)
    #expect(found.count == count / 2 + 1)
    for (a, b) in zip(found, expected) { #expect((a - b).length < 1e-12 * Double(count)) }
    let complex = FourierTransforms.forward(values.map { Complex($0) }, shape: [count])
    for (a, b) in zip(complex, expected) { #expect((a - b).length < 1e-12 * Double(count)) }
  }

  @Test("In two dimensions rows and columns are transformed one after the other, and back again")
  func twoDimensions() {
    let (rows, columns) = (3, 5)
    let values = zip(numbers(15, seed: 1), numbers(15, seed: 2)).map { Complex($0, $1) }
    var expected = values
    for r in 0..<rows {
      let row = slow(Array(expected[r * columns..<(r + 1) * columns]), sign: -1)
      expected.replaceSubrange(r * columns..<(r + 1) * columns, with: row)
    }
    for c in 0..<columns {
      let column = slow((0..<rows).map { expected[$0 * columns + c] }, sign: -1)
      for r in 0..<rows { expected[r * columns + c] = column[r] }
    }
    let found = FourierTransforms.forward(values, shape: [rows, columns])
    for (a, b) in zip(found, expected) { #expect((a - b).length < 1e-12) }
    let back = FourierTransforms.backward(found, shape: [rows, columns])
    for (a, b) in zip(back, values) { #expect((a / 15 - b).length < 1e-14) }
  }

  @Test("One plan serves many threads, and numbers that lie anywhere in memory")
  func threads() throws {
    let plan = try RealFourierPlan(length: 48)
    let all = numbers(48 * 64 + 1, seed: 7)
    let expected = (0..<64).map { plan.transform(Array(all[48 * $0 + 1..<48 * $0 + 49])) }
    let pool = ThreadPool(threads: 2)
    let results = Results(count: 64)
    pool.run(chunks: 64) { chunk in
      results.set(chunk, plan.transform(Array(all[48 * chunk + 1..<48 * chunk + 49])))
    }
    #expect(results.values == expected)
    #expect(throws: AnsatzError.self) { try RealFourierPlan(length: 0) }
  }
}

/// Results that threads write side by side.
private final class Results: @unchecked Sendable {
  private let storage: UnsafeMutableBufferPointer<[Complex<Double>]>

  init(count: Int) {
    storage = .allocate(capacity: count)
    storage.initialize(repeating: [])
  }

  deinit {
    storage.deinitialize()
    storage.deallocate()
  }

  func set(_ place: Int, _ value: [Complex<Double>]) { storage[place] = value }
  var values: [[Complex<Double>]] { Array(storage) }
}
