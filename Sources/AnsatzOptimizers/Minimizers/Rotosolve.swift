import AnsatzMath
import Numerics

/// Moves one weight after the other to its minimum, which a few values tell exactly.
///
/// As a function of one weight the cost is a trigonometric polynomial; with R frequencies, 2R + 1
/// values give all of it. A step goes through all weights once.
///
/// - Source: Ostaszewski et al., Quantum 5, 391 (2021), arXiv:1905.09692; Wierichs et al.,
///   arXiv:2107.12390, for several frequencies.
public struct Rotosolve: Minimizer {
  public static let name = "rotosolve"
  public static let summary = "each weight in turn to its exact minimum"

  public init() {}

  public func minimize(
    _ objective: any Objective, from start: [Double], options: MinimizationOptions,
    observe: (Int, Double) -> Bool
  ) throws -> MinimizationResult {
    let frequencies = try (0..<objective.dimension).map { try objective.frequencies(of: $0) }
    return try minimizeBySteps(objective, from: start, options: options, observe: observe) {
      weights, _ in
      var value: Double?
      for i in weights.indices where !frequencies[i].isEmpty {
        let wave = try Wave(frequencies: frequencies[i]) { shift in
          var moved = weights
          moved[i] += shift
          return try objective.value(at: moved)
        }
        let minimum = wave.minimum()
        weights[i] += minimum.shift
        value = minimum.value
      }
      return value
    }
  }
}

/// `a₀ + Σ_r (a_r cos Ω_r x + b_r sin Ω_r x)`, found from 2R + 1 values.
struct Wave {
  let frequencies: [Double]
  /// a₀, a₁, b₁, a₂, …
  let coefficients: [Double]

  /// - Throws: What `value` throws; `AnsatzError` if the frequencies are too near to one another.
  init(frequencies: [Double], value: (_ shift: Double) throws -> Double) throws {
    self.frequencies = frequencies
    let count = 2 * frequencies.count + 1
    let period = 2 * Double.pi / (frequencies.first ?? 1)
    var matrix = Tensor<Double>(shape: [count, count])
    var values: [Double] = []
    for row in 0..<count {
      let x = period * Double(row) / Double(count)
      values.append(try value(x))
      matrix[row, 0] = 1
      for (r, frequency) in frequencies.enumerated() {
        matrix[row, 2 * r + 1] = Double.cos(frequency * x)
        matrix[row, 2 * r + 2] = Double.sin(frequency * x)
      }
    }
    coefficients = try solveLinearSystem(matrix, values)
  }

  func value(at x: Double, derivative: Int = 0) -> Double {
    var total = derivative == 0 ? coefficients[0] : 0
    for (r, frequency) in frequencies.enumerated() {
      let (a, b) = (coefficients[2 * r + 1], coefficients[2 * r + 2])
      let (c, s) = (Double.cos(frequency * x), Double.sin(frequency * x))
      switch derivative {
      case 0: total += a * c + b * s
      case 1: total += frequency * (b * c - a * s)
      default: total -= frequency * frequency * (a * c + b * s)
      }
    }
    return total
  }

  /// The lowest point within half of the longest period either way.
  func minimum() -> (shift: Double, value: Double) {
    guard let first = frequencies.first, let last = frequencies.last else {
      return (0, coefficients[0])
    }
    let half = Double.pi / first
    // Fine enough to tell the valleys of the highest frequency apart.
    let count = 16 * max(1, Int((last / first).rounded(.up)))
    let step = half / Double(count)
    var best = (shift: 0.0, value: value(at: 0))
    for k in -count...count {
      let x = Double(k) * step
      let value = value(at: x)
      if value < best.value - 1e-14 { best = (x, value) }
    }
    for _ in 0..<20 {
      let curvature = value(at: best.shift, derivative: 2)
      guard curvature > 0 else { break }
      let move = -value(at: best.shift, derivative: 1) / curvature
      guard abs(move) <= step, value(at: best.shift + move) <= best.value else { break }
      best = (best.shift + move, value(at: best.shift + move))
    }
    return best
  }
}
