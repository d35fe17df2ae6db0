import AnsatzMath
import AnsatzSettings

/// The minimizers that can be chosen by name; every optimizer is among them.
public struct MinimizerRegistry: Sendable {
  /// Those that the command line knows.
  public static let standard = MinimizerRegistry([
    QuantumNaturalGradient.self, QNSPSA.self, SPSAMinimizer.self, Rotosolve.self, Rotoselect.self,
    LBFGS.self, COBYLA.self, NelderMead.self, BOBYQA.self,
  ])

  /// In the order of listings.
  public let types: [any Minimizer.Type]

  /// A registry of these types.
  public init(_ types: [any Minimizer.Type]) { self.types = types }

  /// Those that are no optimizers.
  public var ownNames: [String] { types.map { $0.name } }
  /// The names of all, in the order of listings.
  public var names: [String] { ownNames + OptimizerRegistry.standard.names }

  /// Makes a minimizer from text such as `qng:damping=0.01`, `rotosolve` or `adam`.
  ///
  /// - Throws: `AnsatzError` for an unknown name or hyperparameter (with a suggestion), or a value
  ///   out of bounds.
  public func minimizer(_ specification: String) throws -> any Minimizer {
    let parts = Specification(parsing: specification)
    if OptimizerRegistry.standard.names.contains(parts.name) {
      return OptimizerDescent(try OptimizerRegistry.standard.optimizer(specification))
    }
    _ = try Catalogue("minimizer", names) { $0 }.named(parts.name)
    return try Catalogue("minimizer", types) { $0.name }.named(parts.name)
      .init(settings: parts.settings)
  }
}
