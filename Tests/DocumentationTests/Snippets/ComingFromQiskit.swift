import Ansatz
import Numerics

/// The right-hand sides of docs/coming-from-qiskit.md, each on a line of its own.
func comingFromQiskit() throws {
  let x = Inputs("x", 4)
  let c = Bits("c", 2)
  let circuit = try Circuit(qubits: 4) {
    AngleEmbedding(x, on: 0..<4)
    BasicEntangler(layers: 2, on: 0..<4)
  }
  let features = try Circuit(qubits: 4) { ZZFeatureMap(x, on: 0..<4) }
  let bell = try Circuit(qubits: 2) {
    H(0)
    CNOT(control: 0, target: 1)
  }
  let noisy = try Circuit(qubits: 1) { Depolarizing(probability: 0.1, on: 0) }
  let data = [0.1, 0.2, 0.3, 0.4]
  let w = [Double](repeating: 0.7, count: 8)
  let rows = Tensor(rows: [data, data.reversed()])
  let h = Z(0) + 0.5 * X(1)
  let u = ComplexMatrix([[0, 1], [1, 0]])
  let text = "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[2]; h q[0]; cx q[0], q[1];"
  let rule = NoiseRule(gateQubits: 1, Depolarizing.definition, [0.003])
  let readout = ReadoutError(zeroAsOne: 0.02, oneAsZero: 0.05)
  let brief = MinimizationOptions(maximumSteps: 2)
  var random = RandomStream(seed: 1)

  // Gates
  _ = try Circuit(qubits: 4) {
    H(0)
    X(0)
    Sdg(0)
    T(0)
    SX(0)
    RX(0.5, on: 0)
    Phase(0.5, on: 0)
    U(0.1, 0.2, 0.3, on: 0)
    GlobalPhase(0.5)
    CNOT(control: 0, target: 1)
    CZ(0, 1)
    CH(control: 0, target: 1)
    CPhase(0.5, 0, 1)
    CRX(0.5, control: 0, target: 1)
    CU(0.1, 0.2, 0.3, 0.4, control: 0, target: 1)
    SWAP(0, 1)
    ISWAP(0, 1)
    ECR(0, 1)
    RXX(0.5, 0, 1)
    RZZ(0.5, 0, 1)
    RZX(0.5, 0, 1)
    Toffoli(controls: 0, 1, target: 2)
    CSWAP(control: 0, 1, 2)
    Controlled(by: 0, 1, 2) { X(3) }
    Controlled(by: [0, 1], values: [1, 0]) { RY(0.5, on: 2) }
    UnitaryGate(u, on: [0])
    Inverse { QFT(on: 0..<3) }
    Power(0.5) { SWAP(0, 1) }
  }

  // The circuit library
  _ = try Circuit(qubits: 4) {
    QFT(on: 0..<3)
    ZFeatureMap(x, on: 0..<4)
    ZZFeatureMap(x, on: 0..<4)
    RealAmplitudes(layers: 2, on: 0..<4)
    EfficientSU2(layers: 2, on: 0..<4)
    TwoLocal(entanglers: [CZ.definition], layers: 2, on: 0..<4)
    QAOA(cost: Z(0) * Z(1), layers: 2, on: 0..<4)
    Evolution(under: h, time: 0.1)
    StatePreparation([0.6, 0.8], on: [0])
  }

  // Measurements in mid-circuit
  _ = try Circuit(qubits: 4) {
    Measure(0, into: c[0])
    If(c[0]) { X(1) }
    Reset(0)
    MeasureAll(into: c)
  }

  // What a circuit gives
  _ = Inputs("x", 4)
  _ = Z(0) + 0.5 * X(1)
  _ = try PauliSum(parsing: "Z0 + 0.5 X1")
  _ = try circuit.expectation(of: h, inputs: data, weights: w)
  _ = try circuit.estimate(h, shots: 1000, inputs: data, weights: w, using: &random)
  _ = try circuit.sample(shots: 100, inputs: data, weights: w, using: &random).counts
  _ = try circuit.stateVector(inputs: data, weights: w)
  _ = try circuit.probabilities(inputs: data, weights: w)
  _ = try circuit.reducedState(of: [0], inputs: data, weights: w)
  _ = try circuit.reducedState(of: [0], inputs: data, weights: w).vonNeumannEntropy()
  _ = try noisy.densityMatrix()
  _ = circuit.depth
  _ = TextDiagram(circuit).description
  _ = SVGDiagram(circuit).description
  _ = try OpenQASM.read(text, name: "bell.qasm").circuit
  _ = try OpenQASM.write(circuit, version: .v3)

  // Noise
  _ = NoiseRule(gateQubits: 1, Depolarizing.definition, [0.003])
  _ = ReadoutError(zeroAsOne: 0.02, oneAsZero: 0.05)
  let noise = NoiseModel(rules: [rule], readout: [ReadoutRule(readout)])
  _ = try TrajectoryProgram(noise.applied(to: bell), trajectories: 100).samples(
    shots: 100, using: &random)

  // Learning
  _ = ParameterShift()
  _ = try QuantumLayer(circuit, measuring: h)
  _ = NetworkClassifier<Double>(Hybrid())
  _ = try FidelityKernel(features).matrix(rows)
  _ = try circuit.minimize(h, from: w, inputs: data, with: "cobyla", options: brief)
  _ = try circuit.minimize(h, from: w, inputs: data, with: "lbfgs", options: brief)
  _ = try circuit.minimize(h, from: w, inputs: data, with: "spsa", options: brief)
  _ = try circuit.minimize(h, from: w, inputs: data, with: "qn-spsa", options: brief)
}
