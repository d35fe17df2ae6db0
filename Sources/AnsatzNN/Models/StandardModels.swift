/// The models that come with the library.
public enum StandardModels {
  public static let all: [any Model.Type] = [MLP.self]
}
