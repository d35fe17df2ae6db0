import AnsatzCircuits
import AnsatzMath
import Foundation
import Numerics
import Testing

func exponential(_ x: Double) -> Double { exp(x) }

@Suite("Channels")
struct ChannelTests {
  @Test("Every channel of the list is among the cases tried")
  func covered() {
    for channel in StandardChannels.all + StandardChannels.examples {
      #expect(ChannelCase.all.contains { $0.definition == channel }, "\(channel.name)")
    }
    #expect(Set(StandardChannels.all.map(\.name)).count == StandardChannels.all.count)
  }

  /// Sums of at most 16 products of numbers below 1.
  @Test("Every channel is trace preserving: Σ K†K = 1", arguments: ChannelCase.all)
  func complete(channel: ChannelCase) {
    let order = 1 << channel.definition.qubitCount
    let operators = channel.definition.krausOperators(channel.parameters)
    #expect(channel.definition.problem(channel.parameters) == nil)
    #expect(operators.allSatisfy { $0.rows == order && $0.columns == order })
    let sum = operators.map { $0.adjoint * $0 }.reduce(zeros(order)) { $0 + $1 }
    #expect(sum.maximumDifference(from: .identity(order)) < 1e-14)
  }

  @Test(
    "Every channel is completely positive: no eigenvalue of its Choi matrix is negative",
    arguments: ChannelCase.all)
  func positive(channel: ChannelCase) throws {
    let order = 1 << channel.definition.qubitCount
    // Σ |j⟩⟨k| ⊗ E(|j⟩⟨k|), with E computed on matrices.
    var choi = zeros(order * order)
    for j in 0..<order {
      for k in 0..<order {
        var unit = zeros(order)
        unit[j, k] = 1
        let image = apply(channel, to: unit)
        for a in 0..<order {
          for b in 0..<order { choi[j * order + a, k * order + b] = image[a, b] }
        }
      }
    }
    #expect(choi.maximumDifference(from: choi.adjoint) < 1e-15)
    // As a real symmetric matrix, in which each eigenvalue appears twice.
    let size = choi.rows
    var real = Tensor<Double>(shape: [2 * size, 2 * size])
    for a in 0..<size {
      for b in 0..<size {
        (real[a, b], real[size + a, size + b]) = (choi[a, b].real, choi[a, b].real)
        (real[a, size + b], real[size + a, b]) = (-choi[a, b].imaginary, choi[a, b].imaginary)
      }
    }
    let values = try symmetricEigen(real).values
    #expect(values.allSatisfy { $0 > -1e-13 })
    // Tr over everything is the dimension.
    #expect(abs(values.reduce(0, +) - Double(2 * order)) < 1e-12)
  }

  @Test(
    "Every channel of one qubit maps the Bloch vector as its closed form says",
    arguments: ChannelCase.all)
  func bloch(channel: ChannelCase) {
    guard let bloch = channel.bloch else { return }
    for vector in [[0.3, -0.5, 0.6], [1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, -1]] {
      let density = ComplexMatrix([
        [Complex((1 + vector[2]) / 2), Complex(vector[0] / 2, -vector[1] / 2)],
        [Complex(vector[0] / 2, vector[1] / 2), Complex((1 - vector[2]) / 2)],
      ])
      let image = apply(channel, to: density)
      let found = [
        2 * image[1, 0].real, 2 * image[1, 0].imaginary, (image[0, 0] - image[1, 1]).real,
      ]
      for (a, b) in zip(found, bloch(channel.parameters, vector)) { #expect(abs(a - b) < 1e-14) }
    }
  }

  @Test("Only closed forms are missing where there is no Bloch vector")
  func closedForms() {
    let without = ChannelCase.all.filter { $0.bloch == nil }.map(\.definition.name)
    #expect(Set(without) == ["TwoQubitDepolarizing", "KrausChannel"])
  }

  @Test(
    "Two-qubit depolarizing shrinks every Pauli word but II by 1 - 16p/15", arguments: [0.1, 0.6])
  func twoQubits(p: Double) {
    let paulis = [
      ComplexMatrix.identity(2), ComplexMatrix([[0, 1], [1, 0]]),
      ComplexMatrix([[0, -.i], [.i, 0]]), .diagonal([1, -1]),
    ]
    for (index, word) in paulis.flatMap({ a in paulis.map { a.kronecker($0) } }).enumerated() {
      let image = apply(ChannelCase(TwoQubitDepolarizing.definition, [p]), to: word)
      let factor = index == 0 ? 1 : 1 - 16 * p / 15
      #expect(image.maximumDifference(from: Complex(factor) * word) < 1e-15)
    }
  }

  @Test("Parameters out of bounds are refused by name")
  func problems() {
    func problem(_ component: some CircuitComponent) -> String? {
      do {
        _ = try Circuit(qubits: 2, operations: component.operations)
        return nil
      } catch {
        return error.problems.first?.message
      }
    }
    #expect(problem(BitFlip(probability: 1.5, on: 0)) == "probability 1.5 is not in 0...1")
    #expect(problem(AmplitudeDamping(gamma: -0.1, on: 0)) == "gamma -0.1 is not in 0...1")
    #expect(
      problem(PauliChannel(x: 0.5, y: 0.5, z: 0.5, on: 0))
        == "x, y and z sum to 1.5, which is more than 1")
    #expect(
      problem(ResetChannel(zero: 0.75, one: 0.5, on: 0))
        == "zero and one sum to 1.25, which is more than 1")
    #expect(
      problem(ThermalRelaxation(t1: 10, t2: 25, time: 1, on: 0))
        == "t2 25.0 is more than twice t1 10.0, which no qubit can have")
    #expect(problem(ThermalRelaxation(t1: 0, t2: 1, time: 1, on: 0)) == "t1 0.0 is not above 0")
    #expect(
      problem(ThermalRelaxation(t1: 1, t2: .nan, time: 1, on: 0)) == "t2 nan is not above 0")
    #expect(
      problem(ThermalRelaxation(t1: 1, t2: 1, time: -1, on: 0))
        == "time -1.0 is not a number of 0 or more")
    #expect(
      problem(TwoQubitDepolarizing(probability: 0.1, on: 1, 1))
        == "qubits [1, 1] repeat; the two must differ")
    let short = ChannelOperation(BitFlip.definition, parameters: [], qubits: [0])
    #expect(
      throws: CircuitError([
        .init(
          index: 0, name: "BitFlip", message: "0 parameters given; BitFlip takes 1: probability")
      ])
    ) { try Circuit(qubits: 1, operations: [.channel(short)]) }
  }

  @Test("Kraus operators are checked for shape and completeness")
  func kraus() {
    func problem(_ operators: [ComplexMatrix]) -> String? {
      KrausChannel.definition(operators).problem([])
    }
    #expect(problem([.identity(2)]) == nil)
    #expect(problem([]) == "no Kraus operator given; a channel has at least 1")
    #expect(problem([.identity(3)])?.hasPrefix("Kraus operator 0 is 3×3; use 2ᵏ×2ᵏ") == true)
    #expect(problem([.identity(2), .identity(4)])?.contains("operator 1 is 4×4") == true)
    #expect(problem([.diagonal([1, Complex(Double.nan)])])?.contains("not finite") == true)
    #expect(
      problem([.identity(2), .diagonal([Complex(0.5), 0])])?.contains(
        "Σ K†K differs from 1 by 0.25") == true)
    #expect(problem([.identity(32)])?.contains("at most 4") == true)
    #expect(
      KrausChannel.definition([.identity(2)]) != KrausChannel.definition([.diagonal([1, -1])]))
  }

  private func zeros(_ order: Int) -> ComplexMatrix {
    .diagonal([Complex<Double>](repeating: 0, count: order))
  }

  private func apply(_ channel: ChannelCase, to matrix: ComplexMatrix) -> ComplexMatrix {
    channel.definition.krausOperators(channel.parameters).map { $0 * matrix * $0.adjoint }
      .reduce(zeros(matrix.rows)) { $0 + $1 }
  }
}
