import AnsatzCircuits
import AnsatzMath
import Foundation
import Testing

@Suite("Noise without effect")
struct NoiseEffectTests {
  private func model(_ text: String) throws -> NoiseModel {
    try NoiseModel(JSONValue.decoder.decode(JSONValue.self, from: Data(text.utf8)), name: "n.json")
  }

  private func circuit() throws -> Circuit {
    let c = Bits("c", 1)
    return try Circuit(qubits: 2) {
      RY(0.3, on: 0)
      CNOT(control: 0, target: 1)
      Measure(0, into: c[0])
      If(c[0]) { RX(0.3, on: 1) }
    }
  }

  @Test(
    "A rule that fits nothing of the circuit is told with its number",
    arguments: [
      (
        #"{"channel": "Depolarizing", "probability": 0.5, "gates": ["CRX"]}"#,
        "rule 1 (Depolarizing) fits no gate of this circuit"
      ),
      (#"{"channel": "Depolarizing", "probability": 0.5, "gateQubits": 3}"#, "CNOT on 2, RX on 1"),
      (
        #"{"channel": "Depolarizing", "probability": 0.5, "qubits": [7]}"#, "there are qubits 0...1"
      ),
      (#"{"channel": "TwoQubitDepolarizing", "probability": 0.5, "qubits": [0, 7]}"#, "rule 1"),
    ])
  func rules(_ rule: String, _ text: String) throws {
    let lines = try model(#"{"rules": [\#(rule)]}"#).withoutEffect(on: [circuit()])
    #expect(lines.count == 1)
    #expect(lines.first?.contains(text) == true, "\(lines)")
  }

  @Test("Rules that fit a gate, also one in a conditional or of another circuit, are silent")
  func silent() throws {
    let noise = NoiseModel(
      rules: [
        NoiseRule(BitFlip.definition, [0.1]),
        NoiseRule(gates: ["RX"], BitFlip.definition, [0.1]),
        NoiseRule(TwoQubitDepolarizing.definition, [0.1]),
      ], readout: [ReadoutRule(ReadoutError(zeroAsOne: 0.1, oneAsZero: 0))])
    #expect(try noise.withoutEffect(on: [circuit()]) == [])
    let other = try Circuit(qubits: 1) { H(0) }
    #expect(try noise.withoutEffect(on: [other, circuit()]) == [])
    #expect(noise.withoutEffect(on: [other]).count == 2)
  }

  @Test("A readout rule that fits no qubit, or none that a later one leaves, is told")
  func readout() throws {
    let noise = try model(
      #"{"readout": [{"qubits": [0], "zeroAsOne": 0.1}, {"qubits": [7], "zeroAsOne": 0.5}, {"zeroAsOne": 0.2}]}"#
    )
    let lines = try noise.withoutEffect(on: [circuit()])
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("readout 1 fits no qubit") && lines[0].contains("later"))
    #expect(lines[1].hasPrefix("readout 2 fits no qubit") && lines[1].contains("[7]"))
  }

  @Test(
    "A rule that can fit no gate of any circuit is an error of the file",
    arguments: [
      (
        #""channel": "TwoQubitDepolarizing", "probability": 0.5, "gates": ["RY", "Rot"]"#,
        "none of the gates RY, Rot has as many"
      ),
      (
        #""channel": "TwoQubitDepolarizing", "probability": 0.5, "gates": ["Controlled(CNOT)"]"#,
        "fits no gate"
      ),
      (#""channel": "TwoQubitDepolarizing", "probability": 0.5, "qubits": [3]"#, "name at least 2"),
      (
        #""channel": "Depolarizing", "probability": 0.5, "gates": ["CNOT"], "gateQubits": 1"#,
        "'gateQubits' is 1"
      ),
      (#""channel": "Depolarizing", "probability": 0.5, "gates": []"#, "'gates' is empty"),
    ])
  func never(_ rule: String, _ text: String) throws {
    let error = #expect(throws: AnsatzError.self) { try model(#"{"rules": [{\#(rule)}]}"#) }
    #expect(error?.message.hasPrefix("n.json: rule 1: ") == true)
    #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    #expect(error?.category == .badData)
  }

  @Test("Gates of any number of qubits, and controls, may fit what their names leave open")
  func possible() throws {
    for gates in [#"["MultiRZ"]"#, #"["Controlled(X)"]"#, #"["UnitaryGate"]"#, #"["RY", "CNOT"]"#] {
      _ = try model(
        #"{"rules": [{"channel": "TwoQubitDepolarizing", "probability": 0.5, "gates": \#(gates)}]}"#
      )
    }
  }

  @Test("In code such a rule is refused when it is applied")
  func code() throws {
    let noise = NoiseModel(rules: [
      NoiseRule(BitFlip.definition, [0.1]),
      NoiseRule(gates: ["H"], TwoQubitDepolarizing.definition, [0.1]),
    ])
    let error = #expect(throws: CircuitError.self) { try noise.applied(to: circuit()) }
    let message = error?.problems.first?.message ?? ""
    #expect(message.hasPrefix("noise rule 2: "))
  }
}
