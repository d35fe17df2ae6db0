import AnsatzSettings

import CNLopt

/// Linear models of the cost on a simplex, without gradients.
///
/// - Source: Powell, Advances in Optimization and Numerical Analysis, 51 (1994).
public struct COBYLA: NLoptMinimizer {
  public static let name = "cobyla"
  public static let summary = "linear models, values alone"
  public static let settings = [
    Setting("step", \COBYLA.firstStep, .positive, "how far the first trials go")
  ]
  static let algorithm = NLOPT_LN_COBYLA
  static let usesGradient = false

  /// How far the first step goes, in radians.
  public var firstStep = 0.5

  public init() {}
}
