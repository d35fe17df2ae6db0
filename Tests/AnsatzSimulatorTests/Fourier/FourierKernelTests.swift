import AnsatzMath
import Testing

@testable import AnsatzSimulator

/// Every C variant against the scalar twin, at every position of every output.
@Suite("Fourier kernels")
struct FourierKernelTests {
  @Test("C kernels in double precision equal their Swift twins")
  func double() {
    for kernels in [FourierKernelTables.double, FourierKernelTables.doubleBaseline] {
      compare(kernels, tolerance: 1e-12)
    }
  }

  @Test("C kernels in single precision equal their Swift twins")
  func single() {
    for kernels in [FourierKernelTables.single, FourierKernelTables.singleBaseline] {
      compare(kernels, tolerance: 1e-4)
    }
  }

  /// The tolerance covers sums of up to 128 numbers below 1 in other orders.
  private func compare<S: Scalar>(_ kernels: FourierKernels<S>, tolerance: S) {
    let twin = FourierKernels<S>.reference
    let lanes = S.Lanes.laneCount
    let width = 2 * lanes
    var random = RandomStream(seed: 14, stream: "fourier kernels")
    func numbers(_ count: Int) -> [S] { (0..<count).map { _ in S(random.uniform(in: -1..<1)) } }
    func check(_ name: String, _ count: Int, _ body: (FourierKernels<S>, inout [S]) -> Void) {
      let start = numbers(count)
      var (a, b) = (start, start)
      body(kernels, &a)
      body(twin, &b)
      for i in 0..<count {
        #expect(abs(a[i] - b[i]) <= tolerance, "\(kernels.target) \(name) at \(i)")
      }
    }
    for bits in 0...7 {
      let tables = FourierTables<S>(bits: bits)
      for inverse: Int32 in [0, 1] {
        check("transform of 2^\(bits), inverse \(inverse)", width << bits) {
          $0.transform(&$1, Int32(bits), tables.twiddles.pointer, inverse)
        }
      }
    }
    // 8 rows and 3 lines of a state of 64 lines, neither in order.
    let offsets = [0, 40, 8, 16, 24, 48, 32, 56]
    let lines = [5, 1, 6]
    let reversed = reversedIndices(bits: 3)
    var (source, buffer) = (numbers(64 * width), numbers(24 * width))
    for interleaved: Int32 in [0, 1] {
      check("gather, interleaved \(interleaved)", 24 * width) {
        $0.gather(&source, offsets, 8, lines, 3, interleaved, &$1)
      }
      check("scatter, interleaved \(interleaved)", 64 * width) {
        $0.scatter(&$1, offsets, reversed, 8, lines, 3, interleaved, 0.3, &buffer)
      }
    }
    var (turns, coarse, fine) = (numbers(8 * width), numbers(2 * 64), numbers(2 * 4))
    for inverse: Int32 in [0, 1] {
      check("scatterTurned, inverse \(inverse)", 64 * width) {
        $0.scatterTurned(
          &$1, offsets, reversed, 8, lines, 2, 3, &turns, &coarse, &fine, 2, inverse, &buffer)
      }
    }
    // A matrix of 2 W rows of 2 lines.
    let rows = (0..<2 * lanes).map { 2 * (($0 + 3) % (2 * lanes)) }
    let order = reversedIndices(bits: (2 * lanes).trailingZeroBitCount)
    var matrix = numbers(4 * lanes * width)
    check("gatherAcross", 2 * lanes * width) { $0.gatherAcross(&matrix, rows, [1, 0], 2, &$1) }
    check("scatterAcross", 4 * lanes * width) {
      $0.scatterAcross(&$1, rows, [1, 0], order, 2, &matrix)
    }
    for interleaved: Int32 in [0, 1] {
      check("exchange, interleaved \(interleaved)", 4 * lanes * width) {
        $0.exchange(&$1, rows, [1, 0], 0, 2, 0, 2, interleaved)
      }
      check("exchange of one pair, interleaved \(interleaved)", 4 * lanes * width) {
        $0.exchange(&$1, rows, [1, 0], 0, 1, 1, 1, interleaved)
      }
    }
  }
}
