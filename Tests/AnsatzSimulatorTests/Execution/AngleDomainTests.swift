import AnsatzCircuits
import AnsatzMath
import Testing

@testable import AnsatzSimulator

@Suite("Domains of angles")
struct AngleDomainTests {
  private static let x = Inputs("x", 2)

  /// An angle that has no value where `x[1]` is the bad one, and has where it is the good one.
  private struct Case: Sendable, CustomStringConvertible {
    let angle: Angle
    let good: Double
    let bad: Double
    let text: String
    var description: String { "\(angle) at \(bad)" }
  }

  private static let cases: [Case] = [
    Case(angle: .acos(x[1]), good: -1, bad: 1.0000001, text: "acos takes -1...1"),
    Case(angle: .asin(x[1]), good: 1, bad: -1.2, text: "asin takes -1...1"),
    Case(angle: .acos(2 * x[1]), good: 0.5, bad: 0.6, text: "2*x[1] is 1.2"),
    Case(angle: 3 * .log(x[1]), good: 1e-300, bad: 0, text: "log takes numbers above 0"),
    Case(angle: .sqrt(x[1] - 1), good: 1, bad: 0.5, text: "sqrt takes 0 and numbers above"),
    Case(angle: .exp(x[1]), good: 30, bad: 1000, text: "exp(x[1]) is not finite"),
    Case(angle: 1 / x[1], good: 1e-3, bad: 0, text: "not a finite number"),
    Case(angle: x[0] * x[1], good: 1e3, bad: 1e300, text: "radians"),
    Case(angle: 2 * x[1], good: 1e9, bad: 1e16, text: "radians"),
    Case(angle: x[1] * x[1], good: 3, bad: 1e200, text: "not a finite number"),
  ]

  private func circuit(_ angle: Angle) throws -> Circuit {
    try Circuit("example", qubits: 2) {
      RY(Self.x[0], on: 0)
      RY(angle, on: 1)
    }
  }

  @Test(
    "A value outside a function's domain is refused with the input, its value and the range, wherever it is bound",
    arguments: cases)
  private func refused(_ example: Case) throws {
    let circuit = try circuit(example.angle)
    let program = Program(circuit)
    let bad = [2, example.bad]
    var random = RandomStream(seed: 1)
    let observables = try CompiledObservables([Z(1)], qubitCount: 2)
    let calls: [() throws -> Void] = [
      { _ = try circuit.probabilities(inputs: bad) },
      { _ = try circuit.stateVector(inputs: bad) },
      { _ = try circuit.expectation(of: Z(1), inputs: bad) },
      { _ = try circuit.sample(shots: 5, inputs: bad, using: &random) },
      { _ = try circuit.estimate(Z(1), shots: 5, inputs: bad, using: &random) },
      { _ = try BranchingProgram(circuit).run(inputs: bad) },
      { _ = try BranchingProgram(circuit).run(shots: 5, inputs: bad, using: &random) },
      { _ = try (DensityProgram(circuit).run(inputs: bad) as DensityMatrix<Double>) },
      { _ = try TrajectoryProgram(circuit).expectations(of: [Z(1)], inputs: bad, using: &random) },
      { try StateBuffer<Double>(qubitCount: 2).run(program, inputs: bad) },
      {
        _ = try program.forward(
          observables, inputs: Tensor(shape: [1, 2], elements: bad), weights: [])
      },
      { _ = try FidelityKernel(circuit).matrix(Tensor(shape: [1, 2], elements: bad)) },
    ]
    for (index, call) in calls.enumerated() {
      let error = #expect(throws: AnsatzError.self, "call \(index)") { try call() }
      let message = error?.message ?? ""
      #expect(error?.category == .badData)
      #expect(message.contains("input x[1] is \(example.bad)"), "\(message)")
      #expect(message.contains(example.text), "\(message)")
      #expect(!message.contains("\n"))
    }
    let values = try circuit.probabilities(inputs: [2, example.good])
    #expect(values.allSatisfy { $0.isFinite })
  }

  @Test("In a batch the sample is named")
  func batch() throws {
    let circuit = try circuit(.acos(Self.x[1]))
    let observables = try CompiledObservables([Z(1)], qubitCount: 2)
    var rows = [Double](repeating: 0.3, count: 40)
    rows[2 * 17 + 1] = -1.5
    let error = #expect(throws: AnsatzError.self) {
      try Program(circuit).forward(
        observables, inputs: Tensor(shape: [20, 2], elements: rows), weights: [])
    }
    #expect(error?.message.contains("sample 17: input x[1] is -1.5") == true)
  }

  @Test("A weight that leaves a domain is named as a weight")
  func weights() throws {
    let w = Weights("w", 1)
    let circuit = try Circuit(qubits: 1) { RY(.acos(w[0]), on: 0) }
    let error = #expect(throws: AnsatzError.self) {
      try circuit.expectation(of: Z(0), weights: [1.5])
    }
    #expect(error?.message.contains("weight w[0] is 1.5") == true)
  }

  @Test(
    "What oversteps a domain by a few roundings of its precision is taken at the end",
    arguments: [1.0, -1.0])
  func rounding(end: Double) throws {
    let circuit = try circuit(.acos(Self.x[1]))
    let observables = try CompiledObservables([Z(1)], qubitCount: 2)
    let beyond = end * (1 + 4 * 0x1p-52)
    let value = try circuit.expectation(of: Z(1), inputs: [0, beyond])
    #expect(abs(value - end) < 1e-15)
    #expect(Angle.acos(Self.x[1]).value { _ in beyond }.isFinite)
    let single = Float(end) * (1 + 4 * Float.ulpOfOne)
    let pass = try Program(circuit).forward(
      observables, inputs: Tensor(shape: [1, 2], elements: [0, single]), weights: [Float]())
    #expect(abs(pass.expectations.elements[0] - Float(end)) < 1e-6)
    // In double precision that is no rounding.
    #expect(throws: AnsatzError.self) {
      try circuit.expectation(of: Z(1), inputs: [0, Double(single)])
    }
  }

  @Test(
    "An observable so large that sums of its values overflow is refused, and in single precision what overflows there"
  )
  func observables() throws {
    let circuit = try Circuit(qubits: 1) { H(0) }
    #expect(throws: CircuitError.self) { try circuit.expectation(of: 1e308 * Z(0)) }
    #expect(throws: CircuitError.self) {
      try CompiledObservables([1e308 * PauliString.identity], qubitCount: 1)
    }
    let large = try CompiledObservables([1e100 * X(0)], qubitCount: 1)
    #expect(throws: AnsatzError.self) {
      try Program(circuit).forward(
        large, inputs: Tensor<Float>(shape: [1, 0]), weights: [Float]())
    }
  }

  @Test("Bounds hold every value of an expression between the bounds of its inputs")
  func bounds() {
    var random = RandomStream(seed: 12)
    let x = Inputs("x", 2)
    let angles: [Angle] = [
      x[0] * x[1] + 1, .acos(0.3 * x[0]) * .sin(x[1]), .pow(x[0], 3) - .pow(x[1], 2), .exp(x[0]),
      .tanh(x[0]) / (3 + x[1]), .sqrt(2 + x[0]), .log(3 + x[1]), .atan(x[0] * 5), .asin(0.4 * x[1]),
      .tan(0.5 * x[0]), .cos(x[0] + x[1]), .pow(2.5 + x[0], -2),
    ]
    for angle in angles {
      let circuit = try? Circuit(qubits: 1) { RX(0 * x[0] + 0 * x[1] + angle, on: 0) }
      guard let circuit, let compiled = Program(circuit).angles.first else {
        Issue.record("\(angle) does not compile")
        continue
      }
      for _ in 0..<50 {
        let ends = (0..<circuit.inputCount).map { _ in
          (random.uniform(in: -2..<2), random.uniform(in: -2..<2))
        }
        let ranges = ends.map { min($0.0, $0.1)...max($0.0, $0.1) }
        let nothing = UnsafeBufferPointer<Double>(start: nil, count: 0)
        let bounds = compiled.expression.range(inputs: ranges, weights: nothing)
        let values = (0..<50).map { _ in
          let row = ranges.map {
            $0.lowerBound + ($0.upperBound - $0.lowerBound) * random.uniform()
          }
          return row.withUnsafeBufferPointer {
            compiled.expression.value(inputs: $0, weights: nothing)
          }
        }
        guard let bounds else { continue }
        #expect(
          values.allSatisfy { bounds.lowerBound - 1e-9 <= $0 && $0 <= bounds.upperBound + 1e-9 })
      }
    }
  }
}
