import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Testing

@Suite("Measuring with a finite number of shots")
struct SampledTests {
  @Test("After the change of basis every string of a group is the product of Z it is read as")
  func groups() throws {
    var circuits = RandomCircuits(seed: 41)
    for _ in 0..<20 {
      let qubits = 4
      let sum = (0..<3).reduce(circuits.observable(qubits: qubits)) { sum, _ in
        sum + circuits.observable(qubits: qubits)
      }
      let circuit = try circuits.circuit(qubits: qubits, gates: 10, usesInputs: false)
      let weights = circuits.values(circuit.weightCount)
      for rule in [CommutingGroup.Rule.qubitWise, .general] {
        let groups = sum.commutingGroups(rule)
        let grouped = groups.flatMap { $0.terms.map(\.string) }
        let wanted = sum.terms.map(\.string).filter { !$0.factors.isEmpty }
        #expect(Set(grouped) == Set(wanted) && grouped.count == wanted.count)
        for group in groups {
          let turned = try Circuit(
            qubits: qubits, operations: circuit.operations + group.basisChange)
          if rule == .qubitWise {
            #expect(group.basisChange.allSatisfy { $0.qubits.count == 1 })
          }
          for term in group.terms {
            let read = PauliString(term.qubits.map { (.z, $0) })
            let a = ReferenceSimulator(turned, weights: weights).expectation(of: read)
            let b = ReferenceSimulator(circuit, weights: weights).expectation(of: term.string)
            #expect(abs(term.sign * a - b) < 1e-12)
          }
        }
      }
      #expect(sum.commutingGroups(.general).count <= sum.commutingGroups(.qubitWise).count)
    }
  }

  @Test("Sampled expectation values are as far off as their standard errors say")
  func errors() throws {
    let circuit = try Circuit(qubits: 3) {
      for q in 0..<3 { RY(0.5 + Double(q), on: q) }
      CNOT(control: 0, target: 1)
      CNOT(control: 1, target: 2)
    }
    let sum =
      Z(0) + 0.5 * X(1) * X(2) - 0.7 * Y(0) * Y(1) + 0.2 * Z(1) * Z(2) + 3 * PauliString.identity
    let exact = try circuit.expectation(of: sum)
    for rule in [CommutingGroup.Rule.qubitWise, .general] {
      var random = RandomStream(seed: 5, stream: "errors")
      let scores = try (0..<200).map { _ in
        let estimate = try circuit.estimate(sum, shots: 400, grouping: rule, using: &random)
        #expect(estimate.shots == 400)
        return (estimate.value - exact) / estimate.standardError
      }
      let mean = scores.reduce(0, +) / 200
      let spread = scores.reduce(0) { $0 + $1 * $1 } / 200
      // Scores are normal to good accuracy: the bounds are 5 standard deviations of their mean and of
      // their mean square.
      #expect(abs(mean) < 5 / 200.0.squareRoot())
      #expect(abs(spread - 1) < 5 * (2 / 200.0).squareRoot())
    }
    var random = RandomStream(seed: 5, stream: "errors")
    #expect(throws: AnsatzError.self) { try circuit.estimate(sum, shots: 3, using: &random) }
  }

  /// The bounds are 5 standard deviations of the scores' mean and of their mean square.
  private func expectStandardNormal(_ scores: [Double]) {
    let count = Double(scores.count)
    #expect(abs(scores.reduce(0, +) / count) < 5 / count.squareRoot())
    #expect(abs(scores.reduce(0) { $0 + $1 * $1 } / count - 1) < 5 * (2 / count).squareRoot())
  }

  @Test("Sampled variances and fidelities are as far off as their standard errors say")
  func variancesAndFidelities() throws {
    let w = Weights("w", 2)
    let circuit = try Circuit(qubits: 2) {
      RY(w[0], on: 0)
      RY(w[1], on: 1)
      CNOT(control: 0, target: 1)
    }
    let sum = Z(0) + 0.5 * X(1) - 0.7 * Y(0) * Y(1) + 3 * PauliString.identity
    let variance = try circuit.variance(of: sum, weights: [0.6, 1.2])
    // Without the entangler: cos²((a - c)/2) cos²((b - d)/2).
    let product = Double.pow(Double.cos(0.15), 2) * Double.pow(Double.cos(0.35), 2)
    let fidelity = try circuit.fidelity(
      with: circuit, weights: [0.6, 1.2], otherWeights: [0.9, 0.5])
    #expect(abs(fidelity - product) < 1e-14)
    var random = RandomStream(seed: 6, stream: "variance")
    var (variances, fidelities) = ([Double](), [Double]())
    for _ in 0..<200 {
      let spread = try circuit.estimateVariance(
        of: sum, shots: 2000, weights: [0.6, 1.2], using: &random)
      variances.append((spread.value - variance) / spread.standardError)
      let near = try circuit.estimateFidelity(
        with: circuit, shots: 500, weights: [0.6, 1.2], otherWeights: [0.9, 0.5], using: &random)
      #expect(near.shots == 500)
      fidelities.append((near.value - fidelity) / near.standardError)
    }
    expectStandardNormal(variances)
    expectStandardNormal(fidelities)
    let same = try circuit.estimateFidelity(
      with: circuit, shots: 50, weights: [0.6, 1.2], otherWeights: [0.6, 1.2], using: &random)
    #expect(same.value == 1)
    #expect(throws: AnsatzError.self) {
      try circuit.estimateFidelity(with: circuit, shots: 0, using: &random)
    }
  }

  @Test("Classical shadows tell many observables, a reduced state and its purity")
  func shadows() throws {
    let circuit = try Circuit(qubits: 4) {
      RY(0.8, on: 0)
      CNOT(control: 0, target: 1)
      RX(1.1, on: 2)
      CZ(1, 2)
      H(3)
    }
    var random = RandomStream(seed: 8, stream: "shadow")
    let shadow = try ClassicalShadow(of: circuit, snapshots: 6000, using: &random)
    let observables: [any Observable] = [
      Z(0), X(3), Y(2), Z(0) * Z(1), X(0) * X(1), Z(1) * Y(2), Z(0) - 2 * X(3),
    ]
    for observable in observables {
      let exact = try circuit.expectation(of: observable)
      for groups in [1, 11] {
        let estimate = try shadow.estimate(observable, groups: groups)
        // Five standard errors; the seed is fixed.
        #expect(abs(estimate.value - exact) < 5 * estimate.standardError)
        #expect(estimate.standardError < 0.1)
      }
    }
    let exact = try circuit.reducedState(of: [0, 1])
    let seen = try shadow.reducedState(of: [0, 1])
    // 16 words, each within 5 · 3/√6000 at worst.
    #expect(seen.traceDistance(to: exact) < 0.2)
    #expect(abs(seen.matrix.trace.real - 1) < 1e-12)
    let purity = try shadow.purity(of: [0])
    let pure = try circuit.reducedState(of: [0]).purity
    #expect(abs(purity.value - pure) < 5 * purity.standardError)
    #expect(purity.standardError < 0.05)
    #expect(throws: AnsatzError.self) { try shadow.estimate(Z(0), groups: 4000) }
    #expect(throws: AnsatzError.self) { try shadow.reducedState(of: [4]) }
    #expect(throws: (any Error).self) { try shadow.estimate(Z(9)) }
    var again = RandomStream(seed: 8, stream: "shadow")
    let repeated = try ClassicalShadow(
      of: circuit, snapshots: 6000, using: &again, pool: ThreadPool(threads: 1))
    #expect(repeated.outcomes == shadow.outcomes)
  }
}
