import AnsatzCircuits
import AnsatzMath
import AnsatzOptimizers
import AnsatzSimulator
import Foundation
import Testing

@testable import AnsatzNN

@Suite("Circuit costs")
struct CircuitCostTests {
  /// -Z₀Z₁ - X₀ - X₁, whose least eigenvalue is -√5.
  private let energy = -1.0 * (Z(0) * Z(1)) - X(0) - X(1)
  private let ground = -5.0.squareRoot()

  private func circuit() throws -> Circuit {
    let w = Weights("w", 2, 2)
    return try Circuit(qubits: 2) {
      for layer in 0..<2 {
        for q in 0..<2 { RY(w[layer, q], on: q) }
        CNOT(control: 0, target: 1)
      }
    }
  }

  @Test(
    "Every minimizer finds the ground state of two spins",
    arguments: [
      ("qng", 1e-6), ("rotosolve", 1e-6), ("lbfgs", 1e-8), ("cobyla", 1e-5), ("nelder-mead", 1e-5),
      ("bobyqa", 1e-5), ("adam", 1e-5), ("spsa", 0.05), ("qn-spsa:draws=4", 0.05),
    ])
  func groundState(name: String, tolerance: Double) throws {
    let result = try circuit().minimize(
      energy, from: [0.4, 0.9, -0.5, 0.2], with: name,
      options: MinimizationOptions(maximumSteps: 800, tolerance: 1e-12, seed: 2))
    #expect(result.value - ground < tolerance)
    #expect(result.value - ground > -1e-10)
  }

  @Test("Natural gradient takes fewer steps than plain descent at the same rate")
  func naturalIsShorter() throws {
    func steps(_ name: String) throws -> Int {
      try circuit().minimize(
        energy, from: [0.4, 0.9, -0.5, 0.2], with: name,
        options: MinimizationOptions(maximumSteps: 2000, tolerance: 1e-9, learningRate: 0.05)
      ).history.count
    }
    #expect(try steps("qng") < steps("sgd"))
  }

  @Test("Rotoselect finds axes for a state that turns about Y cannot make")
  func rotoselect() throws {
    // |00⟩ + i|11⟩ has ⟨X₀Y₁⟩ = 1; real amplitudes give 0.
    let target = -1.0 * (X(0) * Y(1)) - Z(0) * Z(1)
    let cost = try StructureCost(qubits: 2, gates: 4, minimizing: target) { axes, w in
      for q in 0..<2 { PauliRotation(w[q], axes[q].rawValue, on: [q]) }
      CNOT(control: 0, target: 1)
      for q in 0..<2 { PauliRotation(w[2 + q], axes[2 + q].rawValue, on: [q]) }
    }
    var best = Double.infinity
    for start in [[0.1, 0.2, 0.3, 0.4], [1.1, -0.7, 0.4, 2.0]] {
      let result = try Rotoselect().minimize(
        cost, from: start, options: MinimizationOptions(maximumSteps: 50)
      ) { _, _ in true }
      #expect(
        try abs(
          cost.circuit(axes: result.axes).expectation(of: target, weights: result.weights)
            - result.value) < 1e-10)
      best = min(best, result.value)
    }
    #expect(best < -2 + 1e-6)
  }

  @Test("The frequencies of a weight are the sums of those of its gates")
  func frequencies() throws {
    let w = Weights("w", 4)
    let circuit = try Circuit(qubits: 2) {
      RX(w[0], on: 0)
      CRY(w[1], control: 0, target: 1)
      RZ(2 * w[2], on: 0)
      RX(w[2] + 0.3, on: 1)
      RY(Angle.sin(w[3]), on: 0)
    }
    let cost = try CircuitCost(circuit, minimizing: Z(1))
    #expect(try cost.frequencies(of: 0) == [1])
    #expect(try cost.frequencies(of: 1) == [0.5, 1])
    #expect(try cost.frequencies(of: 2) == [1, 2, 3])
    #expect { try cost.frequencies(of: 3) } throws: { "\($0)".contains("other than as a multiple") }
  }

  @Test("A structure whose weights are no single rotations is refused")
  func badStructure() {
    #expect(throws: AnsatzError.self) {
      try StructureCost(qubits: 1, gates: 1, minimizing: Z(0)) { axes, w in
        PauliRotation(2 * w[0], axes[0].rawValue, on: [0])
      }
    }
    #expect(throws: AnsatzError.self) {
      try StructureCost(qubits: 1, gates: 2, minimizing: Z(0)) { axes, w in
        PauliRotation(w[0], axes[0].rawValue, on: [0])
      }
    }
  }
}
