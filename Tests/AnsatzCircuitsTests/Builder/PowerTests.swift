import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Numerics
import Testing

@Suite("Powers and open controls")
struct PowerTests {
  /// The unitary column by column, by the reference simulator.
  private func unitary(
    qubits: Int, @CircuitBuilder _ body: () -> [CircuitOperation]
  ) throws -> ComplexMatrix {
    let operations = body()
    let order = 1 << qubits
    var matrix = ComplexMatrix.identity(order)
    for column in 0..<order {
      let flips = (0..<qubits).filter { column >> (qubits - 1 - $0) & 1 == 1 }
      let circuit = try Circuit(
        qubits: qubits, operations: flips.flatMap { X($0).operations } + operations)
      for (row, amplitude) in ReferenceSimulator(circuit).state().enumerated() {
        matrix[row, column] = amplitude
      }
    }
    return matrix
  }

  @Test("Whole powers repeat and undo, of any body")
  func wholePowers() throws {
    let once = try unitary(qubits: 2) {
      H(0); CRY(0.3, control: 0, target: 1); T(1)
    }
    let thrice = try unitary(qubits: 2) {
      Power(3) {
        H(0); CRY(0.3, control: 0, target: 1); T(1)
      }
    }
    let back = try unitary(qubits: 2) {
      Power(-2) {
        H(0); CRY(0.3, control: 0, target: 1); T(1)
      }
    }
    #expect(thrice.maximumDifference(from: once * once * once) < 1e-14)
    #expect((back * once * once).maximumDifference(from: .identity(4)) < 1e-14)
    #expect(Power(0) { X(0) }.operations.isEmpty)
  }

  @Test("The q-th power of the q-th root is the gate, for every gate with numbers for angles")
  func roots() throws {
    var random = RandomStream(seed: 5, stream: "powers")
    for gate in StandardGates.all + StandardGates.examples {
      let targets = gate.targetCount ?? 2
      let qubits = max(1, gate.controlCount + targets)
      let angles = gate.parameterNames.map { _ in Angle(random.uniform(in: -3..<3)) }
      let operation = GateOperation(
        gate, angles: angles,
        qubits: Array(0..<qubits).prefix(
          gate.controlCount + targets
        ).map { $0 })
      let list = OperationList([.gate(operation)])
      let whole = try unitary(qubits: qubits) { list }
      for q in [2, 3] {
        let root = try unitary(qubits: qubits) { Power(1 / Double(q)) { list } }
        let product = (1..<q).reduce(root) { power, _ in power * root }
        // The eigenvalues come from a Schur form with an error of some 1e-15 each.
        #expect(product.maximumDifference(from: whole) < 1e-12, "\(gate.name) \(q)")
      }
    }
  }

  @Test("The principal root of X is SX, of Z is S, and of S† is T†")
  func knownRoots() throws {
    let pairs: [(any CircuitComponent, any CircuitComponent)] = [
      (X(0), SX(0)), (Z(0), S(0)), (Sdg(0), Tdg(0)), (SWAP(0, 1), SqrtSWAP()),
      (CNOT(control: 0, target: 1), CSX(control: 0, target: 1)),
    ]
    for (gate, root) in pairs {
      let a = try unitary(qubits: 2) { Power(0.5) { OperationList(gate.operations) } }
      let b = try unitary(qubits: 2) { OperationList(root.operations) }
      #expect(a.maximumDifference(from: b) < 1e-13)
    }
  }

  /// diag(1, [[1+i, 1-i], [1-i, 1+i]]/2, 1), the principal root of SWAP.
  private struct SqrtSWAP: CircuitComponent {
    var operations: [CircuitOperation] {
      let (p, m) = (Complex(0.5, 0.5), Complex(0.5, -0.5))
      return UnitaryGate(
        ComplexMatrix([[1, 0, 0, 0], [0, p, m, 0], [0, m, p, 0], [0, 0, 0, 1]]), on: [0, 1]
      ).operations
    }
  }

  @Test("What has no power is refused with the reason")
  func refusals() {
    let θ = Weights("θ", 2)
    func message(_ component: some CircuitComponent) -> String {
      do {
        _ = try Circuit(qubits: 2, operations: component.operations)
        return "accepted"
      } catch {
        return error.description
      }
    }
    #expect(
      message(
        Power(0.5) {
          H(0); T(0)
        }
      ).contains("this body has 2 operations"))
    #expect(message(Power(0.5) { U(θ[0], θ[1], 0, on: 0) }).contains("needs numbers"))
    #expect(
      message(
        Power(1e9) {
          H(0); T(0)
        }
      ).contains("too many"))
    #expect(message(Power(.nan) { H(0) }).contains("not a finite number"))
    #expect(message(Power(-1) { Reset(0) }).contains("a reset has no inverse"))
    #expect(message(Power(0.5) { RX(θ[0], on: 0) }) == "accepted")
  }

  @Test("An open control is X, a control and X, for every gate, at every executor's hand")
  func openControls() throws {
    var circuits = RandomCircuits(seed: 3)
    for _ in 0..<30 {
      let body = try circuits.circuit(qubits: 3, gates: 3, usesInputs: false)
      let weights = circuits.values(body.weightCount)
      func shifted(_ operations: [CircuitOperation]) -> [CircuitOperation] {
        [H(0).operations, H(3).operations].flatMap { $0 } + operations
      }
      let list = OperationList(body.operations)
      let open = try Circuit(
        qubits: 5,
        operations: shifted(
          Controlled(by: [4, 3], values: [0, 1]) { list }.operations))
      let closed = try Circuit(
        qubits: 5,
        operations: shifted(
          X(4).operations + Controlled(by: 4, 3) { list }.operations + X(4).operations))
      let expected = ReferenceSimulator(closed, weights: weights).state()
      for state in [
        ReferenceSimulator(open, weights: weights).state(),
        try open.stateVector(weights: weights),
      ] {
        let error = zip(state, expected).map { ($0 - $1).length }.max() ?? 1
        #expect(error < 1e-12)
      }
      let observable = circuits.observable(qubits: 5)
      let value = try open.expectation(of: observable, weights: weights)
      #expect(
        abs(value - ReferenceSimulator(closed, weights: weights).expectation(of: observable))
          < 1e-12)
    }
  }
}
