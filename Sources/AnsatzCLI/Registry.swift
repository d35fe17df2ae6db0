import Ansatz
import Synchronization

/// The models and circuits the commands know: those of the calling package, then the library's.
enum Registry {
  private struct Contents {
    var models: [any Model.Type] = []
    var circuits: [Circuit] = []
  }

  private static let contents = Mutex(Contents())

  static func extend(models: [any Model.Type], circuits: [Circuit]) {
    contents.withLock {
      $0.models += models
      $0.circuits += circuits
    }
  }

  /// - Throws: If two models have one name.
  static func models() throws -> ModelRegistry {
    try ModelRegistry(contents.withLock(\.models) + StandardModels.all, circuits: circuits)
  }

  static var circuits: [Circuit] { contents.withLock(\.circuits) }
}
