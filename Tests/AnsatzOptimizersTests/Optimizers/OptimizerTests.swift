import AnsatzMath
import AnsatzOptimizers
import Testing

/// Each optimizer against its published formula, with running sums written out over the whole
/// history of gradients instead of the recurrences that the optimizers use.
@Suite struct OptimizerTests {
  /// A gradient that is curved, coupled and different at every step.
  static func gradient(at w: [Double], step: Int) -> [Double] {
    w.indices.map { i in
      let neighbour = w[(i + 1) % w.count]
      let x = w[i] - 0.3 * Double(i)
      return 2 * x + 0.5 * x * x * neighbour - 0.7 * neighbour + 0.1 * Double((step * 7 + i) % 5)
    }
  }

  /// The rate of each step: not constant, so that a wrong place of the rate shows.
  static func rate(_ step: Int) -> Double { 0.05 / (1 + 0.2 * Double(step)) }

  static let start = [0.9, -0.4, 1.7, 0.05]
  static let stepCount = 7

  /// Drives the optimizer it is given; returns the weights after every step, and the gradients.
  static func drive<S: Scalar>(
    _ optimizer: some Optimizer, in type: S.Type, rate: (Int) -> Double = rate
  ) -> (weights: [[Double]], gradients: [[Double]]) {
    var w = start.map { S($0) }
    var state = optimizer.makeState(count: w.count, of: S.self)
    var path: [[Double]] = []
    var gradients: [[Double]] = []
    for step in 0..<stepCount {
      let g = gradient(at: w.map { Double($0) }, step: step)
      optimizer.update(&w, gradient: g.map { S($0) }, state: &state, learningRate: rate(step))
      gradients.append(g)
      path.append(w.map { Double($0) })
    }
    #expect(state.stepCount == stepCount)
    return (path, gradients)
  }

  /// Checks each step from the weights and the gradient history that led to it.
  static func check(
    _ optimizer: some Optimizer,
    step formula: (_ w: Double, _ history: [Double], _ rate: Double) -> Double
  ) {
    compare(drive(optimizer, in: Double.self), formula, tolerance: 1e-13)
    // Float holds about 7 digits, and a step is of the order of the weights.
    compare(drive(optimizer, in: Float.self), formula, tolerance: 2e-6)
  }

  private static func compare(
    _ run: (weights: [[Double]], gradients: [[Double]]),
    _ formula: (Double, [Double], Double) -> Double, tolerance: Double
  ) {
    for step in 0..<stepCount {
      let before = step == 0 ? start : run.weights[step - 1]
      for i in start.indices {
        let history = run.gradients[...step].map { $0[i] }
        let expected = formula(before[i], history, rate(step))
        #expect(abs(run.weights[step][i] - expected) < tolerance, "step \(step), weight \(i)")
      }
    }
  }

  /// Σ decay^(t - i) xᵢ over the history.
  static func decayedSum(_ values: [Double], _ decay: Double) -> Double {
    values.reversed().enumerated().reduce(0) { $0 + Double.pow(decay, $1.offset) * $1.element }
  }

  @Test("SGD steps along the negative gradient")
  func sgd() { Self.check(SGD()) { w, g, η in w - η * g[g.count - 1] } }

  @Test("momentum steps along the decayed sum of gradients", arguments: [0.9, 0.5])
  func momentum(μ: Double) {
    Self.check(Momentum(momentum: μ)) { w, g, η in w - η * Self.decayedSum(g, μ) }
  }

  @Test("Nesterov steps along the gradient plus the decayed sum", arguments: [0.9, 0.5])
  func nesterov(μ: Double) {
    Self.check(Nesterov(momentum: μ)) { w, g, η in
      w - η * (g[g.count - 1] + μ * Self.decayedSum(g, μ))
    }
  }

  @Test("Nesterov's weights are the shifted points of the PennyLane form at a constant rate")
  func nesterovForms() {
    let (η, μ) = (0.03, 0.9)
    let path = Self.drive(Nesterov(momentum: μ), in: Double.self, rate: { _ in η }).weights
    var x = Self.start
    var a = [Double](repeating: 0, count: x.count)
    for step in 0..<Self.stepCount {
      let g = Self.gradient(at: zip(x, a).map { $0 - μ * $1 }, step: step)
      a = zip(a, g).map { μ * $0 + η * $1 }
      x = zip(x, a).map { $0 - $1 }
      for i in x.indices { #expect(abs(path[step][i] - (x[i] - μ * a[i])) < 1e-12) }
    }
  }

  @Test("AdaGrad divides by the root of the sum of squares")
  func adagrad() {
    let ε = 1e-3
    Self.check(AdaGrad(epsilon: ε)) { w, g, η in
      w - η * g[g.count - 1] / (g.map { $0 * $0 }.reduce(0, +).squareRoot() + ε)
    }
  }

  @Test("RMSProp divides by the root of the decayed mean of squares")
  func rmsprop() {
    let (ρ, ε) = (0.8, 1e-3)
    Self.check(RMSProp(decay: ρ, epsilon: ε)) { w, g, η in
      let mean = (1 - ρ) * Self.decayedSum(g.map { $0 * $0 }, ρ)
      return w - η * g[g.count - 1] / (mean.squareRoot() + ε)
    }
  }

  static func adamStep(
    _ g: [Double], _ β1: Double, _ β2: Double, _ ε: Double
  ) -> Double {
    let t = Double(g.count)
    let m = (1 - β1) * decayedSum(g, β1) / (1 - Double.pow(β1, t))
    let v = (1 - β2) * decayedSum(g.map { $0 * $0 }, β2) / (1 - Double.pow(β2, t))
    return m / (v.squareRoot() + ε)
  }

  @Test(
    "Adam follows the bias-corrected means of the paper", arguments: [(0.9, 0.999), (0.5, 0.8)])
  func adam(β1: Double, β2: Double) {
    let ε = 1e-3
    Self.check(Adam(beta1: β1, beta2: β2, epsilon: ε)) { w, g, η in
      w - η * Self.adamStep(g, β1, β2, ε)
    }
  }

  @Test("AdamW decays the weights before Adam's step")
  func adamW() {
    let (β1, β2, ε, λ) = (0.9, 0.99, 1e-3, 0.3)
    Self.check(AdamW(decay: λ, beta1: β1, beta2: β2, epsilon: ε)) { w, g, η in
      w - η * λ * w - η * Self.adamStep(g, β1, β2, ε)
    }
  }

  /// Σ aᵢ (wᵢ - cᵢ)², whose minimum is 0 at c.
  private func bowl<S: Scalar>(
    _ optimizer: some Optimizer, in type: S.Type
  ) -> (first: Double, last: Double, state: OptimizerState<S>) {
    let (center, curvature): ([S], [S]) = ([1, -0.5, 0.25], [1, 0.5, 2])
    var w: [S] = [-0.2, 0.6, 1]
    func cost() -> Double {
      w.indices.reduce(0) {
        $0 + Double(curvature[$1] * (w[$1] - center[$1]) * (w[$1] - center[$1]))
      }
    }
    let first = cost()
    var state = optimizer.makeState(count: w.count, of: S.self)
    for step in 0..<300 {
      let gradient = w.indices.map { 2 * curvature[$0] * (w[$0] - center[$0]) }
      // Falling, so that steps of equal size end at the bottom too.
      let rate = 0.1 * (1 - Double(step) / 300)
      optimizer.update(&w, gradient: gradient, state: &state, learningRate: rate)
    }
    return (first, cost(), state)
  }

  @Test(
    "every registered optimizer comes down a bowl, in both precisions",
    arguments: OptimizerRegistry.standard.names)
  func bowl(name: String) throws {
    let optimizer = try OptimizerRegistry.standard.optimizer(name)
    func check<S: Scalar>(_ type: S.Type) {
      let run = bowl(optimizer, in: type)
      // AdaGrad is the slowest: its steps shrink with the root of their number.
      #expect(run.last < 0.02 * run.first, "\(run.first) → \(run.last)")
      #expect(run.state.stepCount == 300)
      #expect(run.state.slots.map(\.count) == Swift.type(of: optimizer).slotNames.map { _ in 3 })
    }
    check(Double.self)
    check(Float.self)
    #expect(!Swift.type(of: optimizer).summary.isEmpty)
  }

  @Test("the registered optimizers take paths that all differ")
  func pathsDiffer() throws {
    var ends: [(name: String, weights: [Double])] = []
    for name in OptimizerRegistry.standard.names {
      let optimizer = try OptimizerRegistry.standard.optimizer(name)
      ends.append((name, Self.drive(optimizer, in: Double.self).weights[Self.stepCount - 1]))
    }
    for (i, a) in ends.enumerated() {
      for b in ends[..<i] {
        let distance = zip(a.weights, b.weights).map { abs($0 - $1) }.max() ?? 0
        // AdamW's decay is the smallest difference: 0.01 of the weights times the rates' sum.
        #expect(distance > 1e-4, "\(a.name) and \(b.name)")
      }
    }
  }

  @Test("the defaults are those of the papers and of PyTorch")
  func defaults() throws {
    let expected = [
      "sgd", "momentum:momentum=0.9", "nesterov:momentum=0.9", "adagrad:epsilon=1e-10",
      "rmsprop:decay=0.99,epsilon=1e-08", "adam:beta1=0.9,beta2=0.999,epsilon=1e-08",
      "adamw:beta1=0.9,beta2=0.999,epsilon=1e-08,decay=0.01",
    ]
    #expect(OptimizerRegistry.standard.types.map { $0.init().specification } == expected)
  }
}
