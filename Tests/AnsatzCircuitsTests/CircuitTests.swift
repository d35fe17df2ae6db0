import AnsatzCircuits
import Testing

@Suite("Circuits")
struct CircuitTests {
  @Test("Loops, conditionals and nested circuits flatten in order")
  func building() throws {
    let inner = try Circuit(qubits: 2) {
      H(0)
      CNOT(control: 0, target: 1)
    }
    let twice = true
    let circuit = try Circuit(qubits: 3) {
      for q in 0..<3 where q != 1 { X(q) }
      inner
      if twice { Z(2) } else { S(2) }
      if !twice { T(0) }
      Controlled(by: 2) { inner }
      Inverse {
        S(0)
        RX(0.5, on: 1)
      }
    }
    #expect(
      circuit.operations.map(\.name) == [
        "X", "X", "H", "CNOT", "Z", "Controlled(H)", "Controlled(CNOT)", "RX", "Sdg",
      ])
    #expect(circuit.operations[6].qubits == [2, 0, 1])
    #expect(circuit.operations[7].angles == [-0.5])
  }

  @Test("All mistakes are listed at once, each with its gate, value, range and mend")
  func errors() {
    let w = Weights("w", 2)
    #expect {
      try Circuit(qubits: 2) {
        H(5)
        CNOT(control: 1, target: 1)
        RX(w[2], on: 0)
        RY(.init(Double.infinity), on: -1)
        RZ(Weights("w", 3)[0], on: 0)
        RZ(Inputs("w", 2)[0], on: 0)
        RZ(w[0, 0], on: 0)
      }
    } throws: {
      "\($0)" == """
        invalid circuit:
          - gate 0 (H): qubit 5 is out of range; this circuit has qubits 0...1; use at least 6 \
        qubits or another qubit
          - gate 1 (CNOT): qubits [1, 1] repeat; the two must differ
          - gate 2 (RX): angle θ: w[2] is out of range; w[2] takes subscripts 0...1
          - gate 3 (RY): qubit -1 is out of range; this circuit has qubits 0...1
          - gate 3 (RY): angle θ is inf; angles are finite numbers in radians
          - gate 5 (RZ): inputs w[2] clash with weights w[3]; give one of them another name
          - gate 6 (RZ): angle θ: w[0, 0] has 2 subscripts, w[2] takes 1
        """
    }
  }

  @Test("A circuit needs between 1 and 62 qubits", arguments: [0, -3, 63])
  func qubitCount(count: Int) {
    #expect { try Circuit(qubits: count) { H(0) } } throws: {
      "\($0)".contains("\(count) qubits; a circuit has 1...62")
    }
  }

  @Test("A bundle too large to number is refused, not trapped on")
  func hugeBundle() {
    #expect {
      try Circuit(qubits: 1) { RX(Inputs("x", .max, 2)[3, 1], on: 0) }
    } throws: {
      "\($0)".contains("is too large; a bundle has at most 268435456 numbers")
    }
  }

  @Test("A start state from data must come first and stand alone")
  func startState() {
    let x = Inputs("x", 5)
    #expect {
      try Circuit(qubits: 2) {
        H(0)
        AmplitudeEmbedding(x, on: 0..<2)
        Controlled(by: 0) { AmplitudeEmbedding(Inputs("y", 2), on: [1]) }
        Inverse { AmplitudeEmbedding(Inputs("y", 2), on: [1]) }
      }
    } throws: {
      let text = "\($0)"
      return text.contains("gate 1 (AmplitudeEmbedding): a start state must come first")
        && text.contains("5 inputs do not fit into 4 amplitudes; use 3 qubits")
        && text.contains("gate 2 (AmplitudeEmbedding): a start state cannot be controlled")
        && text.contains("gate 3 (AmplitudeEmbedding): a start state has no inverse")
    }
  }

  @Test("Weights are ordered by first appearance, whatever their names")
  func weightOrder() throws {
    let (b, a) = (Weights("b", 2), Weights("a", 3))
    let circuit = try Circuit(qubits: 1) {
      RX(b[1], on: 0)
      RX(a[0], on: 0)
      RX(b[0], on: 0)
    }
    #expect(circuit.weights.map(\.name) == ["b", "a"])
    #expect(circuit.weightCount == 5)
  }

  @Test("Depth counts the longest chain")
  func depth() throws {
    let circuit = try Circuit(qubits: 3) {
      H(0)
      H(1)
      CNOT(control: 0, target: 1)
      X(2)
    }
    #expect(circuit.depth == 2)
  }
}
