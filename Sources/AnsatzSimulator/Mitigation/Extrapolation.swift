import AnsatzMath
import Numerics

/// A curve through values at several noise scales, read at scale 0.
public enum Extrapolation: Hashable, Sendable {
  /// A straight line, by least squares.
  case linear
  /// A polynomial of a degree, by least squares.
  case polynomial(degree: Int)
  /// The polynomial through all points.
  ///
  /// - Source: Temme, Bravyi and Gambetta, arXiv:1612.02058.
  case richardson
  /// `a + b e^{-cλ}` with a given: what the value goes to under more and more noise, 0 for a Pauli
  /// word. By least squares.
  case exponential(asymptote: Double = 0)

  /// How many parameters are fitted to so many points.
  private func parameterCount(points: Int) -> Int {
    switch self {
    case .linear, .exponential: 2
    case .polynomial(let degree): degree + 1
    case .richardson: points
    }
  }

  /// The value at scale 0, with the error that the points' standard errors lead to.
  ///
  /// Points with standard errors are weighted by them. Without any, the error is that of the
  /// residuals, and infinite where there are no more points than parameters.
  ///
  /// - Throws: `AnsatzError` for too few points, scales that repeat, and values that an exponential
  ///   cannot have.
  public func value(at points: [(scale: Double, estimate: Estimate)]) throws(AnsatzError)
    -> Estimate
  {
    let scales = points.map(\.scale)
    let needed = max(2, parameterCount(points: points.count))
    if case .polynomial(let degree) = self, degree < 1 {
      throw AnsatzError(.usage, "a polynomial of degree \(degree); use 1 or more")
    }
    guard Set(scales).count == scales.count, scales.count >= needed else {
      throw AnsatzError(
        .usage,
        "\(Set(scales).count) different noise scales for a fit of \(needed) parameters; use at least "
          + "\(needed) that differ")
    }
    guard points.allSatisfy({ $0.scale.isFinite && $0.estimate.value.isFinite }) else {
      throw AnsatzError(.badData, "values to extrapolate must be finite")
    }
    switch self {
    case .linear: return try polynomial(1, points)
    case .polynomial(let degree): return try polynomial(degree, points)
    case .richardson: return richardson(points)
    case .exponential(let asymptote): return try exponential(asymptote, points)
    }
  }

  /// Lagrange's weights at 0.
  private func richardson(_ points: [(scale: Double, estimate: Estimate)]) -> Estimate {
    var (value, variance) = (0.0, 0.0)
    for (i, point) in points.enumerated() {
      var weight = 1.0
      for (j, other) in points.enumerated() where i != j {
        weight *= other.scale / (other.scale - point.scale)
      }
      value += weight * point.estimate.value
      variance += weight * weight * point.estimate.standardError * point.estimate.standardError
    }
    let isExact = points.allSatisfy { $0.estimate.standardError == 0 }
    return Estimate(value: value, standardError: isExact ? .infinity : variance.squareRoot())
  }

  private func polynomial(
    _ degree: Int, _ points: [(scale: Double, estimate: Estimate)]
  ) throws(AnsatzError) -> Estimate {
    let fit = try LeastSquares(
      rows: points.map { point in (0...degree).map { Double.pow(point.scale, $0) } },
      values: points.map(\.estimate.value), errors: points.map(\.estimate.standardError))
    return Estimate(
      value: fit.parameters[0], standardError: fit.covariance[0, 0].squareRoot())
  }

  /// Gauss and Newton's steps from the line through the logarithms.
  private func exponential(
    _ asymptote: Double, _ points: [(scale: Double, estimate: Estimate)]
  ) throws(AnsatzError) -> Estimate {
    let heights = points.map { $0.estimate.value - asymptote }
    let sign: Double = heights.reduce(0, +) < 0 ? -1 : 1
    guard heights.allSatisfy({ sign * $0 > 0 }) else {
      throw AnsatzError(
        .badData,
        "values on both sides of the asymptote \(asymptote) fit no exponential; use another fit")
    }
    let line = try LeastSquares(
      rows: points.map { [1, $0.scale] }, values: heights.map { Double.log(sign * $0) },
      errors: points.map { _ in 0 })
    var (height, rate) = (sign * Double.exp(line.parameters[0]), -line.parameters[1])
    var error = 0.0
    for _ in 0..<100 {
      let decays = points.map { Double.exp(-rate * $0.scale) }
      let step = try LeastSquares(
        rows: zip(points, decays).map { [$1, -height * $0.scale * $1] },
        values: zip(heights, decays).map { $0 - height * $1 },
        errors: points.map(\.estimate.standardError))
      height += step.parameters[0]
      rate += step.parameters[1]
      error = step.covariance[0, 0].squareRoot()
      guard height.isFinite, rate.isFinite else {
        throw AnsatzError(.badData, "the values fit no exponential; use another fit")
      }
      if abs(step.parameters[0]) < 1e-14 * abs(height) { break }
    }
    return Estimate(value: asymptote + height, standardError: error)
  }
}

/// Parameters x with the least Σ (rows·x - values)² / errors².
private struct LeastSquares {
  let parameters: [Double]
  /// Infinite if there are no errors and no more points than parameters.
  let covariance: Tensor<Double>

  init(rows: [[Double]], values: [Double], errors: [Double]) throws(AnsatzError) {
    let count = rows.first?.count ?? 0
    let isWeighted = errors.allSatisfy { $0 > 0 && $0.isFinite }
    let weights = errors.map { isWeighted ? 1 / ($0 * $0) : 1 }
    var normal = Tensor<Double>(shape: [count, count])
    var right = [Double](repeating: 0, count: count)
    for (row, (value, weight)) in zip(rows, zip(values, weights)) {
      for i in 0..<count {
        right[i] += weight * row[i] * value
        for j in 0..<count { normal[i, j] += weight * row[i] * row[j] }
      }
    }
    // Scaled to a unit diagonal, which rounding hurts less.
    let scale = (0..<count).map { 1 / max(.leastNormalMagnitude, normal[$0, $0].squareRoot()) }
    for i in 0..<count {
      for j in 0..<count { normal[i, j] *= scale[i] * scale[j] }
    }
    let eigen: (values: [Double], vectors: Tensor<Double>)
    do { eigen = try symmetricEigen(normal) } catch {
      throw AnsatzError(.badData, "the fit has no solution; use other noise scales")
    }
    guard let smallest = eigen.values.first, smallest > 1e-14 else {
      throw AnsatzError(
        .badData, "the noise scales are too close together for the fit; spread them out")
    }
    var inverse = Tensor<Double>(shape: [count, count])
    for i in 0..<count {
      for j in 0..<count {
        inverse[i, j] =
          scale[i] * scale[j]
          * (0..<count).reduce(0) {
            $0 + eigen.vectors[$1, i] * eigen.vectors[$1, j] / eigen.values[$1]
          }
      }
    }
    let solution = (0..<count).map { i in
      (0..<count).reduce(0) { $0 + inverse[i, $1] * right[$1] }
    }
    parameters = solution
    guard !isWeighted else {
      covariance = inverse
      return
    }
    let residuals = zip(rows, values).reduce(0) { sum, point in
      let fitted = zip(point.0, solution).reduce(0) { $0 + $1.0 * $1.1 }
      return sum + (point.1 - fitted) * (point.1 - fitted)
    }
    let free = rows.count - count
    let variance = free > 0 ? residuals / Double(free) : .infinity
    covariance = Tensor(
      shape: inverse.shape,
      elements: inverse.elements.map { variance.isFinite ? variance * $0 : .infinity })
  }
}
