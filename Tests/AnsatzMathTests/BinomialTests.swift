import AnsatzMath
import Numerics
import Testing

@Suite("Binomial draws")
struct BinomialTests {
  /// Σ (found - expected)²/expected over bins of at least 20 expected draws, and the number of bins.
  private func chiSquare(_ found: [Int: Int], _ expected: (Int) -> Double, _ range: Range<Int>)
    -> (sum: Double, bins: Int)
  {
    var (sum, bins) = (0.0, 0)
    var (own, wanted) = (0.0, 0.0)
    for k in range {
      own += Double(found[k] ?? 0)
      wanted += expected(k)
      guard wanted >= 20 else { continue }
      sum += (own - wanted) * (own - wanted) / wanted
      bins += 1
      (own, wanted) = (0, 0)
    }
    return (sum, bins)
  }

  private static let laws: [(trials: Int, probability: Double)] = [
    (30, 0.3), (1024, 0.2), (2000, 0.3), (4000, 0.9), (5000, 0.001), (20_000, 0.0006),
    (100_000, 0.5), (1_000_000, 2e-6), (1 << 40, 0x1p-34),
  ]

  @Test(
    "Counts follow the binomial distribution, by each of the ways they are drawn", arguments: laws)
  func follows(_ law: (trials: Int, probability: Double)) {
    let (n, p) = law
    var random = RandomStream(seed: 5, stream: "\(n) \(p)")
    let draws = 50_000
    var found: [Int: Int] = [:]
    for _ in 0..<draws { found[random.binomial(n, probability: p), default: 0] += 1 }
    let mean = Double(n) * p
    let deviation = (mean * (1 - p)).squareRoot()
    let low = max(0, Int(mean - 7 * deviation) - 1)
    let high = min(n, Int(mean + 7 * deviation) + 2)
    #expect(found.keys.allSatisfy { (low...high).contains($0) })
    // From the ratio of neighbours, outwards from the mean: nothing of the code under test.
    var weights: [Int: Double] = [Int(mean): 1]
    var k = Int(mean)
    while k < high {
      weights[k + 1] = (weights[k] ?? 0) * Double(n - k) / Double(k + 1) * p / (1 - p)
      k += 1
    }
    k = Int(mean)
    while k > low {
      weights[k - 1] = (weights[k] ?? 0) * Double(k) / Double(n - k + 1) * (1 - p) / p
      k -= 1
    }
    let total = weights.values.reduce(0, +)
    let (sum, bins) = chiSquare(
      found, { Double(draws) * (weights[$0] ?? 0) / total }, low..<high + 1)
    // Five standard deviations of the chi-square distribution.
    #expect(sum < Double(bins) + 5 * (2 * Double(bins)).squareRoot(), "\(sum) in \(bins) bins")
  }

  @Test(
    "With more trials than a Double counts the draws follow the normal limit to the last digit",
    arguments: [1_000_000_000_000_000, Int.max])
  func huge(trials: Int) {
    var random = RandomStream(seed: 6, stream: "\(trials)")
    let draws = 40_000
    let deviation = (Double(trials) * 0.1875).squareRoot()
    let (quarter, rest) = (trials / 4, Double(trials % 4) / 4)
    var bins: [Int: Int] = [:]
    var lastDigits: [Int: Int] = [:]
    for _ in 0..<draws {
      let count = random.binomial(trials, probability: 0.25)
      let z = (Double(count - quarter) - rest) / deviation
      let place = 0.5 * Double.erfc(-z / 2.0.squareRoot())
      bins[min(39, Int(40 * place)), default: 0] += 1
      lastDigits[count & 7, default: 0] += 1
    }
    let (sum, _) = chiSquare(bins, { _ in Double(draws) / 40 }, 0..<40)
    #expect(sum < 40 + 5 * 80.0.squareRoot())
    let (digits, _) = chiSquare(lastDigits, { _ in Double(draws) / 8 }, 0..<8)
    #expect(digits < 8 + 5 * 4)
  }

  @Test("The same stream gives the same counts, and the ends are exact")
  func ends() {
    var a = RandomStream(seed: 1)
    var b = RandomStream(seed: 1)
    for n in [1, 1000, 5000, Int.max] {
      #expect(a.binomial(n, probability: 0.4) == b.binomial(n, probability: 0.4))
      #expect(a.binomial(n, probability: 0) == 0)
      #expect(a.binomial(n, probability: 1) == n)
      #expect(a.binomial(n, probability: -0.5) == 0)
      #expect(a.binomial(n, probability: .nan) == 0)
      #expect(a.binomial(n, probability: 1.5) == n)
      b = a
    }
    #expect(a.binomial(0, probability: 0.5) == 0)
    // Probabilities of which a share of all trials is far below one, or all but so.
    #expect(a.binomial(Int.max, probability: 1e-300) == 0)
    #expect(a.binomial(5000, probability: 1 - 0x1p-53) == 5000)
  }
}
