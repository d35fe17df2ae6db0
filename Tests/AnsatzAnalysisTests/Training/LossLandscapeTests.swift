import AnsatzAnalysis
import AnsatzCircuits
import AnsatzMath
import Numerics
import Testing

@Suite("Slices of a cost")
struct LossLandscapeTests {
  @Test("Along two axes a product of waves is that product, and the center is in the middle")
  func closedForm() throws {
    let θ = Weights("θ", 3)
    let circuit = try Circuit(qubits: 3) { for q in 0..<3 { RY(θ[q], on: q) } }
    let center = [0.3, -0.8, 0.5]
    let slice = try LossLandscape(
      of: Z(0) * Z(1) * Z(2), in: circuit, around: center, along: ([1, 0, 0], [0, 0, 2]),
      extent: 1.5, places: 7)
    #expect(slice.columns == [-1.5, -1, -0.5, 0, 0.5, 1, 1.5])
    for (r, b) in slice.rows.enumerated() {
      for (c, a) in slice.columns.enumerated() {
        let expected = Double.cos(0.3 + a) * .cos(-0.8) * .cos(0.5 + 2 * b)
        #expect(abs(slice.values[r * 7 + c] - expected) < 1e-14)
      }
    }
  }

  @Test("Directions by lot have length 1 and stand at right angles", arguments: [2, 3, 50])
  func directions(count: Int) throws {
    let (u, v) = try LossLandscape.directions(count, seed: 4)
    func product(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(abs(product(u, u) - 1) < 1e-14)
    #expect(abs(product(v, v) - 1) < 1e-14)
    #expect(abs(product(u, v)) < 1e-14)
    #expect(try LossLandscape.directions(count, seed: 4).u == u)
    #expect(try LossLandscape.directions(count, seed: 5).u != u)
  }

  @Test("Directions of another length, no places and one weight are refused")
  func refusals() throws {
    #expect(throws: AnsatzError.self) { try LossLandscape.directions(1) }
    #expect(throws: AnsatzError.self) {
      try LossLandscape(around: [0, 0], along: ([1], [0, 1])) { _ in 0 }
    }
    #expect(throws: AnsatzError.self) {
      try LossLandscape(around: [0, 0], along: ([1, 0], [0, 1]), places: 1) { _ in 0 }
    }
  }
}
