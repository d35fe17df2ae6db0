import AnsatzCircuits
import Testing

@Suite("Text diagrams")
struct TextDiagramTests {
  @Test("Controls, targets, angles and crossings stand where they belong")
  func drawing() throws {
    let w = Weights("θ", 2)
    let circuit = try Circuit(qubits: 3) {
      H(0)
      CNOT(control: 0, target: 2)
      RZ(2 * w[0], on: 1)
      SWAP(1, 2)
      CRX(w[1], control: 2, target: 0)
    }
    #expect(
      "\(TextDiagram(circuit))" == """
        0: ─H──●─────────────────RX(θ[1])──
               │                    │
        1: ────┼──RZ(2*θ[0])──×─────┼──────
               │              │     │
        2: ────⊕──────────────×─────●──────
        """)
  }

  @Test("A diagram wider than the terminal continues below")
  func folding() throws {
    let circuit = try Circuit(qubits: 2) {
      for _ in 0..<10 {
        H(0)
        CZ(0, 1)
      }
    }
    let lines = "\(TextDiagram(circuit, width: 40))".split(separator: "\n")
    #expect(lines.count > 3)
    #expect(lines.allSatisfy { $0.count <= 40 })
  }

  @Test("A global phase stands on the first line, a controlled one on its last control")
  func globalPhase() throws {
    let circuit = try Circuit(qubits: 2) {
      GlobalPhase(0.5)
      Controlled(by: 0, 1) { GlobalPhase(0.25) }
      RZX(0.1, 1, 0)
    }
    #expect(
      "\(TextDiagram(circuit))" == """
        0: ─e^i(0.5)──────●────────RZX 1─────
                          │          │
        1: ───────────e^i(0.25)──RZX(0.1) 0──
        """)
  }

  @Test(
    "Measurements, resets, postselection, conditionals and open controls have marks of their own")
  func dynamic() throws {
    let (c, d) = (Bits("c", 2), Bits("d", 1))
    let circuit = try Circuit(qubits: 3, registers: [c, d]) {
      Measure(0, into: c[1])
      Reset(1)
      Controlled(whenZero: 0) { X(2) }
      If(c == 2) {
        X(1)
      } else: {
        Controlled(by: 2) { Z(0) }
      }
      Postselect("10", on: [0, 2])
      If(c[0] && d[0]) { RY(0.5, on: 1) }
    }
    #expect(
      "\(TextDiagram(circuit))" == """
           0: ─M───────○────────────●─────⟨1|────────────────
               ║       │            │      │
           1: ─╫──|0⟩──┼────X───────┼──────┼─────RY(0.5)─────
               ║       │    ║       │      │        ║
           2: ─╫───────⊕────╫───────●─────⟨0|───────╫────────
               ║            ║       ║               ║
        c[2]: ═1══════════c == 2══c != 2════════════■════════
                                                    ║
        d[1]: ═════════════════════════════════c[0] && d[0]══
        """)
  }

  @Test("Start states and channels show what they take")
  func others() throws {
    let x = Inputs("x", 3)
    let circuit = try Circuit(qubits: 2) {
      AmplitudeEmbedding(x, on: 0..<2)
      Depolarizing(probability: 0.1, on: 1)
    }
    #expect(
      "\(TextDiagram(circuit))".split(separator: "\n").map(String.init) == [
        "0: ─|x⟩ 0──────────", "      │", "1: ─|x⟩ 1──D(0.1)──",
      ])
  }

  @Test("A body that writes what its condition asks is bounded by marks")
  func bodies() throws {
    let (c, d) = (Bits("c", 2), Bits("d", 1))
    let circuit = try Circuit(qubits: 3, registers: [c, d]) {
      If(c > 0) {
        H(0)
        Measure(0, into: c[1])
      } else: {
        CNOT(control: 0, target: 2)
      }
      If(d[0]) {
        If(c[0]) {
          Measure(1, into: c[0])
        } else: {
          Y(1)
        }
      }
      If(Condition.constant(false)) { Z(1) }
    }
    #expect(
      "\(TextDiagram(circuit))" == """
           0: ──if────H──M──else──●──end───────────────────────────────────────────────────
                 │       ║   │    │   │
           1: ───┼───────╫───┼────┼───┼────────if───────M──else──Y──end──if false──Z──end──
                 │       ║   │    │   │        ║        ║   ║
           2: ──if───────╫──else──⊕──end───────╫────────╫───╫──────────────────────────────
                 ║       ║                     ║        ║   ║
        c[2]: ═c > 0═════1═════════════════════■════════0═══╬══════════════════════════════
                                               ║            ║
        d[1]: ════════════════════════════d[0] && c[0]═════d[0]════════════════════════════
        """)
  }

  @Test("Boxes on qubits far apart are joined, and numbered where their order matters")
  func farApart() throws {
    let circuit = try Circuit(qubits: 4) {
      ECR(3, 1)
      RZZ(0.5, 3, 0)
      QFT(on: [3, 0, 2])
      Controlled(by: [1, 2], values: [0, 1]) { ISWAP(3, 0) }
      PauliRotation(0.25, "XIZ", on: [2, 1, 0])
      TwoQubitDepolarizing(probability: 0.125, on: 2, 0)
      MeasureAll([3, 0], into: Bits("out", 2))
    }
    #expect(
      "\(TextDiagram(circuit))" == """
             0: ──────────RZZ─────QFT 1──iSWAP 1─────RXZ 1────────D2 1──────M──
                           │        │       │          │            │       ║
             1: ─ECR 1─────┼────────┼───────○──────────┼────────────┼───────╫──
                   │       │        │       │          │            │       ║
             2: ───┼───────┼──────QFT 2─────●─────RXZ(0.25) 0──D2(0.125) 0──╫──
                   │       │        │       │                               ║
             3: ─ECR 0──RZZ(0.5)──QFT 0──iSWAP 0───────M────────────────────╫──
                                                       ║                    ║
        out[2]: ═══════════════════════════════════════0════════════════════1══
        """)
  }

  @Test("Names in wide scripts keep the lines aligned")
  func wideNames() throws {
    let x = Inputs("角度", 1)
    let circuit = try Circuit(qubits: 2, registers: [Bits("結果")]) {
      RX(x[0], on: 0)
      CNOT(control: 0, target: 1)
    }
    #expect(
      "\(TextDiagram(circuit))" == """
              0: ─RX(角度[0])──●──
                               │
              1: ──────────────⊕──

        結果[1]: ═════════════════
        """)
  }

  @Test("Every gate of the registry can be drawn")
  func everyGate() throws {
    for gate in StandardGates.all + StandardGates.examples {
      let own = gate.controlCount + (gate.targetCount ?? 2)
      let count = max(own, 1)
      let operation = GateOperation(
        gate, angles: gate.parameterNames.map { _ in 0.5 }, qubits: Array(0..<own))
      let circuit = try Circuit(qubits: count, operations: [.gate(operation)])
      let text = "\(TextDiagram(circuit))"
      #expect(text.split(separator: "\n").count == 2 * count - 1)
      if gate.controlCount == 0 { #expect(text.contains(gate.symbol)) }
    }
  }
}
