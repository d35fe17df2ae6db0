import AnsatzAnalysis
import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Numerics
import Testing

@Suite("Frequencies without a common measure")
struct TorusLiftTests {
  @Test("cos x · cos √2x has a quarter at each of ±1 ± √2, and no period")
  func closedForm() throws {
    let x = Inputs("x")
    let root = 2.0.squareRoot()
    let circuit = try Circuit(qubits: 2) {
      RX(x[0], on: 0)
      RX(root * x[0], on: 1)
    }
    let analysis = try FourierAnalysis(of: Z(0) * Z(1), in: circuit)
    #expect(analysis.periods == [.infinity])
    // A circle for each speed, with the turns -1, 0 and 1.
    #expect(analysis.grid == [3, 3])
    #expect(analysis.series.terms.count == 9)
    for term in analysis.series.terms {
      let size = abs(term.frequency[0])
      let isMixed = abs(size - 1 - root) < 1e-12 || abs(size + 1 - root) < 1e-12
      #expect((term.coefficient - Complex(isMixed ? 0.25 : 0)).length < 1e-15)
    }
    #expect(try analysis.reconstructionError(points: 200) < 1e-12)
  }

  @Test("Trained scales: the series is the circuit, far beyond one turn", arguments: 0..<12)
  func trainedScales(seed: Int) throws {
    var random = RandomStream(seed: UInt64(seed), stream: "trained scales")
    // A name that the new inputs must not take; an input that repeats beside one that does not.
    let (x, t, scale) = (Inputs("x", 3), Weights("t", 5), Weights("scale", 3))
    let circuit = try Circuit(qubits: 2) {
      RY(t[0], on: 0)
      RZ(scale[0] * x[0] + t[1], on: 0)
      CRX(2 * scale[0] * x[0], control: 0, target: 1)
      RY(t[2] + x[2], on: 1)
      RX(scale[1] * x[0] - x[1], on: 1)
      CNOT(control: 1, target: 0)
      Rot(t[3], scale[2] * x[0], x[1] + t[4], on: 0)
    }
    let weights = (0..<circuit.weightCount).map { _ in random.uniform(in: 0.3..<2 * .pi) }
    let observable = Z(0) + 0.5 * X(1)
    let both = try FourierAnalysis(
      of: observable, in: circuit, varying: [0, 1], inputs: [9, 9, 0.4], weights: weights)
    #expect(both.periods[0] == .infinity)
    #expect(abs(both.periods[1] - 2 * .pi) < 1e-12)
    #expect(try both.reconstructionError(points: 60, seed: UInt64(seed)) < 1e-10)
    // At one place by the simulator alone.
    let value = try circuit.expectation(of: observable, inputs: [7.7, -2.1, 0.4], weights: weights)
    #expect(abs(both.series.value(at: [7.7, -2.1]) - value) < 1e-10)
  }

  @Test("Waves of two circles that are one in the input add up")
  func coincidence() throws {
    let x = Inputs("x")
    // Of circles for 1, √2 and 1 + √2 the turns (1, 1, -1) give 0, as no turns do.
    let root = 2.0.squareRoot()
    let circuit = try Circuit(qubits: 3) {
      RX(x[0], on: 0)
      RX(root * x[0], on: 1)
      RX((1 + root) * x[0], on: 2)
    }
    let analysis = try FourierAnalysis(of: Z(0) * Z(1) * Z(2), in: circuit)
    #expect(analysis.grid == [3, 3, 3])
    // cos a · cos b · cos (a + b) = ¼ (1 + cos 2a + cos 2b + cos 2(a + b)).
    for term in analysis.series.terms {
      let size = abs(term.frequency[0])
      let isDouble = [2, 2 * root, 2 + 2 * root].contains { abs(size - $0) < 1e-12 }
      let expected = size < 1e-12 ? 0.25 : isDouble ? 0.125 : 0
      #expect((term.coefficient - Complex(expected)).length < 1e-15)
    }
  }
}
