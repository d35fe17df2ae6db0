import Ansatz
import Foundation

/// The files of a user's own package.
struct PackageTemplate {
  let name: String
  /// The absolute path of the checkout to build against.
  let checkout: String
  let modelName = "TwoQubits"

  /// - Throws: If the name cannot name a package and its module.
  init(name: String, checkout: String) throws {
    let isFirst = name.first.map { $0.isASCII && $0.isLetter } ?? false
    guard isFirst, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    else {
      throw AnsatzError(
        .usage,
        "'\(name)' cannot name a package; use letters, digits and _, with a letter first")
    }
    let taken = (try? FileManager.default.contentsOfDirectory(atPath: "\(checkout)/Sources")) ?? []
    let reserved =
      taken + ["Circuits", "Swift", "Foundation", "ArgumentParser", "Numerics", "main"]
    if let module = reserved.first(where: { $0.lowercased() == name.lowercased() }) {
      throw AnsatzError(.usage, "'\(name)' is the name of the module \(module); choose another")
    }
    self.name = name
    self.checkout = checkout
  }

  /// Writes the package to a new folder.
  ///
  /// - Returns: The paths of the files within the folder.
  /// - Throws: If the folder exists already or cannot be written.
  func write(to folder: String) throws -> [String] {
    guard !FileManager.default.fileExists(atPath: folder) else {
      throw AnsatzError(.cannotCreate, "\(folder) exists already; choose another name")
    }
    let files = [
      ("Package.swift", manifest), ("Sources/\(name)/\(modelName).swift", model),
      ("Sources/\(name)/main.swift", main), ("README.md", readme), (".gitignore", ".build/\n"),
    ]
    for (path, text) in files {
      let file = URL(filePath: folder).appending(path: path)
      do {
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
      } catch {
        throw AnsatzError(.cannotCreate, "cannot write \(folder)/\(path)")
      }
    }
    return files.map(\.0)
  }

  private var manifest: String {
    """
    // swift-tools-version: 6.1
    import PackageDescription

    let package = Package(
      name: "\(name)",
      dependencies: [
        .package(name: "ansatz", path: \(quoted(checkout)))
      ],
      targets: [
        .executableTarget(
          name: "\(name)",
          dependencies: [
            .product(name: "Ansatz", package: "ansatz"),
            .product(name: "AnsatzCLI", package: "ansatz"),
          ])
      ],
      swiftLanguageModes: [.v6]
    )

    """
  }

  private var main: String {
    """
    import AnsatzCLI

    AnsatzCommand.main(models: [], circuits: [])

    """
  }

  private var model: String {
    """
    import Ansatz
    """
  }

  private var readme: String {
    """
    # \(name)

    A circuit and a model of its own, with every command of Ansatz:

        swift run -c release \(name) models
        swift run -c release \(name) train iris --model \(modelName)
    """
  }

  /// A path as a Swift string literal.
  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
