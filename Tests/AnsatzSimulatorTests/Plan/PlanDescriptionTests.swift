import AnsatzCircuits
import AnsatzSimulator
import Testing

@Suite("Plan descriptions")
struct PlanDescriptionTests {
  @Test("Embedding, two rotation layers and a ring make one stage after the product start")
  func counts() throws {
    let w = Weights("w", 2, 4, 3)
    let circuit = try Circuit(qubits: 4) {
      AngleEmbedding(Inputs("x", 4), on: 0..<4)
      for layer in 0..<2 {
        for q in 0..<4 { Rot(w[layer, q, 0], w[layer, q, 1], w[layer, q, 2], on: q) }
        CNOTRing(over: 0..<4)
      }
    }
    let observables = try CompiledObservables((0..<4).map { Z($0) }, qubitCount: 4)
    let plan = try #require(Program(circuit).planDescription(observables))
    // The first layer is in the product; of the second, the last RZ reaches no Z.
    #expect(plan.productGates == 16)
    #expect(plan.terms == 12)
    #expect(plan.keptTerms == 8)
    #expect(
      plan.stages == [
        PlanDescription.Stage(
          diagonalTerms: 4, diagonalGroups: 1, rotations: 4, rotationPasses: 2)
      ])
    #expect(plan.observableWords == 4)
  }

  @Test("A Fourier transform has no plan")
  func fourier() throws {
    let circuit = try Circuit(qubits: 3) { QFT(on: 0..<3) }
    let observables = try CompiledObservables([Z(0)], qubitCount: 3)
    #expect(Program(circuit).planDescription(observables) == nil)
  }
}
