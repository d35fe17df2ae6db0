import AnsatzCircuits
import AnsatzMath
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
    // 16 amplitudes: product 4, diagonal 4, four lifts of 2, probabilities 4; a state written by the
    // product, read and written by the diagonal and by two passes, and read.
    #expect(plan.batch.forward == PlanCost(multiplyAdds: 16 * 20, numbersMoved: 32 * 8))
    // Back: observable 4, product 20, four rotations of 4, diagonal 8; sweeps 2, 2, two passes of 4, 3.
    #expect(
      plan.batch.gradient
        == PlanCost(
          multiplyAdds: 16 * (20 + 4 + 20 + 16 + 8), numbersMoved: 32 * (8 + 2 + 2 + 8 + 3)))
  }

  @Test("A floor is the longer of arithmetic and sweeps, for each evaluation")
  func floor() {
    let cost = PlanCost(multiplyAdds: 1000, numbersMoved: 100)
    let fast = MachineRates(multiplyAddsPerSecond: 1e6, bytesPerSecond: 1e9)
    #expect(cost.floor(evaluations: 3, bytesPerNumber: 8, rates: fast) == 3e-3)
    let slow = MachineRates(multiplyAddsPerSecond: 1e9, bytesPerSecond: 1e5)
    #expect(cost.floor(evaluations: 3, bytesPerNumber: 4, rates: slow) == 3 * 400 / 1e5)
  }

  @Test("Measured rates are of this world")
  func rates() {
    let rates = MachineRates.measured(
      workingSet: 1 << 20, precision: Double.self, pool: ThreadPool(threads: 1))
    // From a million a second to 10¹⁵: a unit or a factor of a thousand wrong would leave it.
    #expect((1e6...1e15).contains(rates.multiplyAddsPerSecond))
    #expect((1e6...1e15).contains(rates.bytesPerSecond))
  }

  @Test("A Fourier transform has no plan")
  func fourier() throws {
    let circuit = try Circuit(qubits: 3) { QFT(on: 0..<3) }
    let observables = try CompiledObservables([Z(0)], qubitCount: 3)
    #expect(Program(circuit).planDescription(observables) == nil)
  }
}
