import AnsatzAnalysis
import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Numerics
import Testing

@Suite("Entangling capability")
struct EntanglingCapabilityTests {
  @Test("GHZ states have 1, product states 0, W states 8/9 for three qubits", arguments: 2...5)
  func knownStates(qubits: Int) throws {
    let ghz = try Circuit(qubits: qubits) {
      H(0)
      for q in 1..<qubits { CNOT(control: q - 1, target: q) }
    }
    #expect(abs(EntanglingCapability.meyerWallach(try ghz.stateVector()) - 1) < 1e-14)
    let product = try Circuit(qubits: qubits) { for q in 0..<qubits { RY(0.3 + Double(q), on: q) } }
    #expect(abs(EntanglingCapability.meyerWallach(try product.stateVector())) < 1e-14)
    // Each qubit of W is 1 with probability 1/n: purity 1 - 2(n - 1)/n², so Q = 4(n - 1)/n².
    var w = [Complex<Double>](repeating: .zero, count: 1 << qubits)
    for q in 0..<qubits { w[1 << q] = Complex(1 / Double(qubits).squareRoot()) }
    let expected = 4 * Double(qubits - 1) / Double(qubits * qubits)
    #expect(abs(EntanglingCapability.meyerWallach(w) - expected) < 1e-14)
  }

  @Test("cos(θ/2)|00⟩ + sin(θ/2)|11⟩ has sin²θ, on average ½")
  func average() throws {
    let θ = Weights("θ", 1)
    let circuit = try Circuit(qubits: 2) {
      RY(θ[0], on: 0)
      CNOT(control: 0, target: 1)
    }
    for angle in [0, 0.4, 1.1, .pi / 2] {
      let value = EntanglingCapability.meyerWallach(try circuit.stateVector(weights: [angle]))
      #expect(abs(value - Double.sin(angle) * .sin(angle)) < 1e-14)
    }
    let found = try EntanglingCapability(of: circuit, draws: 2000, seed: 6)
    #expect(found.values.count == 2000)
    // sin² has a standard deviation of √⅛: five standard errors are 0.04.
    #expect(abs(found.mean - 0.5) < 0.04)
    #expect(try EntanglingCapability(of: circuit, draws: 2000, seed: 6).values == found.values)
  }

  @Test("Half of a singlet of three qubits counts only the qubits in it")
  func partial() throws {
    let circuit = try Circuit(qubits: 3) {
      H(0)
      CNOT(control: 0, target: 2)
    }
    #expect(abs(EntanglingCapability.meyerWallach(try circuit.stateVector()) - 2.0 / 3) < 1e-14)
    #expect(throws: AnsatzError.self) { try EntanglingCapability(of: circuit, draws: 0) }
  }
}
