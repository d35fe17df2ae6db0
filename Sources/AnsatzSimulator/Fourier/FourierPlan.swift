import AnsatzMath
import CFFTW
import Foundation

/// FFTW's plan for a few Fourier transforms of one length, without a scale, from columns to
/// columns.
///
/// A column is (re, im) pairs one after the other, the layout in which FFTW is fastest. Columns lie a
/// cache line further apart than they are long, because powers of two would share few sets of the
/// cache. Plans are estimated, not timed: processes are short, and a plan chosen by the clock would
/// round differently from run to run.
final class FourierPlan<S: Scalar>: @unchecked Sendable {
  /// The bits of an index.
  let bits: Int
  private let plan: OpaquePointer

  /// Columns that one execution transforms.
  static var columnCount: Int { S.Lanes.laneCount }

  /// Amplitudes from the beginning of one column to that of the next.
  var distance: Int { Self.distance(bits: bits) }

  private static func distance(bits: Int) -> Int { 1 << bits + S.Lanes.laneCount }

  /// The columns that `transform` takes, in scalars from the beginning of its buffer.
  var start: Int { 2 * distance * Self.columnCount }

  /// The scalars of a buffer for `transform`.
  func size(columns count: Int) -> Int { start + 2 * distance * count }

  private init?(bits: Int, inverse: Bool) {
    self.bits = bits
    let size = 2 * Self.distance(bits: bits) * Self.columnCount
    // Planned on memory aligned as that of later executions is: at least to a vector.
    let (source, target) = (
      BufferPool.shared.take(size, of: S.self), BufferPool.shared.take(size, of: S.self)
    )
    var length = Int32(1 << bits)
    let (count, distance) = (Int32(Self.columnCount), Int32(Self.distance(bits: bits)))
    // FFTW's backward transform has the sign of the quantum Fourier transform.
    let sign = inverse ? FFTW_FORWARD : FFTW_BACKWARD
    let (from, to) = (
      UnsafeMutableRawPointer(source.pointer), UnsafeMutableRawPointer(target.pointer)
    )
    let plan =
      S.self == Double.self
      ? fftw_plan_many_dft(
        1, &length, count, from.assumingMemoryBound(to: fftw_complex.self), nil, 1, distance,
        to.assumingMemoryBound(to: fftw_complex.self), nil, 1, distance, sign, FFTW_ESTIMATE)
      : fftwf_plan_many_dft(
        1, &length, count, from.assumingMemoryBound(to: fftwf_complex.self), nil, 1, distance,
        to.assumingMemoryBound(to: fftwf_complex.self), nil, 1, distance, sign, FFTW_ESTIMATE)
    guard let plan else { return nil }
    self.plan = plan
  }

  /// Transforms `count` columns, which lie from `start` on and are left at the buffer's beginning:
  /// transforms between two places are faster than in place, and so take little memory more.
  ///
  /// Any number of threads may use one plan.
  func transform(columns count: Int, in buffer: UnsafeMutablePointer<S>) {
    for first in stride(from: 0, to: count, by: Self.columnCount) {
      let target = UnsafeMutableRawPointer(buffer + 2 * distance * first)
      let source = UnsafeMutableRawPointer(buffer + 2 * distance * first + start)
      if S.self == Double.self {
        fftw_execute_dft(
          plan, source.assumingMemoryBound(to: fftw_complex.self),
          target.assumingMemoryBound(to: fftw_complex.self))
      } else {
        fftwf_execute_dft(
          plan, source.assumingMemoryBound(to: fftwf_complex.self),
          target.assumingMemoryBound(to: fftwf_complex.self))
      }
    }
  }

  // MARK: The plans made so far

  /// Kept for the life of the process.
  static func plan(bits: Int, inverse: Bool) -> FourierPlan {
    FFTWPlanner.lock.withLock {
      let key = FourierPlans.Key(
        bits: bits, inverse: inverse, isDouble: S.self == Double.self)
      if let plan = FourierPlans.made[key] as? FourierPlan { return plan }
      guard let plan = FourierPlan(bits: bits, inverse: inverse) else {
        // FFTW plans every length; without memory nothing else would go on either.
        preconditionFailure("FFTW makes no plan of 2^\(bits) amplitudes")
      }
      FourierPlans.made[key] = plan
      return plan
    }
  }
}

/// Under the planner's lock, for both precisions.
private enum FourierPlans {
  struct Key: Hashable {
    let bits: Int
    let inverse: Bool
    let isDouble: Bool
  }

  nonisolated(unsafe) static var made: [Key: AnyObject] = [:]
}
