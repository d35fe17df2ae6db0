import AnsatzCircuits
import Testing

@Suite("Templates")
struct TemplateTests {
  /// Each operation as its name, qubits and angles.
  private func listing(_ component: some CircuitComponent) -> [String] {
    component.operations.map { operation in
      let angles = operation.angles.map(\.description).joined(separator: ", ")
      let qubits = operation.qubits.map(String.init).joined(separator: " ")
      return "\(operation.name) \(qubits)" + (angles.isEmpty ? "" : " (\(angles))")
    }
  }

  private let x = Inputs("x", 3)

  @Test("Angle embedding turns the i-th qubit by the i-th feature")
  func angle() {
    #expect(
      listing(AngleEmbedding(x, on: [4, 2, 0], axis: .x, scale: 2)) == [
        "RX 4 (2*x[0])", "RX 2 (2*x[1])", "RX 0 (2*x[2])",
      ])
    #expect(listing(AngleEmbedding(x, on: 0..<1)) == ["RY 0 (x[0])"])
  }

  @Test("IQP embedding is Hadamards, features, then products of pairs, repeated")
  func iqp() {
    let once = [
      "H 0", "H 1", "H 2", "RZ 0 (x[0])", "RZ 1 (x[1])", "RZ 2 (x[2])", "RZZ 0 1 (x[0]*x[1])",
      "RZZ 0 2 (x[0]*x[2])", "RZZ 1 2 (x[1]*x[2])",
    ]
    #expect(listing(IQPEmbedding(x, on: 0..<3, repeats: 2)) == once + once)
  }

  @Test("A ring has one CNOT for two qubits and none for one")
  func ring() {
    #expect(listing(CNOTRing(over: 0..<3)) == ["CNOT 0 1", "CNOT 1 2", "CNOT 2 0"])
    #expect(listing(CNOTRing(over: [5, 3])) == ["CNOT 5 3"])
    #expect(listing(CNOTRing(over: [5])).isEmpty)
  }

  @Test("Basic entangler layers are a rotation a qubit and a ring")
  func basic() {
    #expect(
      listing(BasicEntangler(layers: 2, on: 0..<2, axis: .z, prefix: "w")) == [
        "RZ 0 (w[0, 0])", "RZ 1 (w[0, 1])", "CNOT 0 1", "RZ 0 (w[1, 0])", "RZ 1 (w[1, 1])",
        "CNOT 0 1",
      ])
  }

  @Test("Strongly entangling layers reach one qubit further each layer, and start again")
  func strong() {
    let lines = listing(StronglyEntangling(layers: 4, on: 0..<4, prefix: "w"))
    #expect(lines[0] == "Rot 0 (w[0, 0, 0], w[0, 0, 1], w[0, 0, 2])")
    let entanglers = lines.filter { $0.hasPrefix("CNOT") }
    #expect(
      entanglers == [
        "CNOT 0 1", "CNOT 1 2", "CNOT 2 3", "CNOT 3 0",
        "CNOT 0 2", "CNOT 1 3", "CNOT 2 0", "CNOT 3 1",
        "CNOT 0 3", "CNOT 1 0", "CNOT 2 1", "CNOT 3 2",
        "CNOT 0 1", "CNOT 1 2", "CNOT 2 3", "CNOT 3 0",
      ])
    #expect(listing(StronglyEntangling(layers: 1, on: [0], prefix: "w")).count == 1)
  }

  @Test("Hardware-efficient layers end with rotations")
  func hardware() {
    #expect(
      listing(HardwareEfficient(layers: 1, on: 0..<2, prefix: "w")) == [
        "RY 0 (w[0, 0, 0])", "RZ 0 (w[0, 0, 1])", "RY 1 (w[0, 1, 0])", "RZ 1 (w[0, 1, 1])",
        "CZ 0 1", "RY 0 (w[1, 0, 0])", "RZ 0 (w[1, 0, 1])", "RY 1 (w[1, 1, 0])",
        "RZ 1 (w[1, 1, 1])",
      ])
  }

  @Test("Re-uploading scales and shifts every feature in every layer")
  func reuploading() throws {
    let four = Inputs("x", 4)
    let lines = listing(DataReuploading(four, layers: 2, on: 0..<2, prefix: "w"))
    #expect(
      lines.prefix(3) == [
        "Rot 0 (w.scale[0, 0, 0]*x[0] + w.shift[0, 0, 0], w.scale[0, 0, 1]*x[1] + "
          + "w.shift[0, 0, 1], w.scale[0, 0, 2]*x[2] + w.shift[0, 0, 2])",
        "Rot 1 (w.scale[0, 1, 0]*x[3] + w.shift[0, 1, 0], w.shift[0, 1, 1], w.shift[0, 1, 2])",
        "CZ 0 1",
      ])
    #expect(lines.count == 6)
    // Seven features on one qubit are three rotations a layer.
    let seven = DataReuploading(Inputs("x", 7), layers: 1, on: [0])
    #expect(listing(seven).count == 3)
    let used = Set(seven.operations.flatMap(\.angles).flatMap(\.symbols))
    #expect(used.filter { $0.bundle.role == .inputs }.count == 7)
  }

  @Test(
    "Amplitude embedding counts the qubits it needs",
    arguments: [
      (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (64, 6), (65, 7),
    ])
  func amplitude(features: Int, qubits: Int) {
    #expect(AmplitudeEmbedding.qubitsNeeded(for: features) == qubits)
  }
}
