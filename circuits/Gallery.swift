import Ansatz

/// Every circuit of the gallery. A new one is one file and one line here.
public enum Gallery {
  public static func all() throws -> [Circuit] {
    [
      try bellPair(),
      try reuploadingClassifier(),
      try iqpClassifier(),
    ]
  }
}
