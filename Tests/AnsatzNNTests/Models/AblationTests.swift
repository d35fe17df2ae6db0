import AnsatzMath
import AnsatzNN
import Testing

@Suite("Ablations")
struct AblationTests {
  private func trainable(_ model: any Model, _ ablation: Ablation) throws -> Int {
    let layers = ablation.applied(to: try model.network(features: 30, classes: 3))
    return try Network<Double>(layers, inputs: 30, seed: 0).trainableParameterCount
  }

  @Test("The twin without the circuit has exactly as many trainable numbers")
  func equalCount() throws {
    for qubits in 1...6 {
      for layers in 1...4 {
        for ansatz in Hybrid.ansaetze {
          var model = Hybrid()
          (model.qubits, model.layers, model.ansatz) = (qubits, layers, ansatz)
          #expect(try trainable(model, .none) == trainable(model, .withoutCircuit))
        }
      }
    }
    #expect(
      try trainable(CircuitCentric(), .none) == trainable(CircuitCentric(), .withoutCircuit))
  }

  @Test("The frozen twin lacks just the circuit's weights")
  func frozen() throws {
    let circuit = try Hybrid().circuit()
    #expect(
      try trainable(Hybrid(), .frozenCircuit)
        == trainable(Hybrid(), .none) - circuit.weightCount)
  }

  @Test("Circuits are found and taken away however deep they are, frozen ones too")
  func nested() throws {
    let quantum = try #require(Hybrid().network(features: 4, classes: 2).quantumLayers.first)
    let width = quantum.circuit.inputCount
    let network = Sequential {
      Dense(width)
      Residual { Residual(quantum.frozen()) }
      Residual { Residual(quantum) }
    }
    #expect(network.quantumLayers.count == 2)
    #expect(Ablation.withoutCircuit.changes(network) && Ablation.frozenCircuit.changes(network))
    #expect(!Ablation.withoutCircuit.applied(to: network).hasCircuit)
    func trainable(_ network: Sequential) throws -> Int {
      try Network<Double>(network, inputs: 3, seed: 0).trainableParameterCount
    }
    #expect(try trainable(Ablation.withoutCircuit.applied(to: network)) == trainable(network))
    #expect(
      try trainable(Ablation.frozenCircuit.applied(to: network))
        == trainable(network) - quantum.circuit.weightCount)
    let frozen = Sequential([Dense(width), quantum.frozen()])
    #expect(frozen.hasCircuit && !Ablation.frozenCircuit.changes(frozen))
    #expect(Ablation.withoutCircuit.changes(frozen))
  }
}
