import AnsatzMath
import Testing

@testable import AnsatzSimulator

/// Every C variant against the scalar twin, at every position of every output.
@Suite("Fourier kernels")
struct FourierKernelTests {
  @Test("C kernels in double precision equal their Swift twins")
  func double() {
    for kernels in [FourierKernelTables.double, FourierKernelTables.doubleBaseline] {
      compare(kernels, tolerance: 1e-14)
    }
  }

  @Test("C kernels in single precision equal their Swift twins")
  func single() {
    for kernels in [FourierKernelTables.single, FourierKernelTables.singleBaseline] {
      compare(kernels, tolerance: 1e-6)
    }
  }

  /// The tolerance covers products of four numbers below 1 in other orders.
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
    // Rows and 3 lines of a state of 128 lines, neither in order, and columns further apart than they
    // are long. Two rows are fewer than any vector has lanes.
    let lines = [5, 1, 6]
    for rows in [2, 8, 16] {
      let offsets = (0..<rows).map { 8 * (($0 * 5 + 3) % rows) }
      let distance = rows + lanes
      let size = 2 * 3 * lanes * distance
      var (source, columns) = (numbers(128 * width), numbers(size))
      for interleaved: Int32 in [0, 1] {
        check("gather of \(rows), interleaved \(interleaved)", size) {
          $0.gather(&source, offsets, rows, lines, 3, interleaved, &$1, distance)
        }
        check("scatter of \(rows), interleaved \(interleaved)", 128 * width) {
          $0.scatter(&$1, offsets, rows, lines, 3, interleaved, 0.3, &columns, distance)
        }
      }
      guard rows >= lanes else { continue }
      var (turns, coarse, fine) = (numbers(rows * width), numbers(2 * 128), numbers(2 * 4))
      for inverse: Int32 in [0, 1] {
        check("scatterTurned of \(rows), inverse \(inverse)", 128 * width) {
          $0.scatterTurned(
            &$1, offsets, rows, lines, 2, 3, &turns, &coarse, &fine, 2, inverse, &columns,
            distance)
        }
      }
    }
    // A matrix of 2 W rows of 2 lines.
    let rows = (0..<2 * lanes).map { 2 * (($0 + 3) % (2 * lanes)) }
    let distance = 3 * lanes
    var (matrix, columns) = (numbers(4 * lanes * width), numbers(2 * lanes * distance))
    check("gatherAcross", 2 * lanes * distance) {
      $0.gatherAcross(&matrix, rows, [1, 0], 2, &$1, distance)
    }
    check("scatterAcross", 4 * lanes * width) {
      $0.scatterAcross(&$1, rows, [1, 0], 2, &columns, distance)
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
