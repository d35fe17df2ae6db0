import AnsatzMath
import Foundation

/// What transforms of one length share: the twiddles in the order in which the levels read them, and
/// where each output is left.
///
/// Levels halve the block by 2^3 while the bits left are a multiple of three, else by 2^2 (or 2^1 for
/// the last bit). A level of radix n on blocks of B rows reads, for each j < B/n and each t in 1..<n,
/// cosine and sine of 2π j r / B, where r is t with its bits reversed.
final class FourierTables<S: Scalar>: Sendable {
  let bits: Int
  let twiddles: AlignedBuffer<S>
  /// For each output, the row that holds it.
  let reversed: AlignedBuffer<Int32>

  init(bits: Int) {
    self.bits = bits
    var values: [S] = []
    var left = bits
    while left > 0 {
      let radixBits = left % 3 == 0 ? 3 : left == 1 ? 1 : 2
      let radix = 1 << radixBits
      let turns = reversedIndices(bits: radixBits)
      for j in 0..<1 << (left - radixBits) {
        for t in 1..<radix {
          let angle = 2 * Double.pi * Double(j * Int(turns[t])) / Double(1 << left)
          values += [S(Double.cos(angle)), S(Double.sin(angle))]
        }
      }
      left -= radixBits
    }
    twiddles = AlignedBuffer(values)
    reversed = AlignedBuffer(reversedIndices(bits: bits))
  }
}

/// What four-step transforms of one length share.
///
/// An index is 2^rowBits columns under 2^columnBits rows: transforms along the columns come first,
/// then every amplitude is turned by w^(row · column), then come transforms along the rows.
final class FourStepTables<S: Scalar>: Sendable {
  let columns: FourierTables<S>
  let rows: FourierTables<S>
  /// For each row r, w^(r · lane) as one row of memory.
  let lanes: AlignedBuffer<S>
  /// w^(e · 2^fineBits), times the transform's scale, and w^e: two levels of one table.
  let coarse: AlignedBuffer<S>
  let fine: AlignedBuffer<S>
  let fineBits: Int

  init(bits: Int, columns: FourierTables<S>, rows: FourierTables<S>) {
    let (size, laneCount) = (Double(1 << bits), S.Lanes.laneCount)
    let fineBits = bits / 2
    func turn(_ exponent: Int) -> (S, S) {
      let angle = 2 * Double.pi * Double(exponent) / size
      return (S(Double.cos(angle)), S(Double.sin(angle)))
    }
    self.columns = columns
    self.rows = rows
    lanes = AlignedBuffer(count: 2 * laneCount << columns.bits)
    for row in 0..<1 << columns.bits {
      for lane in 0..<laneCount {
        let place = row * 2 * laneCount + lane
        (lanes.pointer[place], lanes.pointer[place + laneCount]) = turn(row * lane)
      }
    }
    let scale = 1 / size.squareRoot()
    coarse = AlignedBuffer(
      (0..<1 << (bits - fineBits)).flatMap { high -> [S] in
        let angle = 2 * Double.pi * Double(high << fineBits) / size
        return [S(scale * Double.cos(angle)), S(scale * Double.sin(angle))]
      })
    fine = AlignedBuffer(
      (0..<1 << fineBits).flatMap { low -> [S] in
        let (cosine, sine) = turn(low)
        return [cosine, sine]
      })
    self.fineBits = fineBits
  }
}

/// Each number below 2^bits with its bits in reverse order.
func reversedIndices(bits: Int) -> [Int32] {
  (0..<1 << bits).map { index in
    (0..<bits).reduce(Int32(0)) { $0 << 1 | Int32(index >> $1 & 1) }
  }
}

extension AlignedBuffer {
  fileprivate convenience init(_ values: [Element]) {
    self.init(count: values.count)
    for (place, value) in values.enumerated() { pointer[place] = value }
  }
}

/// The tables made so far, kept for the life of the process: a few hundred kilobytes for a state of
/// 2^24 amplitudes.
final class FourierTableCache<S: Scalar>: @unchecked Sendable {
  private let lock = NSLock()
  private var transforms: [Int: FourierTables<S>] = [:]
  private var fourSteps: [Int: FourStepTables<S>] = [:]

  static var current: FourierTableCache {
    if let cache = FourierTableCaches.double as? FourierTableCache { return cache }
    if let cache = FourierTableCaches.single as? FourierTableCache { return cache }
    return FourierTableCache()
  }

  func transform(bits: Int) -> FourierTables<S> { lock.withLock { locked(bits: bits) } }

  func fourStep(bits: Int) -> FourStepTables<S> {
    lock.withLock {
      if let tables = fourSteps[bits] { return tables }
      let tables = FourStepTables(
        bits: bits, columns: locked(bits: bits - bits / 2), rows: locked(bits: bits / 2))
      fourSteps[bits] = tables
      return tables
    }
  }

  private func locked(bits: Int) -> FourierTables<S> {
    if let tables = transforms[bits] { return tables }
    let tables = FourierTables<S>(bits: bits)
    transforms[bits] = tables
    return tables
  }
}

private enum FourierTableCaches {
  static let double = FourierTableCache<Double>()
  static let single = FourierTableCache<Float>()
}
