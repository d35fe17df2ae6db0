import AnsatzCircuits
import AnsatzMath
import AnsatzTestSupport
import Numerics
import Testing

@testable import AnsatzGradients

@Suite("Stochastic shift of evolutions")
struct EvolutionShiftTests {
  private let generator = X(0) * Z(1) + 0.4 * Y(1)
  private let drift = 0.7 * Z(0) - 0.3 * X(1) + 0.2 * Y(0) * Y(1)
  private let before =
    H(2).operations + RY(0.8, on: 0).operations + CNOT(control: 2, target: 1).operations
  private let after = RX(0.5, on: 1).operations + CNOT(control: 0, target: 2).operations
  private let observable = Z(0) + X(1) * Z(2)

  /// By the series of the exponential and a central difference of sixth order.
  private func truth(_ θ: Double) throws -> Double {
    let x = ComplexMatrix([[0, 1], [1, 0]])
    let y = ComplexMatrix([[0, -.i], [.i, 0]])
    let (z, one) = (ComplexMatrix.diagonal([1, -1]), ComplexMatrix.identity(2))
    let a = x.kronecker(z) + Complex(0.4) * one.kronecker(y)
    let b =
      Complex(0.7) * z.kronecker(one) + Complex(-0.3) * one.kronecker(x)
      + Complex(0.2) * y.kronecker(y)
    func value(_ θ: Double) throws -> Double {
      let u = (Complex(0, -1) * (Complex(θ) * a + b)).exponential()
      return try Circuit(
        qubits: 3, operations: before + UnitaryGate(u, on: [0, 1]).operations + after
      ).expectation(of: observable)
    }
    let h = 0x1p-7
    let slopes = try [45.0, -9, 1].enumerated().map { k, factor in
      factor * (try value(θ + Double(k + 1) * h) - value(θ - Double(k + 1) * h))
    }
    return slopes.reduce(0, +) / (60 * h)
  }

  @Test("The rule for times is exact", arguments: [-1.1, 0, 0.6, 2.5])
  func nodes(θ: Double) throws {
    let shift = try EvolutionShift(generator: generator, drift: drift)
    let result = try shift.derivative(
      of: observable, angle: θ, qubits: 3, before: before, after: after)
    #expect(abs(result.derivative - (try truth(θ))) < 1e-9)
    #expect(result.evaluations == 2 * 2 * 24)
  }

  @Test("Times by lot give it on average, within six standard errors")
  func drawn() throws {
    let shift = try EvolutionShift(generator: generator, drift: drift)
    let result = try shift.derivative(
      of: observable, angle: 0.6, qubits: 3, before: before, after: after,
      times: .drawn(300, seed: 5))
    // 2e-9 is the probability of a false alarm if the mean were normal.
    #expect(abs(result.derivative - (try truth(0.6))) < 6 * result.standardError)
    #expect(result.standardError > 0 && result.standardError < 0.1)
  }

  @Test("An evolution without an angle is refused")
  func refused() {
    #expect(throws: AnsatzError.self) {
      try EvolutionShift(generator: PauliString.identity, drift: Z(0))
    }
  }
}
