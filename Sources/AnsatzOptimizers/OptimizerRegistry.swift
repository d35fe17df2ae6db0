import AnsatzMath

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
    let (name, settings) = parseSpecification(specification[...])
    guard let type = types.first(where: { $0.name == name }) else {
      if MinimizerRegistry.standard.ownNames.contains(name) {
        throw AnsatzError(
          .usage,
          "'\(name)' minimizes the cost of one circuit (`minimize` in code), not a loss on batches; "
            + "train with one of: \(names.joined(separator: ", "))"
            + (name == "spsa" ? ", along gradients by --gradient spsa" : ""))
      }
      throw AnsatzError(.usage, "unknown optimizer '\(name)'; \(didYouMean(name, in: names))")
    }
    return try type.init(settings: settings)
  }

  /// Makes an optimizer with some hyperparameters changed from their defaults.
  ///
  /// - Throws: As `optimizer(_:)`.
  public func optimizer(
    named name: String, hyperparameters: [String: Double]
  ) throws -> any Optimizer {
    var optimizer = try self.optimizer(name)
    for (key, value) in hyperparameters.sorted(by: { $0.key < $1.key }) {
      try optimizer.set(key, to: value)
    }
    return optimizer
  }
}
