import AnsatzMath
import CNLopt

/// A minimizer that NLopt runs.
///
/// - Source: Johnson, The NLopt nonlinear-optimization package, https://github.com/stevengj/nlopt.
protocol NLoptMinimizer: Minimizer {
  static var algorithm: nlopt_algorithm { get }
  static var usesGradient: Bool { get }
  /// The fewest weights it works for.
  static var fewestWeights: Int { get }
  /// How far the first step goes; 0 for NLopt's own choice.
  var firstStep: Double { get }
}

extension NLoptMinimizer {
  static var fewestWeights: Int { 1 }

  public func minimize(
    _ objective: any Objective, from start: [Double], options: MinimizationOptions,
    observe: (Int, Double) -> Bool
  ) throws -> MinimizationResult {
    guard start.count == objective.dimension else {
      throw AnsatzError(
        .badData, "\(start.count) weights to start from; the cost takes \(objective.dimension)")
    }
    guard start.count >= Self.fewestWeights else {
      throw AnsatzError(
        .usage,
        "'\(Self.name)' needs at least \(Self.fewestWeights) weights, and there are "
          + "\(start.count); use 'cobyla'")
    }
    guard let handle = nlopt_create(Self.algorithm, UInt32(start.count)) else {
      throw AnsatzError(.software, "NLopt has no algorithm '\(Self.name)'")
    }
    defer { nlopt_destroy(handle) }
    return try withoutActuallyEscaping(observe) { observe in
      let job = NLoptJob(objective, handle, observe: observe, usesGradient: Self.usesGradient)
      let data = Unmanaged.passUnretained(job).toOpaque()
      nlopt_set_min_objective(
        handle,
        { count, point, gradient, data in
          guard let point, let data else { return .nan }
          return Unmanaged<NLoptJob>.fromOpaque(data).takeUnretainedValue()
            .evaluate(Int(count), point, gradient)
        }, data)
      nlopt_set_maxeval(handle, Int32(clamping: options.maximumSteps))
      nlopt_set_ftol_abs(handle, options.tolerance)
      nlopt_set_xtol_abs1(handle, options.tolerance)
      if firstStep > 0 { nlopt_set_initial_step1(handle, firstStep) }
      var weights = start
      var value = 0.0
      let code = nlopt_optimize(handle, &weights, &value)
      defer { withExtendedLifetime(job) {} }
      if let failure = job.failure { throw failure }
      // Negative codes but for a stop that was asked for and steps below rounding.
      if code.rawValue < 0, code != NLOPT_FORCED_STOP, code != NLOPT_ROUNDOFF_LIMITED,
        job.history.isEmpty || code == NLOPT_OUT_OF_MEMORY || code == NLOPT_INVALID_ARGS
      {
        throw AnsatzError(.software, "NLopt's '\(Self.name)' failed with code \(code.rawValue)")
      }
      // NLopt's own best point may lag behind a stop.
      let best = job.best ?? (weights, value)
      return MinimizationResult(
        weights: best.weights, value: best.value, history: job.history,
        isConverged: code.rawValue > 0 && code != NLOPT_MAXEVAL_REACHED)
    }
  }
}

/// What NLopt's callback works on.
private final class NLoptJob {
  private let objective: any Objective
  private let handle: nlopt_opt
  private let observe: (Int, Double) -> Bool
  private let usesGradient: Bool
  private(set) var history: [Double] = []
  private(set) var best: (weights: [Double], value: Double)?
  private(set) var failure: (any Error)?

  init(
    _ objective: any Objective, _ handle: nlopt_opt, observe: @escaping (Int, Double) -> Bool,
    usesGradient: Bool
  ) {
    self.objective = objective
    self.handle = handle
    self.observe = observe
    self.usesGradient = usesGradient
  }

  func evaluate(
    _ count: Int, _ point: UnsafePointer<Double>, _ gradient: UnsafeMutablePointer<Double>?
  ) -> Double {
    let weights = Array(UnsafeBufferPointer(start: point, count: count))
    do {
      try StopFlag.check()
      let value: Double
      if let gradient {
        let result = try objective.gradient(at: weights)
        value = result.value
        for (i, slope) in result.gradient.enumerated() { gradient[i] = slope }
      } else {
        value = try objective.value(at: weights)
      }
      guard value.isFinite else {
        throw AnsatzError(.badConfiguration, "the cost became \(value)")
      }
      if value < best?.value ?? .infinity { best = (weights, value) }
      history.append(value)
      if !observe(history.count - 1, value) { nlopt_force_stop(handle) }
      return value
    } catch {
      failure = error
      nlopt_force_stop(handle)
      return .infinity
    }
  }
}
