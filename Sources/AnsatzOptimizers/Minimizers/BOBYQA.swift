import AnsatzSettings

import CNLopt

/// Quadratic models of the cost, without gradients.
///
/// - Source: Powell, Cambridge NA report 2009/06 (2009).
public struct BOBYQA: NLoptMinimizer {
  public static let name = "bobyqa"
  public static let summary = "quadratic models, values alone"
  public static let settings = [
    Setting("step", \BOBYQA.firstStep, .positive, "how far the first trials go")
  ]
  static let algorithm = NLOPT_LN_BOBYQA
  static let usesGradient = false
  static let fewestWeights = 2

  /// How far the first step goes, in radians.
  public var firstStep = 0.5

  public init() {}
}
