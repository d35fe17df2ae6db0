import CFFTW
import Numerics

/// FFTW's plan for many transforms of real numbers of one length.
///
/// A plan is made once and may be used from any number of threads at once; plans are estimated, not
/// timed, so results do not depend on the clock.
public final class RealFourierPlan: @unchecked Sendable {
  /// The numbers of one transform.
  public let length: Int
  /// The values of one transform: for 0 … length/2 turns; the others are their conjugates.
  public var outputCount: Int { length / 2 + 1 }

  private let plan: OpaquePointer

  /// - Parameter length: 1 or more.
  /// - Throws: `AnsatzError` for a length that FFTW does not take.
  public init(length: Int) throws(AnsatzError) {
    guard length >= 1, let size = Int32(exactly: length) else {
      throw AnsatzError(.usage, "a Fourier transform of \(length) numbers; use 1 or more")
    }
    var source = [Double](repeating: 0, count: length)
    var target = [Complex<Double>](repeating: .zero, count: length / 2 + 1)
    let made = source.withUnsafeMutableBufferPointer { source in
      target.withUnsafeMutableBytes { target in
        FFTWPlanner.lock.withLock {
          // Later arrays need not be aligned as these are.
          fftw_plan_dft_r2c_1d(
            size, source.baseAddress,
            target.baseAddress?.assumingMemoryBound(to: fftw_complex.self),
            FFTW_ESTIMATE | FFTW_PRESERVE_INPUT | FFTW_UNALIGNED)
        }
      }
    }
    guard let made else {
      throw AnsatzError(
        .system, "FFTW makes no plan for \(length) numbers; there is no memory left")
    }
    self.length = length
    plan = made
  }

  deinit { FFTWPlanner.lock.withLock { fftw_destroy_plan(plan) } }

  /// `X_k = Σ_j x_j exp(-2πi jk / length)` for k = 0 … length/2, without a scale.
  ///
  /// - Parameter values: As many as the length.
  public func transform(_ values: [Double]) -> [Complex<Double>] {
    precondition(values.count == length)
    var source = values
    return [Complex<Double>](unsafeUninitializedCapacity: outputCount) { target, count in
      source.withUnsafeMutableBufferPointer { source in
        fftw_execute_dft_r2c(
          plan, source.baseAddress,
          UnsafeMutableRawPointer(target.baseAddress)?.assumingMemoryBound(to: fftw_complex.self))
      }
      count = outputCount
    }
  }
}
