import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator

/// A cost over a plane through a place in the space of weights.
///
/// `cost(center + a·u + b·v)` for a and b on a grid: what descent sees around a place.
///
/// - Source: Li et al., NeurIPS 2018, arXiv:1712.09913.
public struct LossLandscape: Sendable {
  /// The values of a along the columns and of b along the rows, ascending.
  public let columns: [Double]
  /// The places along the second direction.
  public let rows: [Double]
  /// Row by row, the smallest b first: `[rows · columns]`.
  public let values: [Double]

  /// - Parameters:
  ///   - directions: u and v, each as long as the center.
  ///   - extent: a and b go from minus this to this.
  ///   - places: The values of each of a and b, 2 or more; with an odd number the center is among
  ///     them.
  ///   - cost: Of all weights.
  /// - Throws: `AnsatzError` for directions of another length and fewer places; what the cost throws.
  public init(
    around center: [Double], along directions: (u: [Double], v: [Double]), extent: Double = .pi,
    places: Int = 41, cost: ([Double]) throws -> Double
  ) throws {
    guard directions.u.count == center.count, directions.v.count == center.count else {
      throw AnsatzError(
        .usage,
        "directions of \(directions.u.count) and \(directions.v.count) numbers through a place of "
          + "\(center.count) weights; give as many of each")
    }
    guard places >= 2, extent > 0, extent.isFinite else {
      throw AnsatzError(
        .usage,
        "a landscape of \(places) places up to \(extent); use 2 places or more, and an extent above 0"
      )
    }
    let steps = (0..<places).map { extent * Double(2 * $0 - places + 1) / Double(places - 1) }
    (columns, rows) = (steps, steps)
    values = try steps.flatMap { b in
      try steps.map { a in
        try StopFlag.check()
        return try cost(
          center.indices.map { center[$0] + a * directions.u[$0] + b * directions.v[$0] })
      }
    }
  }

  /// The landscape of an expectation value.
  public init(
    of observable: any Observable, in circuit: Circuit, inputs: [Double] = [],
    around center: [Double], along directions: (u: [Double], v: [Double]), extent: Double = .pi,
    places: Int = 41
  ) throws {
    let program = Program(circuit)
    let compiled = try CompiledObservables([observable], qubitCount: circuit.qubitCount)
    let row = inputs.isEmpty ? [Double](repeating: 0, count: circuit.inputCount) : inputs
    let sample = Tensor(shape: [1, row.count], elements: row)
    try self.init(around: center, along: directions, extent: extent, places: places) { weights in
      try program.forward(compiled, inputs: sample, weights: weights).expectations.elements[0]
    }
  }

  /// Two directions of length 1 at right angles, by lot.
  ///
  /// - Throws: `AnsatzError` for fewer than 2 weights, which have no plane.
  public static func directions(
    _ count: Int, seed: UInt64 = 0
  ) throws(AnsatzError) -> (u: [Double], v: [Double]) {
    guard count >= 2 else {
      throw AnsatzError(.usage, "\(count) weights have no plane; a landscape needs 2 or more")
    }
    var random = RandomStream(seed: seed, stream: "landscape directions")
    func product(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
    func unit(_ a: [Double]) -> [Double] { a.map { $0 / product(a, a).squareRoot() } }
    let u = unit((0..<count).map { _ in random.normal() })
    var v = unit((0..<count).map { _ in random.normal() })
    // Twice, for two that are nearly parallel.
    for _ in 0..<2 {
      let shadow = product(u, v)
      v = unit(zip(u, v).map { $1 - shadow * $0 })
    }
    return (u, v)
  }
}
