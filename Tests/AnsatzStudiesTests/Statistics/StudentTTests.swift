import Foundation
import Testing

@testable import AnsatzStudies

// The continued fraction stops at 1e-16 and lgamma is good to a few units in the last place; the
// values asked for need ten digits.
private let tolerance = 1e-11

@Test(
  "Student's t has its closed forms for one to four degrees of freedom",
  arguments: [-40, -3.2, -1, -0.3, -1e-5, 0, 1e-9, 0.01, 0.7, 1, 1.9, 2.5, 12.706, 300])
func closedForms(t: Double) {
  let wanted = [
    1: 0.5 + atan(t) / .pi,
    2: 0.5 + t / (2 * (2 + t * t).squareRoot()),
    3: 0.5 + (t / 3.0.squareRoot() / (1 + t * t / 3) + atan(t / 3.0.squareRoot())) / .pi,
    4: 0.5 + 0.375 * t / (1 + t * t / 4).squareRoot() * (1 - t * t / (12 + 3 * t * t)),
  ]
  for (freedom, value) in wanted {
    let found = StudentT(degreesOfFreedom: Double(freedom)).cumulative(t)
    #expect(abs(found - value) < tolerance, "ν = \(freedom)")
  }
}

@Test(
  "Quantiles of Student's t equal the published tables",
  arguments: [
    (1.0, 0.975, 12.706204736175), (2, 0.975, 4.302652729749), (3, 0.975, 3.182446305284),
    (4, 0.975, 2.776445105198), (5, 0.975, 2.570581835636), (9, 0.975, 2.262157162798),
    (10, 0.975, 2.228138851965), (19, 0.975, 2.093024054408), (30, 0.975, 2.042272456301),
    (1, 0.995, 63.656741162872), (1, 0.75, 1), (2, 0.75, 0.816496580928),
  ])
func tableValues(freedom: Double, p: Double, wanted: Double) {
  let distribution = StudentT(degreesOfFreedom: freedom)
  #expect(abs(distribution.quantile(p) - wanted) < 1e-10)
  #expect(abs(distribution.quantile(1 - p) + wanted) < 1e-10)
}

@Test(
  "The cumulative probability is the integral of the density",
  arguments: [0.6, 1, 2.5, 7, 9, 49, 240])
func integral(freedom: Double) {
  let distribution = StudentT(degreesOfFreedom: freedom)
  // Simpson's rule on 2,000 intervals is exact to about 1e-12 for functions this smooth.
  let (t, steps) = (2.4, 2_000)
  let width = t / Double(steps)
  let sum = (0...steps).reduce(0.0) { total, i in
    let weight = i == 0 || i == steps ? 1.0 : i % 2 == 1 ? 4 : 2
    return total + weight * distribution.density(Double(i) * width)
  }
  #expect(abs(distribution.cumulative(t) - 0.5 - sum * width / 3) < tolerance)
}

@Test(
  "The quantile undoes the cumulative probability",
  arguments: [0.7, 1, 2, 9, 33.5, 1000], [1e-8, 0.001, 0.025, 0.3, 0.5, 0.77, 0.975, 0.9999])
func inverse(freedom: Double, p: Double) {
  let distribution = StudentT(degreesOfFreedom: freedom)
  #expect(abs(distribution.cumulative(distribution.quantile(p)) - p) < 1e-11 * max(1, p))
}

@Test("The ends of the distribution are infinite, and infinity has no tail")
func ends() {
  let distribution = StudentT(degreesOfFreedom: 9)
  #expect(distribution.quantile(0) == -.infinity)
  #expect(distribution.quantile(1) == .infinity)
  #expect(distribution.twoSidedTail(-.infinity) == 0)
  #expect(distribution.twoSidedTail(0) == 1)
}
