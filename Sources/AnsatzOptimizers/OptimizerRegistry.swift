import AnsatzMath
import AnsatzSettings

/// The optimizers that can be chosen by name.
public struct OptimizerRegistry: Sendable {
  /// Those that the command line knows.
  public static let standard = OptimizerRegistry([
    SGD.self, Momentum.self, Nesterov.self, AdaGrad.self, RMSProp.self, Adam.self, AdamW.self,
  ])

  /// In the order of listings.
  public let types: [any Optimizer.Type]

  /// A registry of these types.
  public init(_ types: [any Optimizer.Type]) { self.types = types }

  /// The names of all, in the order of listings.
  public var names: [String] { types.map { $0.name } }

  /// Makes an optimizer from text such as `adam` or `adam:beta1=0.95,epsilon=1e-7`.
  ///
  /// - Throws: `AnsatzError` for an unknown name or hyperparameter (with a suggestion), or a value
  ///   out of bounds.
  public func optimizer(_ specification: String) throws -> any Optimizer {
    let parts = Specification(parsing: specification)
    let name = parts.name
    if !names.contains(name), MinimizerRegistry.standard.ownNames.contains(name) {
      throw AnsatzError(
        .usage,
        "'\(name)' minimizes the cost of one circuit (`minimize` in code), not a loss on batches; "
          + "train with one of: \(names.joined(separator: ", "))"
          + (name == "spsa" ? ", along gradients by --gradient spsa" : ""))
    }
    return try Catalogue("optimizer", types) { $0.name }.named(name)
      .init(settings: parts.settings)
  }
}
