/// The layers that come with the library. A new layer is one file and one line here.
public enum StandardLayers {
  /// Every one of them.
  public static let all: [any Layer.Type] =
    [
      Sequential.self, Residual.self, Frozen.self, Dense.self, Bias.self, Scale.self, Dropout.self,
      QuantumLayer.self, ClassicalTwin.self,
    ] + ActivationRegistry.standard.types.map { $0 as any Layer.Type }
}
