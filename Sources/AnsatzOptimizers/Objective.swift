import AnsatzMath

/// A cost to minimize, and what minimizers may ask of it beyond its value.
///
/// Whatever is not offered throws an error that says so.
public protocol Objective {
  /// The number of weights.
  var dimension: Int { get }

  /// The cost at a point.
  func value(at point: [Double]) throws -> Double
  /// The cost and its gradient at a point.
  func gradient(at point: [Double]) throws -> (value: Double, gradient: [Double])

  /// The metric tensor in the weights, `[dimension, dimension]`.
  func metric(at point: [Double]) throws -> Tensor<Double>

  /// How alike the states at two points are, from 0 to 1.
  func fidelity(_ a: [Double], _ b: [Double]) throws -> Double

  /// The frequencies of the cost as a function of one weight alone, ascending: it is
  /// `a₀ + Σ_r (a_r cos Ω_r θ + b_r sin Ω_r θ)`.
  func frequencies(of weight: Int) throws -> [Double]

  /// How many rotation axes each weight's gate can choose among; 0 if it has none to choose.
  var axisCount: Int { get }
  /// The value with other axes, one for each weight.
  func value(at point: [Double], axes: [Int]) throws -> Double
}

extension Objective {
  /// The cost and its gradient at a point.
  public func gradient(at point: [Double]) throws -> (value: Double, gradient: [Double]) {
    throw notOffered("a gradient")
  }
  public func metric(at point: [Double]) throws -> Tensor<Double> {
    throw notOffered("a metric tensor")
  }
  public func fidelity(_ a: [Double], _ b: [Double]) throws -> Double {
    throw notOffered("a fidelity")
  }
  public func frequencies(of weight: Int) throws -> [Double] { throw notOffered("frequencies") }
  public var axisCount: Int { 0 }
  public func value(at point: [Double], axes: [Int]) throws -> Double { try value(at: point) }

  private func notOffered(_ what: String) -> AnsatzError {
    AnsatzError(
      .usage,
      "this cost has no \(what); minimize it with 'spsa', 'cobyla', 'nelder-mead' or 'bobyqa'")
  }
}
