import AnsatzAnalysis
import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Numerics
import Testing

@Suite("Fourier coefficients of a circuit")
struct FourierAnalysisTests {
  private let x = Inputs("x")

  private func coefficient(
    _ analysis: FourierAnalysis, _ frequency: Double...
  ) throws -> Complex<Double> {
    try #require(analysis.series.terms.first { $0.frequency == frequency }).coefficient
  }

  @Test("One re-uploading qubit has the coefficients of its closed form", arguments: 0..<20)
  func closedForm(seed: Int) throws {
    var random = RandomStream(seed: UInt64(seed), stream: "closed form")
    let angles = (0..<3).map { _ in random.uniform(in: 0..<2 * .pi) }
    let θ = Weights("θ", 3)
    let circuit = try Circuit(qubits: 1) {
      RY(θ[0], on: 0)
      RZ(x[0], on: 0)
      RY(θ[1], on: 0)
      RZ(x[0], on: 0)
      RY(θ[2], on: 0)
    }
    let analysis = try FourierAnalysis(of: Z(0), in: circuit, weights: angles)
    // The Bloch vector (sin a, 0, cos a) is turned by x about z, b about y, x about z, c about y:
    // z = cos c (cos b cos a - sin b sin a cos x)
    //   - sin c ((cos b sin a cos x + sin b cos a) cos x - sin a sin² x).
    let (a, b, c) = (angles[0], angles[1], angles[2])
    let (cosA, sinA) = (Double.cos(a), Double.sin(a))
    let (cosB, sinB) = (Double.cos(b), Double.sin(b))
    let (cosC, sinC) = (Double.cos(c), Double.sin(c))
    let constant = cosC * cosB * cosA - sinC * sinA * (cosB - 1) / 2
    let first = (-cosC * sinB * sinA - sinC * sinB * cosA) / 2
    let second = -sinC * sinA * (cosB + 1) / 4
    for (frequency, value) in [(0, constant), (1, first), (2, second), (-1, first), (-2, second)] {
      let found = try coefficient(analysis, Double(frequency))
      #expect((found - Complex(value)).length < 1e-12)
    }
    #expect(analysis.aliases.isEmpty)
  }

  @Test("A wave's coefficients have its amplitude and phase, for any scale of the input")
  func phase() throws {
    for scale in [1, 0.5, 2.25, .pi] {
      let circuit = try Circuit(qubits: 1) { RX(scale * x[0] + 0.7, on: 0) }
      let analysis = try FourierAnalysis(of: Z(0), in: circuit)
      // cos(sx + 0.7) = ½ e^{0.7i} e^{isx} + its conjugate.
      let found = try coefficient(analysis, scale)
      #expect((found - Complex(length: 0.5, phase: 0.7)).length < 1e-14)
      #expect(abs(analysis.periods[0] - 2 * .pi / scale) < 1e-14)
      #expect(try coefficient(analysis, 0).length < 1e-14)
    }
  }

  @Test("Frequencies that the generators exclude have no coefficient", arguments: 0..<10)
  func excluded(seed: Int) throws {
    let θ = Weights("θ", 6)
    // Scales 1 and 4: 0, 1, 3, 4, 5; a grid of 17 places sees 2, 6, 7 and 8 too.
    let circuit = try Circuit(qubits: 2) {
      for qubit in 0..<2 { RY(θ[qubit], on: qubit) }
      RZ(x[0], on: 0)
      CNOT(control: 0, target: 1)
      for qubit in 0..<2 { RY(θ[2 + qubit], on: qubit) }
      RZ(4 * x[0], on: 1)
      CNOT(control: 1, target: 0)
      for qubit in 0..<2 { RY(θ[4 + qubit], on: qubit) }
    }
    var random = RandomStream(seed: UInt64(seed), stream: "excluded")
    let weights = (0..<6).map { _ in random.uniform(in: 0..<2 * .pi) }
    let analysis = try FourierAnalysis(
      of: Z(0) * Z(1) + 0.5 * X(0), in: circuit, weights: weights, grid: [17])
    #expect(
      analysis.accessible.frequencies.map { $0.vector[0] } == [-5, -4, -3, -1, 0, 1, 3, 4, 5])
    #expect(analysis.largestExcluded < 1e-12)
    // The excluded places are looked at: 8 of 17.
    #expect(analysis.series.terms.count == 9)
    #expect(try analysis.reconstructionError(points: 200) < 1e-10)
  }

  @Test("Random encoding circuits are their series", arguments: 0..<24)
  func laws(seed: Int) throws {
    let example = try EncodingExample(seed: UInt64(seed))
    let exact = try FourierAnalysis(
      of: example.observable, in: example.circuit, weights: example.weights)
    let fine = try FourierAnalysis(
      of: example.observable, in: example.circuit, weights: example.weights,
      grid: exact.grid.map { $0 + 4 })
    // Values up to 2 from some hundred roundings.
    #expect(fine.largestExcluded < 1e-12)
    for (a, b) in zip(exact.series.terms, fine.series.terms) {
      #expect((a.coefficient - b.coefficient).length < 1e-12)
    }
    for term in fine.series.terms {
      let mirrored = try #require(
        fine.series.terms.first { $0.frequency == term.frequency.map { 0 - $0 } })
      #expect((term.coefficient.conjugate - mirrored.coefficient).length < 1e-12)
    }
    #expect(try fine.reconstructionError(points: 50, seed: UInt64(seed)) < 1e-10)

    // Parseval: the mean of f² over the fine grid, by the simulator alone.
    let places = fine.grid.reduce(1, *)
    var rows: [[Double]] = []
    for place in 0..<places {
      var (rest, row) = (place, [Double]())
      for (extent, period) in zip(fine.grid, fine.periods) {
        row.append(Double(rest % extent) * period / Double(extent))
        rest /= extent
      }
      rows.append(row)
    }
    let mean = try rows.reduce(0.0) { sum, row in
      let value = try example.circuit.expectation(
        of: example.observable, inputs: row, weights: example.weights)
      return sum + value * value / Double(places)
    }
    #expect(abs(mean - fine.series.power) < 1e-12)
  }

  @Test("A product of waves in two inputs has one coefficient for each pair of signs")
  func twoInputs() throws {
    let x = Inputs("x", 2)
    let circuit = try Circuit(qubits: 2) {
      RX(x[0], on: 0)
      RX(3 * x[1], on: 1)
    }
    // cos x₀ · cos 3x₁ = ¼ Σ e^{i(±x₀ ± 3x₁)}.
    let analysis = try FourierAnalysis(of: Z(0) * Z(1), in: circuit)
    #expect(analysis.grid == [3, 3])
    for term in analysis.series.terms {
      let expected = term.frequency.allSatisfy { $0 != 0 } ? 0.25 : 0
      #expect((term.coefficient - Complex(expected)).length < 1e-15)
    }
    let one = try FourierAnalysis(of: Z(0) * Z(1), in: circuit, varying: [1], inputs: [1, 0])
    #expect((try coefficient(one, 3) - Complex(.cos(1) / 2)).length < 1e-15)
  }

  @Test("A grid that is too coarse names what it mixes up, and where")
  func aliasing() throws {
    let circuit = try Circuit(qubits: 3) { for qubit in 0..<3 { RX(x[0], on: qubit) } }
    // cos³x = ¾ cos x + ¼ cos 3x. With 5 places 3 is seen as -2, and 2 as itself.
    let analysis = try FourierAnalysis(of: Z(0) * Z(1) * Z(2), in: circuit, grid: [5])
    #expect(analysis.aliases.map(\.frequency) == [[-3], [3]])
    #expect(analysis.aliases.map(\.seenAs) == [[2], [-2]])
    #expect((try coefficient(analysis, 2) - Complex(0.125)).length < 1e-15)
    #expect(try coefficient(analysis, 3) == .zero)
    // ¼ cos 3x is shown as ¼ cos 2x: wrong by up to ½.
    #expect(try analysis.reconstructionError() > 0.3)
    let fine = try FourierAnalysis(of: Z(0) * Z(1) * Z(2), in: circuit)
    #expect(fine.grid == [7])
    #expect(fine.aliases.isEmpty)
    #expect((try coefficient(fine, 1) - Complex(0.375)).length < 1e-15)
    #expect((try coefficient(fine, 3) - Complex(0.125)).length < 1e-15)
  }

  @Test("An even grid cannot tell its highest frequency from its negative, and says so")
  func evenGrid() throws {
    let circuit = try Circuit(qubits: 1) { RX(x[0], on: 0) }
    #expect(try FourierAnalysis(of: Z(0), in: circuit, grid: [2]).aliases.count == 2)
    #expect(try FourierAnalysis(of: Z(0), in: circuit, grid: [4]).aliases.isEmpty)
  }

  @Test("For a wrong grid, too many samples or a grid without a period there is one clear line")
  func refusals() throws {
    func message(_ body: () throws -> some Any) -> String {
      do {
        _ = try body()
        return "no error"
      } catch {
        return (error as? AnsatzError)?.message ?? "another error: \(error)"
      }
    }
    let odd = try Circuit(qubits: 2) {
      RX(x[0], on: 0)
      RX(2.0.squareRoot() * x[0], on: 1)
    }
    let text = message { try FourierAnalysis(of: Z(0), in: odd, grid: [9]) }
    #expect(text.contains("the frequencies in x[0] are not whole multiples of one"))
    #expect(text.contains("leave the grid away"))
    let plain = try Circuit(qubits: 1) { RX(x[0], on: 0) }
    #expect(
      message { try FourierAnalysis(of: Z(0), in: plain, grid: [3, 3]) }.contains("a grid of"))
    #expect(message { try FourierAnalysis(of: Z(0), in: plain, grid: [0]) }.contains("above 0"))
    #expect(
      message { try FourierAnalysis(of: Z(0), in: plain, grid: [1 << 23]) }.contains("samples"))
  }

  @Test("A circuit without inputs is its own constant")
  func constant() throws {
    let circuit = try Circuit(qubits: 1) { RX(0.4, on: 0) }
    let analysis = try FourierAnalysis(of: Z(0), in: circuit)
    #expect(analysis.series.terms.count == 1)
    #expect(abs(analysis.series.value(at: []) - .cos(0.4)) < 1e-15)
  }
}

/// A random circuit of one or two inputs with whole and half scales.
private struct EncodingExample {
  let circuit: Circuit
  let observable: PauliSum
  let weights: [Double]

  init(seed: UInt64) throws {
    var random = RandomStream(seed: seed, stream: "encoding example")
    let qubits = 1 + random.integer(below: 3)
    let inputCount = 1 + random.integer(below: 2)
    let x = Inputs("x", inputCount)
    let θ = Weights("θ", 12)
    var gates: [any CircuitComponent] = []
    var weight = 0
    for _ in 0..<3 + random.integer(below: 2) {
      for _ in 0..<2 {
        let qubit = random.integer(below: qubits)
        gates.append(
          random.integer(below: 2) == 0
            ? RY(θ[weight % 12], on: qubit) : RX(θ[weight % 12] + 0.3, on: qubit))
        weight += 1
      }
      let qubit = random.integer(below: qubits)
      let other = (qubit + 1) % qubits
      let scale = [0.5, 1, 1.5, 2][random.integer(below: 4)]
      var angle = scale * x[random.integer(below: inputCount)]
      if random.integer(below: 3) == 0 { angle = angle - x[random.integer(below: inputCount)] }
      switch random.integer(below: qubits > 1 ? 5 : 3) {
      case 0: gates.append(RZ(angle, on: qubit))
      case 1: gates.append(RX(angle, on: qubit))
      case 2: gates.append(Phase(angle + θ[0], on: qubit))
      case 3: gates.append(RXX(angle, qubit, other))
      default: gates.append(CRY(angle, control: qubit, target: other))
      }
    }
    circuit = try Circuit(qubits: qubits) { gates }
    observable = Z(0) + 0.5 * X(qubits - 1)
    weights = (0..<circuit.weightCount).map { _ in random.uniform(in: 0..<2 * .pi) }
  }
}
