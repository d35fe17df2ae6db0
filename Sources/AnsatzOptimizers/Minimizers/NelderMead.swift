import AnsatzSettings

import CNLopt

/// A simplex that crawls downhill, without gradients.
///
/// - Source: Nelder and Mead, Comput. J. 7, 308 (1965); Box's variant in NLopt.
public struct NelderMead: NLoptMinimizer {
  public static let name = "nelder-mead"
  public static let summary = "a simplex, values alone"
  public static let settings = [
    Setting("step", \NelderMead.firstStep, .positive, "how far the first trials go")
  ]
  static let algorithm = NLOPT_LN_NELDERMEAD
  static let usesGradient = false

  /// How far the first step goes, in radians.
  public var firstStep = 0.5

  public init() {}
}
