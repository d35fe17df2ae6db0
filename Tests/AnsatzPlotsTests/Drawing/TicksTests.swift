import AnsatzMath
import Foundation
import Testing

@testable import AnsatzPlots

@Suite("Ticks")
struct TicksTests {
  @Test("Labels are numbers inside the range, evenly apart, each once", arguments: 0..<8)
  func labels(seed: Int) throws {
    var random = RandomStream(seed: UInt64(seed))
    for _ in 0..<200 {
      let size = pow(10, Double.random(in: -8...8, using: &random))
      let low = Double.random(in: -1...1, using: &random) * size
      let high = low + size * Double.random(in: 0.01...2, using: &random)
      let ticks = Ticks(from: low, to: high)
      let read = try ticks.labels.map { try #require(Double($0), "\($0)") }
      #expect((2...13).contains(read.count), "\(low) to \(high)")
      #expect(Set(ticks.labels).count == ticks.labels.count, "\(low) to \(high): \(ticks.labels)")
      #expect(!ticks.labels.contains { $0.hasPrefix("-") && Double($0) == 0 })
      for (value, label) in zip(ticks.values, read) {
        #expect(value >= low - 1e-6 * size && value <= high + 1e-6 * size)
        // Labels of exponents have three digits.
        #expect(abs(value - label) <= 0.005 * abs(value) + 1e-12 * size)
      }
      if read.count > 2 {
        let steps = zip(ticks.values, ticks.values.dropFirst()).map { $1 - $0 }
        #expect((steps.max() ?? 0) - (steps.min() ?? 0) < 1e-6 * size)
      }
    }
  }

  @Test("Zero has no sign, whatever it was computed from")
  func zero() {
    #expect(Ticks(from: -1, to: 1).labels.contains("0.0"))
    #expect(Ticks(from: -0.3, to: 0.3).labels.allSatisfy { $0 == "0.0" || Double($0) != 0 })
    for value in [-0.0, 0.0, -.leastNonzeroMagnitude] {
      #expect(Double(Ticks.label(value, step: 0.1)) == 0)
      #expect(!Ticks.label(value, step: 0.1).contains("-"))
    }
    #expect(Ticks.short(-0.0) == "0" && Ticks.label(-0.0, step: 0) == "0.000")
  }

  @Test("Round numbers are chosen")
  func round() {
    #expect(Ticks(from: 0, to: 1, count: 5).labels == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(Ticks(from: 0, to: 100, count: 4).labels == ["0", "50", "100"])
    #expect(Ticks(from: 1, to: 3, count: 8, isWhole: true).labels == ["1", "2", "3"])
    #expect(
      Ticks(logarithmicFrom: 0.0005, to: 200).labels == ["1e-3", "1e-2", "1e-1", "1", "10", "100"])
    #expect(Ticks(from: 0, to: 5e6, count: 5).labels.last == "5e6")
  }

  @Test("Ranges without width, upside down or without end give a label or none, and no trap")
  func strange() {
    for (low, high) in [
      (1.0, 1.0), (2, 1), (.nan, 1), (0, .infinity), (-.infinity, .infinity), (-1e308, 1e308),
      (1, 1.0.nextUp), (0, .leastNonzeroMagnitude), (1e300, 1e301),
    ] {
      #expect(Ticks(from: low, to: high).labels.count <= 12)
      #expect(Ticks(logarithmicFrom: low, to: high).labels.count <= 12)
    }
  }
}
