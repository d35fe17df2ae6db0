import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Numerics
import Testing

/// Rounding of some hundred multiplications of numbers up to 1.
private let tolerance = 1e-12

@Suite("Evolution")
struct EvolutionTests {
  /// Three terms none of which commutes with both others, and a phase.
  private let hamiltonian = PauliSum([
    (0.7, PauliString([(.x, 0), (.y, 1)])), (0.5, PauliString([(.z, 0)])),
    (0.9, PauliString([(.z, 1), (.z, 2)])), (0.4, PauliString([(.x, 2)])), (0.3, .identity),
  ])

  private let turns = OperationList(
    (0..<3).flatMap { RY(0.4 + Double($0), on: $0).operations })

  /// exp(-iHt) of the start state, from the series of the dense matrix.
  private func exact(_ sum: PauliSum, time: Double) throws -> [Complex<Double>] {
    var matrix = ComplexMatrix.diagonal([Complex<Double>](repeating: 0, count: 8))
    for term in sum.terms {
      let factors = term.string.factors.map { factor in
        switch factor.pauli {
        case .x: ComplexMatrix([[0, 1], [1, 0]]).embedded(on: [factor.qubit], of: 3)
        case .y: ComplexMatrix([[0, -.i], [.i, 0]]).embedded(on: [factor.qubit], of: 3)
        case .z: ComplexMatrix([[1, 0], [0, -1]]).embedded(on: [factor.qubit], of: 3)
        }
      }
      matrix = matrix + Complex(term.coefficient) * factors.reduce(.identity(8)) { $0 * $1 }
    }
    let unitary = (Complex(0, -time) * matrix).exponential()
    let start = try Circuit(qubits: 3) { turns }.stateVector()
    return (0..<8).map { row in
      (0..<8).reduce(Complex<Double>.zero) { $0 + unitary[row, $1] * start[$1] }
    }
  }

  private func error(time: Double, steps: Int, order: Int) throws -> Double {
    let circuit = try Circuit(qubits: 3) {
      turns
      Evolution(under: hamiltonian, time: time, steps: steps, order: order)
    }
    return zip(try circuit.stateVector(), try exact(hamiltonian, time: time)).map {
      ($0 - $1).length
    }.max() ?? .infinity
  }

  @Test("One step of order p is wrong by the power p + 1 of its length", arguments: [1, 2, 4, 6])
  func stepError(order: Int) throws {
    // Long enough that rounding does not show, short enough that the next power hardly does.
    let length = order < 4 ? 0.02 : order == 4 ? 0.1 : 0.2
    let ratio =
      try error(time: length, steps: 1, order: order)
      / error(time: length / 2, steps: 1, order: order)
    let exponent = Double.log2(ratio)
    #expect(abs(exponent - Double(order + 1)) < 0.15, "exponent \(exponent)")
  }

  @Test("Many steps converge to the exact evolution, higher orders faster")
  func convergence() throws {
    let errors = try [1, 2, 4].map { try error(time: 1, steps: 16, order: $0) }
    #expect(errors[0] > 3 * errors[1])
    #expect(errors[1] > 50 * errors[2])
    #expect(errors[2] < 1e-5)
  }

  @Test(
    "Terms that commute evolve exactly in one step, whatever the order", arguments: [1, 2, 4, 8])
  func commuting(order: Int) throws {
    let sum = PauliSum([
      (0.8, PauliString([(.z, 0), (.z, 1)])), (-0.3, PauliString([(.z, 2)])), (1.1, .identity),
    ])
    let circuit = try Circuit(qubits: 3) {
      turns
      Evolution(under: sum, time: 1.7, order: order)
    }
    for (a, b) in zip(try circuit.stateVector(), try exact(sum, time: 1.7)) {
      #expect((a - b).length < tolerance)
    }
  }

  @Test("Neighbouring factors of one term are one rotation")
  func merging() throws {
    #expect(Evolution(under: X(0), time: 1, steps: 5, order: 4).operations.count == 1)
    let two = Evolution(under: X(0) + Z(0), time: 1, steps: 3, order: 2)
    #expect(two.operations.map(\.name) == ["RX", "RZ", "RX", "RZ", "RX", "RZ", "RX"])
  }

  @Test("The time may be a weight, and runs back under Inverse")
  func trainedTime() throws {
    let time = Weights("t", 1)
    let circuit = try Circuit(qubits: 3) {
      turns
      Evolution(under: hamiltonian, time: time[0], steps: 2, order: 2)
    }
    let bound = try Circuit(qubits: 3) {
      turns
      Evolution(under: hamiltonian, time: 0.6, steps: 2, order: 2)
    }
    for (a, b) in zip(try circuit.stateVector(weights: [0.6]), try bound.stateVector()) {
      #expect((a - b).length < tolerance)
    }
    // Order 2 is its own reverse.
    let back = try Circuit(qubits: 3) {
      turns
      Evolution(under: hamiltonian, time: 0.6, order: 2)
      Evolution(under: hamiltonian, time: -0.6, order: 2)
    }
    let start = try Circuit(qubits: 3) { turns }.stateVector()
    for (a, b) in zip(try back.stateVector(), start) { #expect((a - b).length < tolerance) }
  }

  @Test("What cannot be evolved is refused with a remedy")
  func refusals() {
    let undefined: PauliSum = Double.nan * X(0)
    let cases: [(Evolution, String)] = [
      (Evolution(under: X(0), time: 1, order: 3), "order 3; use 1, 2, 4, 6 or 8"),
      (Evolution(under: X(0), time: 1, steps: 0), "0 steps; use at least 1"),
      (Evolution(under: undefined, time: 1), "the coefficient nan of X0 is not finite"),
      (Evolution(under: X(0), time: 1, steps: 1 << 40), "are too many; an evolution has at most"),
      (Evolution(under: X(0), time: .infinity), "angles are finite numbers in radians"),
    ]
    for (evolution, message) in cases {
      #expect {
        try Circuit(qubits: 1, operations: evolution.operations)
      } throws: { "\($0)".contains(message) }
    }
  }
}
