import AnsatzMath

/// Chooses for one gate after the other the axis and the angle of the least cost.
///
/// Each weight must turn one rotation whose axis can be chosen. A step goes through all gates once;
/// every axis takes three values.
///
/// - Source: Ostaszewski et al., Quantum 5, 391 (2021), arXiv:1905.09692.
public struct Rotoselect: Minimizer {
  public static let name = "rotoselect"
  public static let summary = "each gate in turn to its best axis and angle"

  public init() {}

  public func minimize(
    _ objective: any Objective, from start: [Double], options: MinimizationOptions,
    observe: (Int, Double) -> Bool
  ) throws -> MinimizationResult {
    guard objective.axisCount > 0 else {
      throw AnsatzError(
        .usage,
        "rotoselect chooses axes, and this cost has none to choose; minimize a StructureCost, or "
          + "use 'rotosolve'")
    }
    var axes = [Int](repeating: 0, count: start.count)
    var result = try minimizeBySteps(
      objective, from: start, options: options, observe: observe
    ) { weights, _ in
      var value: Double?
      for i in weights.indices {
        var best: (axis: Int, shift: Double, value: Double)?
        for axis in 0..<objective.axisCount {
          var trial = axes
          trial[i] = axis
          let wave = try Wave(frequencies: [1]) { shift in
            var moved = weights
            moved[i] += shift
            return try objective.value(at: moved, axes: trial)
          }
          let minimum = wave.minimum()
          if minimum.value < (best?.value ?? .infinity) - 1e-12 {
            best = (axis, minimum.shift, minimum.value)
          }
        }
        guard let best else { continue }
        axes[i] = best.axis
        weights[i] += best.shift
        value = best.value
      }
      return try value ?? objective.value(at: weights, axes: axes)
    }
    result.axes = axes
    return result
  }
}
