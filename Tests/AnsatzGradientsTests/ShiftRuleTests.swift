import AnsatzMath
import Foundation
import Testing

@testable import AnsatzGradients

@Suite("Shift rules")
struct ShiftRuleTests {
  @Test(
    "A rule is exact for every polynomial of its frequencies",
    arguments: [[1], [0.5, 1], [1, 2, 3], [0.7, 1.9], [1, 2.5, 3.1], [0.3, 0.8, 1.7, 2.9]])
  func exact(frequencies: [Double]) throws {
    let rule = try ShiftRule(frequencies: frequencies)
    #expect(rule.terms.count == 2 * frequencies.count)
    for θ in [0.0, 0.4, -2.3] {
      // Each frequency on its own, and a constant: the rule is linear.
      for frequency in frequencies {
        let slope = rule.terms.reduce(0) {
          $0 + $1.coefficient * sin(frequency * (θ + $1.shift) + 0.3)
        }
        #expect(abs(slope - frequency * cos(frequency * θ + 0.3)) < 1e-12)
      }
      #expect(abs(rule.terms.reduce(0) { $0 + $1.coefficient }) < 1e-12)
    }
  }

  @Test("The textbook coefficients of two and four terms")
  func textbook() throws {
    let two = try ShiftRule(frequencies: [1]).terms
    #expect(two.map(\.shift).sorted() == [-Double.pi / 2, .pi / 2])
    #expect(
      two.allSatisfy {
        abs(abs($0.coefficient) - 0.5) < 1e-15 && ($0.coefficient > 0) == ($0.shift > 0)
      })
    // (√2 ± 1) / 4√2, arXiv:2104.05695.
    let four = try ShiftRule(frequencies: [0.5, 1]).terms.map { abs($0.coefficient) }.sorted()
    let root = 2.0.squareRoot()
    #expect(abs(four[0] - (root - 1) / (4 * root)) < 1e-15)
    #expect(abs(four[3] - (root + 1) / (4 * root)) < 1e-15)
  }

  @Test(
    "Frequencies that are equal or not positive are refused", arguments: [[1, 1], [0, 1], [-1]])
  func refused(frequencies: [Double]) {
    #expect(throws: AnsatzError.self) { try ShiftRule(frequencies: frequencies) }
  }

  @Test("Gauss-Legendre nodes integrate polynomials", arguments: [1, 2, 5, 24])
  func nodes(count: Int) {
    for power in 0..<2 * count {
      let sum = gaussLegendre(count).reduce(0) { $0 + $1.weight * pow($1.node, Double(power)) }
      #expect(abs(sum - 1 / Double(power + 1)) < 1e-14)
    }
  }
}
