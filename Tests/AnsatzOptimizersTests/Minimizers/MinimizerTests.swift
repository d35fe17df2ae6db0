import AnsatzMath
import Foundation
import Testing

@testable import AnsatzOptimizers

/// `Σ (k + 1)(1 - cos(θ_k - k))` with everything that can be asked of it.
private struct Bowl: Objective {
  let dimension: Int
  func value(at point: [Double]) throws -> Double {
    point.enumerated().reduce(0) {
      $0 + Double($1.offset + 1) * (1 - cos($1.element - Double($1.offset)))
    }
  }
  func gradient(at point: [Double]) throws -> (value: Double, gradient: [Double]) {
    (
      try value(at: point),
      point.enumerated().map { Double($0.offset + 1) * sin($0.element - Double($0.offset)) }
    )
  }
  func metric(at point: [Double]) throws -> Tensor<Double> {
    var metric = Tensor<Double>(shape: [dimension, dimension])
    for i in 0..<dimension { metric[i, i] = Double(i + 1) / 4 }
    return metric
  }
  /// Falls off as that metric says.
  func fidelity(_ a: [Double], _ b: [Double]) throws -> Double {
    exp(
      -zip(a, b).enumerated().reduce(0) {
        $0 + Double($1.offset + 1) / 4 * pow($1.element.0 - $1.element.1, 2)
      })
  }
  func frequencies(of weight: Int) throws -> [Double] { [1] }
}

/// A value and nothing else.
private struct Opaque: Objective {
  var dimension: Int { 2 }
  var failing = false
  func value(at point: [Double]) throws -> Double {
    if failing { throw AnsatzError(.badData, "no value") }
    return point[0] * point[0] + pow(point[1] - 1, 2)
  }
}

@Suite("Minimizers") struct MinimizerTests {
  private let registry = MinimizerRegistry.standard

  @Test(
    "Every minimizer finds the bottom of a bowl",
    arguments: [
      ("qng", 1e-4), ("qn-spsa:draws=4", 0.05), ("spsa", 0.05), ("rotosolve", 1e-12),
      ("lbfgs", 1e-8), ("cobyla", 1e-6), ("nelder-mead", 1e-6), ("bobyqa", 1e-6), ("adam", 1e-3),
      ("momentum", 1e-3), ("sgd", 1e-3),
    ])
  func bowl(name: String, tolerance: Double) throws {
    let start = [0.9, -0.3, 2.8]
    let result = try registry.minimizer(name).minimize(
      Bowl(dimension: 3), from: start,
      options: MinimizationOptions(maximumSteps: 600, tolerance: 1e-13, learningRate: 0.1, seed: 3)
    ) { _, _ in true }
    #expect(result.value < tolerance)
    #expect(try abs(result.value - Bowl(dimension: 3).value(at: result.weights)) < 1e-12)
    #expect(try Bowl(dimension: 3).value(at: start) > 0.9)
  }

  @Test("The same seed takes the same path, another one another", arguments: ["spsa", "qn-spsa"])
  func seeds(name: String) throws {
    func run(_ seed: UInt64) throws -> [Double] {
      try registry.minimizer(name).minimize(
        Bowl(dimension: 2), from: [0.4, 0.1],
        options: MinimizationOptions(maximumSteps: 5, seed: seed)
      ) { _, _ in true }.history
    }
    #expect(try run(1) == run(1))
    #expect(try run(1) != run(2))
  }

  @Test("QN-SPSA's metric is right on average: within six standard errors")
  func metricEstimate() throws {
    var random = RandomStream(seed: 9, stream: "test")
    let count = 2000
    let optimizer = QNSPSA()
    var (sum, squares) = ([Double](repeating: 0, count: 4), [Double](repeating: 0, count: 4))
    for _ in 0..<count {
      let estimate = try optimizer.metricEstimate(
        Bowl(dimension: 2), at: [0.3, 0.2], &random)
      for i in 0..<4 {
        sum[i] += estimate.elements[i]
        squares[i] += estimate.elements[i] * estimate.elements[i]
      }
    }
    for (i, expected) in [0.25, 0, 0, 0.5].enumerated() {
      let mean = sum[i] / Double(count)
      let error = ((squares[i] / Double(count) - mean * mean) / Double(count)).squareRoot()
      // 1e-4 is ε², the bias of the difference.
      #expect(abs(mean - expected) < 6 * error + 1e-3)
    }
  }

  @Test(
    "A wave is found from its values, and its lowest point",
    arguments: [[1], [0.5, 1], [0.7, 1.9]])
  func wave(frequencies: [Double]) throws {
    func f(_ x: Double) -> Double {
      frequencies.enumerated().reduce(0.4) {
        $0 + cos($1.element * x + Double($1.offset)) * Double($1.offset + 1)
      }
    }
    let wave = try Wave(frequencies: frequencies, value: f)
    for x in [-2.0, 0.3, 5] { #expect(abs(wave.value(at: x) - f(x)) < 1e-11) }
    let minimum = wave.minimum()
    #expect(abs(minimum.value - f(minimum.shift)) < 1e-11)
    let half = Double.pi / frequencies[0]
    for k in 0...400 { #expect(minimum.value <= f(half * (Double(k) / 200 - 1)) + 1e-10) }
  }

  @Test("An observer stops every minimizer", arguments: MinimizerRegistry.standard.names)
  func stopping(name: String) throws {
    guard name != "rotoselect" else { return }
    let result = try registry.minimizer(name).minimize(
      Bowl(dimension: 2), from: [0.9, 0.2],
      options: MinimizationOptions(tolerance: 0, learningRate: 1e-3)
    ) { step, _ in step < 2 }
    #expect(result.history.count == 3)
    #expect(!result.isConverged)
  }

  @Test("What a cost does not offer is named with what serves")
  func notOffered() throws {
    for (name, what) in [
      ("qng", "gradient"), ("rotosolve", "frequencies"), ("qn-spsa", "fidelity"),
      ("lbfgs", "gradient"), ("rotoselect", "'rotosolve'"), ("adam", "gradient"),
    ] {
      #expect {
        try registry.minimizer(name).minimize(
          Opaque(), from: [1, 2], options: MinimizationOptions()
        ) { _, _ in true }
      } throws: { "\($0)".contains(what) && $0 is AnsatzError }
    }
    for name in ["cobyla", "nelder-mead", "bobyqa"] {
      let result = try registry.minimizer(name).minimize(
        Opaque(), from: [1, 2], options: MinimizationOptions(maximumSteps: 400)
      ) { _, _ in true }
      #expect(result.value < 1e-6)
      // An error in the cost comes out as it is, through the library in C.
      #expect {
        try registry.minimizer(name).minimize(
          Opaque(failing: true), from: [1, 2], options: MinimizationOptions()
        ) { _, _ in true }
      } throws: { "\($0)" == "no value" }
    }
    #expect {
      try registry.minimizer("bobyqa").minimize(
        Bowl(dimension: 1), from: [1], options: MinimizationOptions()
      ) { _, _ in true }
    } throws: { "\($0)".contains("at least 2 weights") }
    #expect {
      try registry.minimizer("lbfgs").minimize(
        Bowl(dimension: 2), from: [1], options: MinimizationOptions()
      ) { _, _ in true }
    } throws: { "\($0)".contains("1 weights to start from") }
  }

  @Test("Names and settings: a near miss, and a clear word where a minimizer is no optimizer")
  func names() throws {
    #expect { try registry.minimizer("rotosolv") } throws: { "\($0)".contains("'rotosolve'") }
    #expect((try registry.minimizer("qng:damping=0.5") as? QuantumNaturalGradient)?.damping == 0.5)
    #expect(throws: AnsatzError.self) { try registry.minimizer("cobyla:step=0") }
    #expect { try OptimizerRegistry.standard.optimizer("qng") } throws: {
      "\($0)".contains("not a loss on batches; train with one of: sgd")
    }
    #expect { try OptimizerRegistry.standard.optimizer("spsa") } throws: {
      "\($0)".contains("--gradient spsa")
    }
  }
}
