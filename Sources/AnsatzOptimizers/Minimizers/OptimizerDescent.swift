import AnsatzMath

/// An optimizer as a minimizer: its steps along the gradients of the cost.
public struct OptimizerDescent: Minimizer {
  public static let name = "descent"
  public static let summary = "the steps of an optimizer"

  /// What takes the steps.
  public let optimizer: any Optimizer

  public init() { optimizer = Adam() }
  /// With the steps of an optimizer.
  public init(_ optimizer: any Optimizer) { self.optimizer = optimizer }

  public func minimize(
    _ objective: any Objective, from start: [Double], options: MinimizationOptions,
    observe: (Int, Double) -> Bool
  ) throws -> MinimizationResult {
    try run(optimizer, objective, start, options, observe)
  }

  private func run<O: Optimizer>(
    _ optimizer: O, _ objective: any Objective, _ start: [Double], _ options: MinimizationOptions,
    _ observe: (Int, Double) -> Bool
  ) throws -> MinimizationResult {
    var state = optimizer.makeState(count: start.count, of: Double.self)
    return try minimizeBySteps(objective, from: start, options: options, observe: observe) {
      weights, _ in
      let gradient = try objective.gradient(at: weights).gradient
      optimizer.update(
        &weights, gradient: gradient, state: &state, learningRate: options.learningRate)
      return nil
    }
  }
}
