import Ansatz
import Numerics

/// The right-hand sides of docs/coming-from-qulacs.md, each on a line of its own.
func comingFromQulacs() throws {
  let x = Inputs("x", 4)
  let c = Bits("c", 1)
  let circuit = try Circuit(qubits: 4) {
    AngleEmbedding(x, on: 0..<4)
    BasicEntangler(layers: 2, on: 0..<4)
  }
  let first = try Circuit(qubits: 2) { X(0) }
  let other = try Circuit(qubits: 2) { H(0) }
  let noisy = try Circuit(qubits: 1) { Depolarizing(probability: 0.1, on: 0) }
  let data = [0.1, 0.2, 0.3, 0.4]
  let theta = Weights("theta", 2)
  let w = [Double](repeating: 0.7, count: 8)
  let v = [Double](repeating: 0.6, count: 8)
  let h = Z(0) + 0.5 * X(1)
  let compiled = try CompiledObservables([h], qubitCount: 4)
  let rows = Tensor(rows: [data, data.reversed()])
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
    SXdg(0)
    RX(-0.5, on: 0)
    RX(0.5, on: 0)
    Phase(0.5, on: 0)
    U2(0.1, 0.2, on: 0)
    U(0.1, 0.2, 0.3, on: 0)
    CNOT(control: 0, target: 1)
    CZ(0, 1)
    SWAP(0, 1)
    Toffoli(controls: 0, 1, target: 2)
    CSWAP(control: 0, 1, 2)
    PauliRotation(-0.5, "XZ", on: [0, 1])
    UnitaryGate(u, on: [0])
    DiagonalGate([0, .pi / 2], on: [0])
    Controlled(by: 0) { Y(2) }
    Controlled(whenZero: 0) { Y(2) }
    Inverse { QFT(on: 0..<3) }
    RX(-theta[0], on: 0)
    RZZ(-theta[1], 0, 1)
  }

  // Measurements and noise
  _ = try Circuit(qubits: 4) {
    Measure(0, into: c[0])
    If(c[0]) { X(1) }
    Postselect("1", on: [0])
    BitFlip(probability: 0.1, on: 0)
    PhaseFlip(probability: 0.1, on: 0)
    Depolarizing(probability: 0.1, on: 0)
    TwoQubitDepolarizing(probability: 0.1, on: 0, 1)
    AmplitudeDamping(gamma: 0.1, on: 0)
  }

  // What a circuit gives
  _ = try Circuit(qubits: 4) { H(0) }
  _ = try circuit.stateVector(inputs: data, weights: w)
  _ = try Circuit(qubits: 1) { StatePreparation([0.6, 0.8], on: [0]) }
  _ = 0.5 * Z(0) * X(1)
  _ = try PauliSum(parsing: "Z0 + 0.5 X1")
  _ = try circuit.expectation(of: h, inputs: data, weights: w)
  _ = try circuit.overlap(
    with: circuit, inputs: data, weights: w, otherInputs: data, otherWeights: v)
  _ = try circuit.sample(shots: 100, inputs: data, weights: w, using: &random).outcomes
  _ = try circuit.marginal(of: [0], inputs: data, weights: w)[0]
  _ = try circuit.expectation(of: Projector("01", on: [0, 2]), inputs: data, weights: w)
  _ = try circuit.reducedState(of: [0], inputs: data, weights: w).vonNeumannEntropy()
  _ = try first.overlap(with: other)
  _ = try noisy.densityMatrix()
  _ = try TrajectoryProgram(noisy).samples(shots: 100, using: &random)
  _ = circuit.depth
  _ = circuit.weightCount
  _ = TextDiagram(circuit).description
  _ = try OpenQASM.read(text, name: "bell.qasm").circuit

  // Learning
  let point = CircuitPoint(circuit, inputs: data, weights: w)
  _ = try Adjoint().gradient(of: .expectation(of: h), at: point, request: GradientRequest()).weights
  _ = try ParameterShift().gradient(of: .expectation(of: h), at: point, request: GradientRequest())
    .weights
  _ = try circuit.minimize(h, from: w, inputs: data, with: "lbfgs", options: brief)
  _ = try Program(circuit).forward(compiled, inputs: rows, weights: w).expectations
}
