import AnsatzMath
import CFFTW
import Foundation
import Synchronization

/// The quantum Fourier transform of the amplitudes by FFTW, on any subset of bits.
///
/// FFTW's "backward" sign is the QFT's. Planning is not thread-safe and is locked; plans are kept
/// for the life of the process. Plans are estimated: measuring costs more than a short run gains.
enum FourierTransform {
  /// Transforms every group of `2^k` amplitudes; all bits and lanes are handled by gathering
  /// unless the state is one contiguous complex array.
  static func apply<V: LaneVector>(
    _ state: UnsafeMutablePointer<V>, _ fixed: FixedBits, _ groups: Range<Int>, controls: Int,
    bits: [Int], inverse: Bool, isWhole: Bool
  ) {
    let order = 1 << bits.count
    let scale = V.Element(1 / Double(order).squareRoot())
    if isWhole, V.laneCount == 1 {
      transform(UnsafeMutableRawPointer(state), order: order, inverse: inverse, V.Element.self)
      let scaling = V(repeating: scale)
      for i in 0..<2 * order { state[i] = state[i] * scaling }
      return
    }
    let buffer = AlignedBuffer<V.Element>(count: 2 * order)
    let offsets = offsets(of: bits)
    for group in groups {
      let base = fixed.index(of: group) | controls
      for lane in 0..<V.laneCount {
        for (i, offset) in offsets.enumerated() {
          buffer.pointer[2 * i] = state[2 * (base | offset)][lane: lane]
          buffer.pointer[2 * i + 1] = state[2 * (base | offset) + 1][lane: lane]
        }
        transform(
          UnsafeMutableRawPointer(buffer.pointer), order: order, inverse: inverse, V.Element.self)
        for (i, offset) in offsets.enumerated() {
          state[2 * (base | offset)][lane: lane] = buffer.pointer[2 * i] * scale
          state[2 * (base | offset) + 1][lane: lane] = buffer.pointer[2 * i + 1] * scale
        }
      }
    }
  }

  private static func transform<S: Scalar>(
    _ data: UnsafeMutableRawPointer, order: Int, inverse: Bool, _ scalar: S.Type
  ) {
    let sign = inverse ? FFTW_FORWARD : FFTW_BACKWARD
    if S.self == Float.self {
      let values = data.assumingMemoryBound(to: fftwf_complex.self)
      fftwf_execute_dft(plans.single(order: order, sign: sign), values, values)
    } else {
      let values = data.assumingMemoryBound(to: fftw_complex.self)
      fftw_execute_dft(plans.double(order: order, sign: sign), values, values)
    }
  }

  private static let plans = PlanCache()

  /// One plan for each size, direction and precision.
  private final class PlanCache: @unchecked Sendable {
    private struct Key: Hashable {
      let order: Int
      let sign: Int32
    }

    private let lock = NSLock()
    private var doubles: [Key: fftw_plan] = [:]
    private var singles: [Key: fftwf_plan] = [:]

    func double(order: Int, sign: Int32) -> fftw_plan {
      lock.withLock {
        let key = Key(order: order, sign: sign)
        if let plan = doubles[key] { return plan }
        let scratch = AlignedBuffer<fftw_complex>(count: order)
        let plan: fftw_plan = fftw_plan_dft_1d(
          Int32(order), scratch.pointer, scratch.pointer, sign,
          UInt32(FFTW_ESTIMATE) | UInt32(FFTW_UNALIGNED))
        doubles[key] = plan
        return plan
      }
    }

    func single(order: Int, sign: Int32) -> fftwf_plan {
      lock.withLock {
        let key = Key(order: order, sign: sign)
        if let plan = singles[key] { return plan }
        let scratch = AlignedBuffer<fftwf_complex>(count: order)
        let plan: fftwf_plan = fftwf_plan_dft_1d(
          Int32(order), scratch.pointer, scratch.pointer, sign,
          UInt32(FFTW_ESTIMATE) | UInt32(FFTW_UNALIGNED))
        singles[key] = plan
        return plan
      }
    }
  }
}
