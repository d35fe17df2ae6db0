import Ansatz
import Numerics

/// The right-hand sides of docs/coming-from-pennylane.md, each on a line of its own.
func comingFromPennyLane() throws {
  let x = Inputs("x", 4)
  let c = Bits("c", 1)
  let circuit = try Circuit(qubits: 4) {
    AngleEmbedding(x, on: 0..<4)
    BasicEntangler(layers: 2, on: 0..<4)
  }
  let features = try Circuit(qubits: 4) { IQPEmbedding(x, on: 0..<4) }
  let data = [0.1, 0.2, 0.3, 0.4]
  let w = [Double](repeating: 0.7, count: 8)
  let rows = Tensor(rows: [data, data.reversed()])
  let h = Z(0) + 0.5 * X(1)
  let u = ComplexMatrix([[0, 1], [1, 0]])
  let text = "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[2]; h q[0]; cx q[0], q[1];"
  let brief = MinimizationOptions(maximumSteps: 2)
  var random = RandomStream(seed: 1)

  // Gates
  _ = try Circuit(qubits: 4) {
    H(0)
    X(0)
    Sdg(0)
    SX(0)
    RX(0.5, on: 0)
    Phase(0.5, on: 0)
    Rot(0.1, 0.2, 0.3, on: 0)
    U(0.1, 0.2, 0.3, on: 0)
    GlobalPhase(-0.5)
    CNOT(control: 0, target: 1)
    CZ(0, 1)
    SWAP(0, 1)
    ISWAP(0, 1)
    Toffoli(controls: 0, 1, target: 2)
    CRX(0.5, control: 0, target: 1)
    CPhase(0.5, 0, 1)
    RXX(0.5, 0, 1)
    MultiRZ(0.5, on: 0..<3)
    PauliRotation(0.5, "XZ", on: [0, 1])
    SingleExcitation(0.5, 0, 1)
    UnitaryGate(u, on: [0])
    QFT(on: 0..<3)
    Controlled(by: 0, 1) { RY(0.5, on: 2) }
    Controlled(by: [0, 1], values: [1, 0]) { RY(0.5, on: 2) }
    Inverse { QFT(on: 0..<3) }
    Power(0.5) { SWAP(0, 1) }
  }

  // Templates
  _ = try Circuit(qubits: 4) {
    AngleEmbedding(x, on: 0..<4, axis: .x)
    IQPEmbedding(x, on: 0..<4)
    BasisEmbedding([0, 1, 1], on: 0..<3)
    StronglyEntangling(layers: 2, on: 0..<4)
    BasicEntangler(layers: 2, on: 0..<4)
    SimplifiedTwoDesign(layers: 2, on: 0..<4)
    QAOAEmbedding(x, layers: 2, on: 0..<4)
    StatePreparation([0.6, 0.8], on: [0])
    Evolution(under: h, time: -0.1)
  }

  // Measurements in mid-circuit
  _ = try Circuit(qubits: 4) {
    Measure(0, into: c[0])
    If(c[0]) { X(1) }
    Reset(0)
    Postselect("1", on: [0])
  }

  // What a circuit gives
  _ = try circuit.expectation(of: Z(0), inputs: data, weights: w)
  _ = Z(0) * X(1)
  _ = Z(0) + 0.5 * X(1)
  _ = try circuit.variance(of: Z(0), inputs: data, weights: w)
  _ = try circuit.marginal(of: [0, 1], inputs: data, weights: w)
  _ = try circuit.stateVector(inputs: data, weights: w)
  _ = try circuit.reducedState(of: [0], inputs: data, weights: w)
  _ = try circuit.reducedState(of: [0], inputs: data, weights: w).vonNeumannEntropy(base: .exp(1))
  _ = try circuit.mutualInformation(between: [0], and: [1], inputs: data, weights: w)
  _ = try circuit.sample(shots: 100, inputs: data, weights: w, using: &random).outcomes
  _ = try circuit.sample(shots: 100, inputs: data, weights: w, using: &random).counts
  _ = try circuit.estimate(h, shots: 1000, inputs: data, weights: w, using: &random)
  _ = try ClassicalShadow(of: circuit, snapshots: 100, inputs: data, weights: w, using: &random)
  _ = try FidelityKernel(features).matrix(rows)
  _ = TextDiagram(circuit).description
  _ = SVGDiagram(circuit).description
  _ = Program(circuit).planDescription(nil)
  _ = try OpenQASM.read(text, name: "bell.qasm").circuit
  _ = try OpenQASM.write(circuit, version: .v2, inputs: data, weights: w)

  // Noise
  _ = try Circuit(qubits: 4) {
    Depolarizing(probability: 0.1, on: 0)
    AmplitudeDamping(gamma: 0.1, on: 0)
    PhaseDamping(gamma: 0.1, on: 0)
    BitFlip(probability: 0.1, on: 0)
  }

  // Gradients and optimizers
  _ = try QuantumLayer(circuit, measuring: [Z(0)], gradientMethod: Adjoint())
  _ = try QuantumLayer(circuit, measuring: [Z(0)], gradientMethod: ParameterShift())
  _ = try QuantumLayer(circuit, measuring: [Z(0)], gradientMethod: FiniteDifference())
  _ = try QuantumLayer(circuit, measuring: [Z(0)], gradientMethod: HadamardTest())
  _ = try QuantumLayer(circuit, measuring: [Z(0)], gradientMethod: SPSA())
  let point = CircuitPoint(circuit, inputs: data, weights: w)
  _ = try Adjoint().gradient(of: .expectation(of: h), at: point, request: GradientRequest()).weights
  _ = try point.metricTensor()
  _ = try point.quantumFisher()
  _ = try point.classicalFisher()
  _ = try point.hessian(of: h, method: .parameterShift)
  _ = try circuit.minimize(h, from: w, inputs: data, with: "adam", options: brief)
  _ = try circuit.minimize(h, from: w, inputs: data, with: "qng", options: brief)
  _ = try circuit.minimize(h, from: w, inputs: data, with: "rotosolve", options: brief)
  _ = try circuit.minimize(h, from: w, inputs: data, with: "spsa", options: brief)
  _ = try circuit.minimize(h, from: w, inputs: data, with: "qn-spsa", options: brief)
  _ = try QuantumLayer(circuit, measuring: Z(0), Z(1))
}
