/// The models that come with the library, the default first. A new model is one file and one line
/// here.
public enum StandardModels {
  /// Every one of them, the default first.
  public static let all: [any Model.Type] = [
    Hybrid.self, CircuitCentric.self, CircuitModel.self, MLP.self,
  ]
}
