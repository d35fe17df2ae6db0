import Numerics

/// A reproducible stream of random numbers: xoshiro256++ (Blackman and Vigna 2021), seeded through
/// SplitMix64.
///
/// The same seed and name give the same numbers on every machine. Independent purposes take
/// independent streams by name, so drawing more of one never shifts another. The state can be
/// saved and restored.
public struct RandomStream: RandomNumberGenerator, Codable, Equatable, Sendable {
  private var state: [UInt64]

  /// The stream of that name behind a seed; other names are independent of it.
  public init(seed: UInt64, stream name: String = "") {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    var mixer = seed &+ hash
    state = (0..<4).map { _ in
      mixer &+= 0x9e37_79b9_7f4a_7c15
      var z = mixer
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let words = try container.decode([String].self).compactMap { UInt64($0, radix: 16) }
    guard words.count == 4, words.contains(where: { $0 != 0 }) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a random stream is four hexadecimal words, not all zero")
    }
    state = words
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(state.map { String($0, radix: 16) })
  }

  public mutating func next() -> UInt64 {
    func rotated(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }
    let result = rotated(state[0] &+ state[3], 23) &+ state[0]
    let t = state[1] << 17
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= t
    state[3] = rotated(state[3], 45)
    return result
  }

  /// A number in [0, 1) with 53 random bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Overwrites the buffer with what as many calls of `uniform()` would return.
  public mutating func fill(_ uniforms: UnsafeMutableBufferPointer<Double>) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    for i in uniforms.indices {
      let sum = a &+ d
      let draw = ((sum << 23) | (sum >> 41)) &+ a
      let t = b << 17
      c ^= a
      d ^= b
      b ^= c
      a ^= d
      c ^= t
      d = (d << 45) | (d >> 19)
      uniforms[i] = Double(draw >> 11) * 0x1p-53
    }
    state = [a, b, c, d]
  }

  /// A number from the range, each as likely.
  public mutating func uniform(in range: Range<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A whole number in 0..<bound, without bias.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0)
    let limit = UInt64.max - UInt64.max % UInt64(bound)
    while true {
      let draw = next()
      if draw < limit { return Int(draw % UInt64(bound)) }
    }
  }

  /// A standard normal number (Box and Muller 1958).
  public mutating func normal() -> Double {
    let radius = (-2 * Double.log(1 - uniform())).squareRoot()
    return radius * Double.cos(2 * .pi * uniform())
  }

  /// The numbers 0..<count in random order (Fisher and Yates).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(i, integer(below: i + 1))
    }
    return order
  }
}
