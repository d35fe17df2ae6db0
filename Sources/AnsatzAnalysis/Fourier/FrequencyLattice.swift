import AnsatzMath
import Numerics

/// Frequencies as whole multiples of one base frequency for each input.
struct FrequencyLattice {
  /// 1 for an input that nothing depends on.
  let base: [Double]
  /// For each frequency its multiples.
  let harmonics: [[Int]]
  /// The largest multiple in each input.
  let largest: [Int]

  /// - Throws: `AnsatzError` if the frequencies in an input have no common measure.
  init(_ accessible: EncodingFrequencies, largest bound: Int) throws(AnsatzError) {
    var base: [Double] = []
    for (place, name) in accessible.inputNames.enumerated() {
      let values = Set(accessible.frequencies.map { abs($0.vector[place]) })
        .filter { $0 > EncodingFrequencies.resolution }.sorted()
      let measure = Self.commonMeasure(values)
      let multiples = values.map { $0 / measure }
      guard multiples.allSatisfy({ $0 < Double(bound) && abs($0 - $0.rounded()) < 1e-4 }) else {
        throw AnsatzError(
          .usage,
          "the frequencies in \(name) (\(values.prefix(3).map { "\($0)" }.joined(separator: ", "))…) "
            + "are not whole multiples of one frequency, so the circuit repeats after no period; "
            + "scale the input in its gates by whole multiples of one number")
      }
      base.append(measure)
    }
    self.base = base
    let harmonics = accessible.frequencies.map { frequency in
      zip(frequency.vector, base).map { Int(($0 / $1).rounded()) }
    }
    self.harmonics = harmonics
    largest = base.indices.map { place in harmonics.map { abs($0[place]) }.max() ?? 0 }
  }

  /// The largest number of which all are whole multiples, as nearly as rounding tells.
  private static func commonMeasure(_ values: [Double]) -> Double {
    guard let largest = values.last else { return 1 }
    let smallest = values[0]
    var measure = smallest
    for value in values {
      var (a, b) = (value, measure)
      while b > 1e-6 * largest {
        let rest = abs(a - b * (a / b).rounded())
        (a, b) = (b, rest)
      }
      measure = a
    }
    // As exact as the smallest frequency is.
    return smallest / (smallest / measure).rounded()
  }

  /// What a transform on a grid says of each frequency.
  func read(
    _ found: FourierSeries, shape: [Int]
  ) -> (
    coefficients: [Complex<Double>], aliases: [FourierAnalysis.Alias], largestExcluded: Double
  ) {
    func place(_ harmonic: [Int]) -> Int {
      zip(harmonic, shape).reduce(0) { $0 * $1.1 + (($1.0 % $1.1) + $1.1) % $1.1 }
    }
    func isSmall(_ harmonic: [Int]) -> Bool {
      zip(harmonic, shape).allSatisfy { 2 * abs($0) < $1 }
    }
    var coefficients: [Complex<Double>] = []
    var aliases: [FourierAnalysis.Alias] = []
    var isExcluded = [Bool](repeating: true, count: found.terms.count)
    for harmonic in harmonics {
      let seen = found.terms[place(harmonic)]
      isExcluded[place(harmonic)] = false
      guard isSmall(harmonic) else {
        coefficients.append(.zero)
        aliases.append(
          FourierAnalysis.Alias(
            frequency: zip(harmonic, base).map { Double($0) * $1 }, seenAs: seen.frequency))
        continue
      }
      coefficients.append(seen.coefficient)
    }
    let excluded = zip(found.terms, isExcluded).filter(\.1).map(\.0.coefficient.length)
    return (coefficients, aliases, excluded.max() ?? 0)
  }
}
