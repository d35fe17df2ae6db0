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

  /// How near to a whole number a multiple has to be.
  static let tolerance = 1e-6
  private static let largestMultiple = 1 << 14

  /// The largest number of which all frequencies in each input are multiples; 1 for an input without
  /// frequencies, nil for one whose frequencies have none.
  static func measures(_ accessible: EncodingFrequencies) -> [Double?] {
    accessible.inputs.indices.map { place in
      commonMeasure(accessible.frequencies.map { abs($0.vector[place]) }, largest: largestMultiple)
    }
  }

  /// - Parameter base: What the frequencies in each input are multiples of.
  init(_ accessible: EncodingFrequencies, base: [Double]) {
    self.base = base
    let harmonics = accessible.frequencies.map { frequency in
      zip(frequency.vector, base).map { Int(($0 / $1).rounded()) }
    }
    self.harmonics = harmonics
    largest = base.indices.map { place in harmonics.map { abs($0[place]) }.max() ?? 0 }
  }

  /// The largest number of which all are whole multiples, as nearly as rounding tells; 1 for none, nil
  /// if a multiple would be larger than the bound.
  static func commonMeasure(_ list: [Double], largest bound: Int) -> Double? {
    let values = Set(list).filter { $0 > EncodingFrequencies.resolution }.sorted()
    guard let smallest = values.first, let largest = values.last else { return 1 }
    var measure = smallest
    for value in values {
      var (a, b) = (value, measure)
      while b > 1e-9 * largest { (a, b) = (b, abs(a - b * (a / b).rounded())) }
      measure = a
    }
    // As exact as the smallest value is.
    measure = smallest / (smallest / measure).rounded()
    let isCommon = values.allSatisfy { value in
      let multiple = value / measure
      return multiple < Double(bound) + 0.5 && abs(multiple - multiple.rounded()) < tolerance
    }
    return isCommon ? measure : nil
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
