import AnsatzMath
import Foundation

/// What four-step transforms of one length share.
///
/// An index is 2^(bits / 2) columns under the rows that the other bits number: transforms along the
/// columns come first, then every amplitude is turned by w^(row · column), then come transforms along
/// the rows.
final class FourStepTables<S: Scalar>: Sendable {
  /// For each row r, w^(r · lane) as one row of memory.
  let lanes: AlignedBuffer<S>
  /// w^(e · 2^fineBits), times the transform's scale, and w^e: two levels of one table.
  let coarse: AlignedBuffer<S>
  let fine: AlignedBuffer<S>
  let fineBits: Int

  init(bits: Int) {
    let (size, laneCount) = (Double(1 << bits), S.Lanes.laneCount)
    let (fineBits, rowCount) = (bits / 2, 1 << (bits - bits / 2))
    func turn(_ exponent: Int, scale: Double = 1) -> (S, S) {
      let angle = 2 * Double.pi * Double(exponent) / size
      return (S(scale * Double.cos(angle)), S(scale * Double.sin(angle)))
    }
    lanes = AlignedBuffer(count: 2 * laneCount * rowCount)
    for row in 0..<rowCount {
      for lane in 0..<laneCount {
        let place = row * 2 * laneCount + lane
        (lanes.pointer[place], lanes.pointer[place + laneCount]) = turn(row * lane)
      }
    }
    coarse = AlignedBuffer(count: 2 << (bits - fineBits))
    for high in 0..<1 << (bits - fineBits) {
      (coarse.pointer[2 * high], coarse.pointer[2 * high + 1]) =
        turn(high << fineBits, scale: 1 / size.squareRoot())
    }
    fine = AlignedBuffer(count: 2 << fineBits)
    for low in 0..<1 << fineBits {
      (fine.pointer[2 * low], fine.pointer[2 * low + 1]) = turn(low)
    }
    self.fineBits = fineBits
  }
}

/// The tables made so far, kept for the life of the process: a few hundred kilobytes for a state of
/// 2^24 amplitudes.
final class FourStepTableCache<S: Scalar>: @unchecked Sendable {
  private let lock = NSLock()
  private var made: [Int: FourStepTables<S>] = [:]

  static var current: FourStepTableCache {
    if let cache = FourStepTableCaches.double as? FourStepTableCache { return cache }
    if let cache = FourStepTableCaches.single as? FourStepTableCache { return cache }
    return FourStepTableCache()
  }

  func tables(bits: Int) -> FourStepTables<S> {
    lock.withLock {
      if let tables = made[bits] { return tables }
      let tables = FourStepTables<S>(bits: bits)
      made[bits] = tables
      return tables
    }
  }
}

private enum FourStepTableCaches {
  static let double = FourStepTableCache<Double>()
  static let single = FourStepTableCache<Float>()
}
