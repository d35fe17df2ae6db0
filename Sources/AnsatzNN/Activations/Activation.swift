import AnsatzMath
import AnsatzSettings

/// A layer without parameters that can be chosen by name.
public protocol Activation: Layer {
  /// With its default settings.
  init()
}

extension Activation {
  public static var examples: [LayerExample] {
    [LayerExample(Self(), [3]), LayerExample(Self(), [2, 3])]
  }
}

/// The activations that can be chosen by name.
public struct ActivationRegistry: Sendable {
  /// Those that the command line knows.
  public static let standard = ActivationRegistry([
    Sigmoid.self, Tanh.self, ReLU.self, LeakyReLU.self, GELU.self, Softmax.self,
  ])

  /// In the order of listings.
  public let types: [any Activation.Type]

  /// A registry of these types.
  public init(_ types: [any Activation.Type]) { self.types = types }

  /// The names of all, in the order of listings.
  public var names: [String] { types.map { $0.init().name } }

  /// The activation of a name.
  ///
  /// - Throws: `AnsatzError` for an unknown name, with a suggestion.
  public func activation(_ name: String) throws -> any Activation {
    try Catalogue("activation", types.map { $0.init() }) { $0.name }.named(name)
  }
}
