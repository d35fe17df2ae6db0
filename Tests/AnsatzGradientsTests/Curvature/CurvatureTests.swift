import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Foundation
import Numerics
import Testing

@testable import AnsatzGradients

private let gates = StandardGates.all + StandardGates.examples

@Suite("Curvature")
struct CurvatureTests {
  private func point(_ circuit: Circuit, _ source: inout RandomCircuits, samples: Int = 1)
    -> CircuitPoint
  {
    CircuitPoint(
      Program(circuit),
      inputs: Tensor(
        shape: [samples, circuit.inputCount],
        elements: source.values(samples * circuit.inputCount)),
      weights: source.values(circuit.weightCount))
  }

  /// The central difference of sixth order of what is given, weight by weight.
  private func derivatives(
    _ point: CircuitPoint, of values: (CircuitPoint) throws -> [Double]
  ) rethrows -> [[Double]] {
    let h = 0x1p-7
    return try point.weights.indices.map { i in
      func moved(_ step: Double) throws -> [Double] {
        var weights = point.weights
        weights[i] += step * h
        return try values(
          CircuitPoint(point.program, inputs: point.inputs, weights: weights))
      }
      var sum = [Double](repeating: 0, count: try moved(0).count)
      for (place, factor) in [(1.0, 45.0), (2, -9), (3, 1)] {
        for (i, (up, down)) in zip(try moved(place), try moved(-place)).enumerated() {
          sum[i] += factor * (up - down) / (60 * h)
        }
      }
      return sum
    }
  }

  private func check(_ point: CircuitPoint, _ observable: PauliSum) throws {
    let hessian = try point.hessian(of: observable)
    let shifted = try point.hessian(of: observable, method: .parameterShift)
    let count = point.weights.count
    let gradient = try Adjoint().gradient(
      of: .expectation(of: observable), at: point, request: GradientRequest())
    #expect(abs(hessian.value - shifted.value) < 1e-12)
    for i in 0..<count {
      #expect(abs(hessian.gradient[i] - gradient.weights[i]) < 1e-10)
      #expect(abs(shifted.gradient[i] - gradient.weights[i]) < 1e-10)
    }
    let rows = try derivatives(point) {
      try Adjoint().gradient(
        of: .expectation(of: observable), at: $0,
        request: GradientRequest(weights: true, inputs: false)
      ).weights
    }
    for i in 0..<count {
      for j in 0..<count {
        #expect(abs(hessian.matrix[i, j] - shifted.matrix[i, j]) < 1e-8)
        #expect(abs(hessian.matrix[i, j] - hessian.matrix[j, i]) < 1e-12)
        // The remainder of the difference, for angles like sin w and x w.
        #expect(abs(hessian.matrix[i, j] - rows[i][j]) < 1e-7)
      }
    }
  }

  /// From differences of the state itself.
  private func checkMetric(_ point: CircuitPoint) throws {
    let count = point.weights.count
    var expected = Tensor<Double>(shape: [count, count])
    var fisher = expected
    let samples = point.inputs.shape[0]
    for sample in 0..<samples {
      func state(_ point: CircuitPoint) throws -> [Double] {
        try point.program.stateVectors(inputs: point.inputs, weights: point.weights)[sample]
          .flatMap { [$0.real, $0.imaginary] }
      }
      let ψ = try state(point)
      let rows = try derivatives(point, of: state)
      for i in 0..<count {
        for j in 0..<count {
          let along = innerProduct(rows[i], ψ) * innerProduct(ψ, rows[j])
          expected[i, j] +=
            (innerProduct(rows[i], rows[j]).real - along.real) / Double(samples)
          for x in stride(from: 0, to: ψ.count, by: 2) {
            let p = ψ[x] * ψ[x] + ψ[x + 1] * ψ[x + 1]
            guard p > 1e-20 else { continue }
            let a = 2 * (ψ[x] * rows[i][x] + ψ[x + 1] * rows[i][x + 1])
            let b = 2 * (ψ[x] * rows[j][x] + ψ[x + 1] * rows[j][x + 1])
            fisher[i, j] += a * b / p / Double(samples)
          }
        }
      }
    }
    let metric = try point.metricTensor()
    let quantum = try point.quantumFisher()
    let classical = try point.classicalFisher()
    let diagonal = try point.metricTensor(.diagonal)
    let blocks = try point.metricTensor(.blockDiagonal)
    let layers = point.program.weightLayers
    for i in 0..<count {
      for j in 0..<count {
        #expect(abs(metric[i, j] - expected[i, j]) < 1e-8)
        #expect(abs(quantum[i, j] - 4 * metric[i, j]) < 1e-14)
        #expect(diagonal[i, j] == (i == j ? metric[i, j] : 0))
        #expect(blocks[i, j] == (layers[i] == layers[j] ? metric[i, j] : 0))
        #expect(abs(classical[i, j] - fisher[i, j]) < 1e-5 * max(1, abs(fisher[i, j])))
      }
    }
    // No measurement tells more than the state holds.
    if count > 0 {
      #expect(try symmetricEigen(quantum - classical).values[0] > -1e-9)
      #expect(try symmetricEigen(metric).values[0] > -1e-12)
    }
  }

  @Test(
    "Both Hessians agree on random circuits, and are the gradient's derivative", arguments: 0..<30)
  func hessianOfRandomCircuits(seed: UInt64) throws {
    var source = RandomCircuits(seed: 1100 + seed)
    let qubits = 1 + Int(seed % 4)
    let circuit = try source.circuit(qubits: qubits, gates: 14, amplitudeStart: seed % 6 == 5)
    try check(
      point(circuit, &source, samples: 1 + Int(seed % 2)), source.observable(qubits: qubits))
  }

  @Test("The metric is that of differences of states, on random circuits", arguments: 0..<20)
  func metricOfRandomCircuits(seed: UInt64) throws {
    var source = RandomCircuits(seed: 1300 + seed)
    let circuit = try source.circuit(
      qubits: 1 + Int(seed % 4), gates: 14, amplitudeStart: seed % 6 == 5)
    try checkMetric(point(circuit, &source, samples: 1 + Int(seed % 2)))
  }

  @Test(
    "Hessian and metric are right for every parametric gate, plain and controlled",
    arguments: gates.filter { !$0.parameterNames.isEmpty }.map(\.name))
  func everyGate(name: String) throws {
    let gate = try #require(gates.first { $0.name == name })
    let own = gate.controlCount + (gate.targetCount ?? 2)
    for extra in 0...1 {
      let w = Weights("w", gate.parameterNames.count)
      let angles = gate.parameterNames.indices.map { 1.3 * w[$0] + 0.2 }
      var operation = GateOperation(gate, angles: angles, qubits: Array(extra..<own + extra))
      if extra == 1 { operation.controls.insert(0, at: 0) }
      let qubits = max(own + extra, 1)
      let circuit = try Circuit(qubits: qubits) {
        for q in 0..<qubits {
          H(q)
          RX(Angle(0.4 + Double(q)), on: q)
          T(q)
        }
        OperationList([.gate(operation)])
        for q in 0..<qubits { RY(Angle(0.9 - 0.2 * Double(q)), on: q) }
      }
      var source = RandomCircuits(seed: 31)
      let place = point(circuit, &source)
      try check(place, source.observable(qubits: qubits))
      try checkMetric(place)
    }
  }

  @Test("Closed forms of one qubit: ⟨Z⟩ = cos a cos b of RY(a), RX(b)")
  func closedForms() throws {
    let w = Weights("w", 2)
    let circuit = try Circuit(qubits: 1) {
      RY(w[0], on: 0)
      RX(w[1], on: 0)
    }
    let (a, b) = (0.7, -1.2)
    let place = CircuitPoint(circuit, weights: [a, b])
    for method in HessianMethod.allCases {
      let hessian = try place.hessian(of: Z(0), method: method)
      let expected = [[-cos(a) * cos(b), sin(a) * sin(b)], [sin(a) * sin(b), -cos(a) * cos(b)]]
      for i in 0..<2 {
        for j in 0..<2 { #expect(abs(hessian.matrix[i, j] - expected[i][j]) < 1e-12) }
      }
    }
    // Var(Y/2) = 1/4 in |0⟩; Var(X/2) = (1 - sin² a)/4 after RY(a); the covariance is 0.
    let metric = try place.metricTensor()
    #expect(abs(metric[0, 0] - 0.25) < 1e-14)
    #expect(abs(metric[1, 1] - cos(a) * cos(a) / 4) < 1e-14)
    #expect(abs(metric[0, 1]) < 1e-14)
    #expect(place.program.weightLayers == [0, 1])
  }

  @Test("A layer ends where a trained gate follows another, also by way of a CNOT")
  func layers() throws {
    let w = Weights("w", 5)
    let circuit = try Circuit(qubits: 3) {
      RX(w[0], on: 0)
      RX(w[1], on: 1)
      CNOT(control: 1, target: 2)
      RX(w[2], on: 2)
      RX(w[3], on: 0)
      RX(w[0] + w[4], on: 0)
    }
    #expect(Program(circuit).weightLayers == [0, 0, 1, 1, 2])
  }

  @Test("The Hessian counts its circuits: one an angle, or two rules for each pair")
  func cost() throws {
    let w = Weights("w", 3)
    let circuit = try Circuit(qubits: 2) {
      RX(w[0], on: 0)
      CRY(w[1], control: 0, target: 1)
      RZ(w[2], on: 1)
    }
    let place = CircuitPoint(circuit, weights: [0.1, 0.2, 0.3])
    #expect(try place.hessian(of: X(1)).evaluations == 4)
    // 1 + (2 + 4 + 2) + pairs (2·2 + 4·4 + 2·2 + 2·4 + 2·2 + 4·2)
    #expect(try place.hessian(of: X(1), method: .parameterShift).evaluations == 53)
  }
}
