import AnsatzData
import AnsatzMath

/// Minimises a logistic objective from zero by Newton's method, each step solved by conjugate
/// gradients with the Hessian's diagonal as preconditioner.
///
/// - Returns: Parameters whose gradient has no entry above 1e-8, or above what rounding allows.
/// - Throws: `AnsatzError` if it does not converge; `CancellationError`.
/// - Source: Nocedal and Wright, Numerical Optimization, algorithms 7.1 and 3.1.
func minimize(_ objective: LogisticObjective, observer: any FitObserver) throws -> [Double] {
  let stepLimit = 200
  var parameters = [Double](repeating: 0, count: objective.parameterCount)
  var (value, gradient, probabilities) = objective.evaluate(parameters)
  let initial = largest(gradient)
  for step in 0..<stepLimit {
    guard value.isFinite, gradient.allSatisfy(\.isFinite) else { break }
    let size = largest(gradient)
    if size <= 1e-8 { return parameters }
    if observer.isCancelled { throw CancellationError() }
    observer.progressed(to: Double(step) / Double(stepLimit))
    let direction = try newtonDirection(
      objective, gradient: gradient, probabilities: probabilities,
      tolerance: min(0.1, size / max(initial, 1)), observer: observer)
    let slope = dot(gradient, direction)
    var length = 1.0
    var next: (value: Double, gradient: [Double], probabilities: Tensor<Double>)?
    while next == nil, length > 1e-10 {
      if observer.isCancelled { throw CancellationError() }
      let candidate = zip(parameters, direction).map { $0 + length * $1 }
      let result = objective.evaluate(candidate)
      // Near the optimum the value's last digits are noise; there the gradient decides.
      let noise = 1e-14 * abs(value)
      if result.value <= value + 1e-4 * length * slope
        || result.value <= value + noise && largest(result.gradient) < size
      {
        next = result
        parameters = candidate
      } else {
        length /= 2
      }
    }
    guard let next else {
      // No step improves in the last digits. That is convergence if the gradient is small.
      if size <= 1e-8 * max(1, initial) { return parameters }
      break
    }
    (value, gradient, probabilities) = next
  }
  throw AnsatzError(
    .software, "logistic-regression did not converge; standardize the features or lower C")
}

/// Solves `H d = -gradient` until the residual has fallen by `tolerance`.
private func newtonDirection(
  _ objective: LogisticObjective, gradient: [Double], probabilities: Tensor<Double>,
  tolerance: Double, observer: any FitObserver
) throws -> [Double] {
  let diagonal = objective.curvatureDiagonal(probabilities: probabilities)
  // An offset whose probabilities have saturated has no curvature left to divide by.
  let scale = diagonal.map { 1 / max($0, 1e-12) }
  var solution = [Double](repeating: 0, count: gradient.count)
  var residual = gradient.map { -$0 }
  var preconditioned = zip(scale, residual).map { $0 * $1 }
  var search = preconditioned
  var energy = dot(residual, preconditioned)
  let target = tolerance * tolerance * energy
  for _ in 0..<(2 * gradient.count + 20) where energy > target {
    if observer.isCancelled { throw CancellationError() }
    let product = objective.curvature(along: search, probabilities: probabilities)
    let curvature = dot(search, product)
    guard curvature > 0 else { break }
    let length = energy / curvature
    for i in solution.indices {
      solution[i] += length * search[i]
      residual[i] -= length * product[i]
      preconditioned[i] = scale[i] * residual[i]
    }
    let next = dot(residual, preconditioned)
    let ratio = next / energy
    energy = next
    for i in search.indices { search[i] = preconditioned[i] + ratio * search[i] }
  }
  return solution.contains { $0 != 0 } ? solution : zip(scale, gradient).map { -$0 * $1 }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}

private func largest(_ values: [Double]) -> Double {
  values.reduce(0) { max($0, abs($1)) }
}
