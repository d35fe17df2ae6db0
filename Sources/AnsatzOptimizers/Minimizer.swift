import AnsatzMath
import AnsatzSettings

/// A method that finds the weights of the least cost, asking for values, gradients or metrics as it
/// needs them.
///
/// An `Optimizer` moves weights along gradients that others hand it, batch by batch; every one of them
/// is a minimizer too. A new minimizer is one file and one line in `MinimizerRegistry.standard`.
public protocol Minimizer: Configurable {
  /// Goes from a start to weights of a lower cost.
  ///
  /// - Parameter observe: Told the number and the cost of every step; returns false to stop.
  /// - Throws: What the objective throws; `AnsatzError` if the cost lacks something or is not finite.
  func minimize(
    _ objective: any Objective, from start: [Double], options: MinimizationOptions,
    observe: (_ step: Int, _ value: Double) -> Bool
  ) throws -> MinimizationResult
}

/// How long to minimize, and how fast to go.
public struct MinimizationOptions: Sendable {
  /// Steps, or for the methods of NLopt evaluations of the cost.
  public var maximumSteps: Int
  /// Stops when a step changes the cost by less; 0 to make all steps.
  public var tolerance: Double
  /// The step size of methods that have one.
  public var learningRate: Double
  /// Decides everything random.
  public var seed: UInt64

  /// Takes the values as they are.
  public init(
    maximumSteps: Int = 200, tolerance: Double = 1e-10, learningRate: Double = 0.1, seed: UInt64 = 0
  ) {
    self.maximumSteps = maximumSteps
    self.tolerance = tolerance
    self.learningRate = learningRate
    self.seed = seed
  }
}

/// Where a minimizer ended.
public struct MinimizationResult: Sendable {
  /// The weights of the least cost found.
  public let weights: [Double]
  /// The cost there.
  public let value: Double
  /// The cost after each step.
  public let history: [Double]
  /// Whether the tolerance was met before the steps ran out.
  public let isConverged: Bool
  /// The axes chosen, for `Rotoselect`; empty for others.
  public var axes: [Int] = []
}

/// Runs steps until they are done: what minimizers that go step by step share.
func minimizeBySteps(
  _ objective: any Objective, from start: [Double], options: MinimizationOptions,
  stopsEarly: Bool = true, observe: (Int, Double) -> Bool,
  step: (_ weights: inout [Double], _ number: Int) throws -> Double?
) throws -> MinimizationResult {
  guard start.count == objective.dimension else {
    throw AnsatzError(
      .badData, "\(start.count) weights to start from; the cost takes \(objective.dimension)")
  }
  var weights = start
  var history: [Double] = []
  var previous = Double.infinity
  var isConverged = false
  for number in 0..<max(0, options.maximumSteps) {
    try StopFlag.check()
    let reported = try step(&weights, number)
    let value = try reported ?? objective.value(at: weights)
    guard value.isFinite, weights.allSatisfy(\.isFinite) else {
      throw AnsatzError(
        .badConfiguration,
        "the cost became \(value) in step \(number + 1); lower the learning rate "
          + "(now \(options.learningRate))")
    }
    history.append(value)
    if !observe(number, value) { break }
    if stopsEarly, abs(previous - value) < options.tolerance {
      isConverged = true
      break
    }
    previous = value
  }
  return MinimizationResult(
    weights: weights, value: try history.last ?? objective.value(at: weights), history: history,
    isConverged: isConverged)
}
