import CNLopt

/// Limited-memory BFGS with exact gradients.
///
/// - Source: Nocedal, Math. Comput. 35, 773 (1980); Luksan's code in NLopt.
public struct LBFGS: NLoptMinimizer {
  public static let name = "lbfgs"
  public static let summary = "quasi-Newton steps from gradients"
  static let algorithm = NLOPT_LD_LBFGS
  static let usesGradient = true
  var firstStep: Double { 0 }

  public init() {}
}
