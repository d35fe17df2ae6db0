import CFFTW
import Foundation
import Numerics

/// The one lock for making and destroying FFTW's plans: its planner allows one thread at a time.
package enum FFTWPlanner {
  package static let lock = NSLock()
}

/// Discrete Fourier transforms by FFTW, of any length and in any number of dimensions.
///
/// Plans are estimated, not timed, so results do not depend on the clock.
public enum FourierTransforms {
  /// `X_k = Σ_j x_j exp(-2πi Σ_d j_d k_d / n_d)`, without a scale.
  ///
  /// - Parameters:
  ///   - values: Row-major, as many as the product of the extents.
  ///   - shape: The extents n; none of them 0.
  public static func forward(
    _ values: [Complex<Double>], shape: [Int]
  ) -> [Complex<Double>] {
    transform(values, shape: shape, sign: FFTW_FORWARD)
  }

  /// `x_j = Σ_k X_k exp(+2πi Σ_d j_d k_d / n_d)`: the inverse of `forward`, times the number of values.
  public static func backward(
    _ values: [Complex<Double>], shape: [Int]
  ) -> [Complex<Double>] {
    transform(values, shape: shape, sign: FFTW_BACKWARD)
  }

  private static func transform(
    _ values: [Complex<Double>], shape: [Int], sign: Int32
  ) -> [Complex<Double>] {
    precondition(!values.isEmpty && values.count == shape.reduce(1, *))
    var result = values
    let extents = shape.map { Int32($0) }
    result.withUnsafeMutableBytes { bytes in
      let pointer = bytes.baseAddress?.assumingMemoryBound(to: fftw_complex.self)
      execute(
        FFTWPlanner.lock.withLock {
          fftw_plan_dft(Int32(extents.count), extents, pointer, pointer, sign, FFTW_ESTIMATE)
        })
    }
    return result
  }

  private static func execute(_ plan: OpaquePointer?) {
    guard let plan else {
      // FFTW plans every length; without memory nothing else would go on either.
      preconditionFailure("FFTW makes no plan")
    }
    fftw_execute(plan)
    FFTWPlanner.lock.withLock { fftw_destroy_plan(plan) }
  }
}
