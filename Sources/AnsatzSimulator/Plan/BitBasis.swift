/// Independent parities of the row number, completed to a basis: a relabelling of the rows by which
/// each parity is one bit.
struct BitBasis: Sendable {
  /// The parities, as masks; parity k is bit k of the new label.
  let masks: [Int]
  /// For each new label, the row; nil if the labels are the rows.
  let order: [Int32]?

  /// - Precondition: The masks are independent.
  init(_ masks: [Int], bitCount: Int) {
    self.masks = masks
    // Complete with unit vectors, then invert over GF(2) by Gauss and Jordan.
    var basis = EchelonSet()
    var full = masks
    for mask in masks { _ = basis.insert(mask) }
    for bit in 0..<bitCount where basis.insert(1 << bit) { full.append(1 << bit) }
    var rows = full
    var inverse = (0..<bitCount).map { 1 << $0 }
    for bit in 0..<bitCount {
      guard let pivot = (bit..<bitCount).first(where: { rows[$0] >> bit & 1 == 1 }) else {
        continue
      }
      rows.swapAt(bit, pivot)
      inverse.swapAt(bit, pivot)
      for other in 0..<bitCount where other != bit && rows[other] >> bit & 1 == 1 {
        rows[other] ^= rows[bit]
        inverse[other] ^= inverse[bit]
      }
    }
    // inverse[b] holds which labels' bits make row bit b; turn it into one row mask a label bit.
    let duals = (0..<bitCount).map { label in
      (0..<bitCount).reduce(0) { $0 | (inverse[$1] >> label & 1) << $1 }
    }
    if duals.enumerated().allSatisfy({ $1 == 1 << $0 }) {
      order = nil
    } else {
      var list = [Int32](repeating: 0, count: 1 << bitCount)
      for (bit, dual) in duals.enumerated() {
        for i in 0..<1 << bit { list[i + (1 << bit)] = list[i] ^ Int32(dual) }
      }
      order = list
    }
  }

  /// A basis of the bit strings on which every mask has even parity, such that counting through it
  /// visits them in ascending order.
  static func evenSubspace(of masks: [Int], bitCount: Int) -> [Int] {
    let full = BitBasis(masks, bitCount: bitCount)
    var vectors = (masks.count..<bitCount).map { bit in
      full.order.map { Int($0[1 << bit]) } ?? 1 << bit
    }
    // Reduced echelon form: no leading bit occurs in another vector.
    var reduced: [Int] = []
    while let lead = vectors.max() {
      vectors.removeAll { $0 == lead }
      let bit = 1 << (Int.bitWidth - 1 - lead.leadingZeroBitCount)
      vectors = vectors.map { $0 & bit == 0 ? $0 : $0 ^ lead }
      reduced = reduced.map { $0 & bit == 0 ? $0 : $0 ^ lead }
      reduced.append(lead)
    }
    return reduced.sorted()
  }

  /// Deals masks into sets that are each independent, as few as first fit finds.
  static func independentSets(_ masks: [Int]) -> [[Int]] {
    var sets: [(echelon: EchelonSet, members: [Int])] = []
    for (index, mask) in masks.enumerated() {
      if let place = sets.firstIndex(where: { set in
        var trial = set.echelon
        return trial.insert(mask)
      }) {
        _ = sets[place].echelon.insert(mask)
        sets[place].members.append(index)
      } else {
        var echelon = EchelonSet()
        _ = echelon.insert(mask)
        sets.append((echelon, [index]))
      }
    }
    return sets.map(\.members)
  }
}

/// A set of independent bit masks in echelon form.
struct EchelonSet {
  private var byLeadingBit: [Int: Int] = [:]

  /// How many masks are independent.
  var count: Int { byLeadingBit.count }

  /// Whether a mask is a combination of those before.
  func contains(_ mask: Int) -> Bool {
    var rest = mask
    while rest != 0 {
      guard let known = byLeadingBit[Int.bitWidth - 1 - rest.leadingZeroBitCount] else {
        return false
      }
      rest ^= known
    }
    return true
  }

  /// - Returns: Whether the mask was independent of those before.
  mutating func insert(_ mask: Int) -> Bool {
    var rest = mask
    while rest != 0 {
      let lead = Int.bitWidth - 1 - rest.leadingZeroBitCount
      guard let known = byLeadingBit[lead] else {
        byLeadingBit[lead] = rest
        return true
      }
      rest ^= known
    }
    return false
  }
}

extension BitBasis {
  func withOrder(_ body: (UnsafePointer<Int32>?) -> Void) {
    guard let order else { return body(nil) }
    order.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
