import AnsatzMath
import Foundation

/// How fast this machine computes and moves memory, with the threads of a pool.
public struct MachineRates: Codable, Equatable, Sendable {
  /// Fused multiply-adds on all threads together.
  public let multiplyAddsPerSecond: Double
  /// Read and written together.
  public let bytesPerSecond: Double

  /// Takes the values as they are.
  public init(multiplyAddsPerSecond: Double, bytesPerSecond: Double) {
    self.multiplyAddsPerSecond = multiplyAddsPerSecond
    self.bytesPerSecond = bytesPerSecond
  }

  /// Measures both in some tens of milliseconds: the best of several tries, since what else runs on
  /// the machine can only slow it down.
  ///
  /// - Parameter workingSet: The bytes that all threads sweep over again and again; what fits a cache
  ///   moves faster. Less than 16 KiB a thread are measured as that, more than 128 MiB as 128 MiB.
  public static func measured<S: Scalar>(
    workingSet: Int, precision: S.Type, pool: ThreadPool = .shared
  ) -> MachineRates {
    MachineRates(
      multiplyAddsPerSecond: measuredArithmetic(S.self, pool: pool),
      bytesPerSecond: measuredBandwidth(workingSet: workingSet, S.self, pool: pool))
  }

  /// Seconds of the fastest of several calls.
  private static func fastest(_ tries: Int, _ call: () -> Void) -> Double {
    call()
    return (0..<tries).reduce(Double.infinity) { best, _ in
      let start = DispatchTime.now().uptimeNanoseconds
      call()
      return min(best, Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9)
    }
  }

  /// Matrix products in the cache of each thread: the densest arithmetic there is.
  private static func measuredArithmetic<S: Scalar>(_ type: S.Type, pool: ThreadPool) -> Double {
    let (order, repeats) = (160, 4)
    let chunks = pool.activeThreadCount
    let size = order * order
    let memory = BufferPool.shared.take(3 * size * chunks, of: S.self)
    for i in 0..<3 * size * chunks { memory.pointer[i] = 1 }
    let start = SendablePointer(memory.pointer)
    let seconds = fastest(12) {
      pool.run(chunks: chunks) { chunk in
        let a = start.value + 3 * size * chunk
        for _ in 0..<repeats {
          S.gemm(
            transposeA: false, transposeB: false, m: order, n: order, k: order, alpha: 1, a: a,
            lda: order, b: a + size, ldb: order, beta: 0, c: a + 2 * size, ldc: order)
        }
      }
    }
    return Double(chunks * repeats * size * order) / seconds
  }

  /// States multiplied by a number in place.
  private static func measuredBandwidth<S: Scalar>(
    workingSet: Int, _ type: S.Type, pool: ThreadPool
  ) -> Double {
    let kernels = RowKernels<S>()
    let rowBytes = 2 * S.Lanes.laneCount * MemoryLayout<S>.stride
    let threads = pool.activeThreadCount
    // Each chunk is swept over by one thread; large memory once, caches until a try takes long enough
    // to be timed.
    let rows = min(max(workingSet, threads << 14), 128 << 20) / rowBytes
    let isLarge = rows * rowBytes > 16 << 20
    let chunks = isLarge ? 16 * threads : threads
    let rowsPerChunk = rows / chunks
    let repeats = isLarge ? 1 : max(1, (16 << 20) / (rowsPerChunk * chunks * rowBytes))
    let scalars = rowsPerChunk * 2 * S.Lanes.laneCount
    let memory = BufferPool.shared.take(scalars * chunks, of: S.self)
    for i in 0..<scalars * chunks { memory.pointer[i] = 1 }
    let start = SendablePointer(memory.pointer)
    let seconds = fastest(isLarge ? 4 : 8) {
      pool.run(chunks: chunks) { chunk in
        let place = start.value + scalars * chunk
        for _ in 0..<repeats { kernels.scale(place, place, 1, 0, rowsPerChunk) }
      }
    }
    return Double(2 * repeats * chunks * rowsPerChunk * rowBytes) / seconds
  }
}

extension PlanDescription {
  /// The bytes of states that are swept over again and again, all threads together: a block on each
  /// of them, or one state; on the way back a ket and a bra.
  public func workingSet<S: Scalar>(
    samples: Int, gradient: Bool, precision: S.Type, pool: ThreadPool = .shared
  ) -> Int {
    let state = stateBytes / 8 * MemoryLayout<S>.stride * (gradient ? 2 : 1)
    return samples > 1 ? state * S.Lanes.laneCount * pool.activeThreadCount : state
  }

  /// The least time for a number of samples on this machine, measured on the spot.
  ///
  /// - Parameter gradient: Whether gradients follow the expectation values.
  /// - Returns: nil for a single state too small for a plan of its own.
  public func measuredFloor<S: Scalar>(
    samples: Int, gradient: Bool, precision: S.Type, pool: ThreadPool = .shared
  ) -> Double? {
    guard let costs = samples > 1 ? batch : single else { return nil }
    let rates = MachineRates.measured(
      workingSet: workingSet(samples: samples, gradient: gradient, precision: S.self, pool: pool),
      precision: S.self, pool: pool)
    return (gradient ? costs.gradient : costs.forward).floor(
      evaluations: samples, bytesPerNumber: MemoryLayout<S>.stride, rates: rates)
  }
}
