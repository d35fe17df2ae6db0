import AnsatzMath

/// Draws the results of finitely many measurements.
package struct ShotNoise {
  private var random: RandomStream

  /// - Parameter stream: Different ones are independent, such as the samples of a batch.
  package init(seed: UInt64, stream: Int = 0) {
    random = RandomStream(seed: seed &+ UInt64(stream), stream: "shots")
  }

  /// The mean of measurements that give ±1 with the expectation value given, and the variance of that
  /// mean over repetitions; the value itself if there are no shots.
  package mutating func mean(
    _ expectation: Double, shots: Int?
  ) -> (mean: Double, variance: Double) {
    guard let shots else { return (expectation, 0) }
    let probability = min(1, max(0, (1 + expectation) / 2))
    let ups = random.binomial(shots, probability: probability)
    return (
      2 * Double(ups) / Double(shots) - 1,
      max(0, 1 - expectation * expectation) / Double(shots)
    )
  }
}

/// How often is measured in all; `Int.max` for more than that.
func shotCount(_ factors: Int...) -> Int {
  factors.reduce(1) { total, factor in
    let (product, overflow) = total.multipliedReportingOverflow(by: factor)
    return overflow ? .max : product
  }
}

/// A number that differs, all but surely, when any value does.
func fingerprint(_ values: [Double]) -> UInt64 {
  values.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ $1.bitPattern) &* 0x100_0000_01b3 }
}
