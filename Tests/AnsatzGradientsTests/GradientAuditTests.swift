import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Testing

@testable import AnsatzGradients

/// The adjoint with the sign of one weight wrong.
private struct Wrong: GradientMethod {
  static let name = "wrong"
  static let summary = "wrong in weight 1"
  static let accuracy = GradientAccuracy.exact

  func gradient<S: Scalar>(
    of pass: ForwardPass<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S> {
    var gradient = try Adjoint().gradient(of: pass, upstream: upstream, request: request)
    gradient.weights[1] = -gradient.weights[1]
    return gradient
  }

  func gradient(
    of function: StateFunction, at point: CircuitPoint, request: GradientRequest
  ) throws -> CircuitGradient<Double> {
    try Adjoint().gradient(of: function, at: point, request: request)
  }
}

@Suite("Gradient audit")
struct GradientAuditTests {
  @Test("Right methods agree on random circuits", arguments: 0..<10)
  func agree(seed: UInt64) throws {
    var source = RandomCircuits(seed: 2000 + seed)
    let circuit = try source.circuit(qubits: 3, gates: 12, amplitudeStart: seed % 5 == 4)
    let audit = try GradientAudit(
      circuit, observables: [source.observable(qubits: 3), Z(1)],
      inputs: source.values(circuit.inputCount), weights: source.values(circuit.weightCount),
      methods: GradientMethods.all + [ParameterShift(shots: 200)], seed: seed)
    for finding in audit.findings {
      #expect(finding.agrees, "\(finding.method): \(finding.difference) > \(finding.bound)")
      #expect(
        (finding.refusal != nil)
          == (seed % 5 == 4
            && ["parameter-shift", "stochastic-shift", "hadamard-test"].contains(finding.method)))
    }
  }

  @Test("A wrong method is found, with the weight it is wrong in")
  func wrong() throws {
    let w = Weights("w", 3)
    let circuit = try Circuit(qubits: 2) {
      RX(w[0], on: 0)
      RY(w[1], on: 1)
      CNOT(control: 0, target: 1)
      RX(w[2], on: 1)
    }
    let audit = try GradientAudit(
      circuit, observables: [Z(0), Z(1)], inputs: [], weights: [0.3, 0.8, 1.1],
      methods: [Adjoint(), Wrong()])
    #expect(!audit.agrees)
    #expect(audit.findings[1].worst == "w[1]")
    #expect(audit.idleWeights.isEmpty && audit.idleGates.isEmpty)
  }

  @Test("Weights and gates without effect are found, and no others")
  func idle() throws {
    let w = Weights("w", 2, 2)
    let circuit = try Circuit(qubits: 3) {
      RZ(w[0, 0], on: 0)  // turns the phase of |0⟩
      H(0)
      RX(w[0, 1], on: 0)  // leaves |+⟩
      RY(w[1, 0], on: 1)
      CNOT(control: 1, target: 2)  // qubit 2 is not measured, but is its control's witness for none
      RZ(w[1, 1], on: 1)  // Z is measured
      H(2)
    }
    let audit = try GradientAudit(
      circuit, observables: [Z(0), Z(1)], inputs: [], weights: [0.1, 0.2, 0.3, 0.4])
    #expect(audit.idleWeights == ["w[0, 0]", "w[0, 1]", "w[1, 1]"])
    #expect(audit.idleGates.map(\.operation) == [0, 2, 4, 5, 6])
    #expect(audit.idleGates[0].text == "RZ on 0")
  }
}
