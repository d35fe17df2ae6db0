import Ansatz
import Synchronization

/// The models and circuits the commands know: the library's, and those of the calling package.
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

  static var circuits: [Circuit] { contents.withLock(\.circuits) }

  /// - Throws: `AnsatzError` with the near miss if there is no circuit of that name.
  static func circuit(named name: String) throws -> Circuit {
    let circuits = circuits
    if let circuit = circuits.first(where: { $0.name == name }) { return circuit }
    throw AnsatzError(
      .usage, "unknown circuit '\(name)'; \(didYouMean(name, in: circuits.map(\.name)))")
  }
}
