import Ansatz
import Foundation

/// The files of a user's own package.
struct PackageTemplate {
  let name: String
  /// The absolute path of the checkout to build against.
  let checkout: String
  /// What the command line calls the package's model.
  static let modelName = "example"

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
      ("Package.swift", manifest), ("Sources/\(name)/ExampleCircuit.swift", Self.circuit),
      ("Sources/\(name)/ExampleModel.swift", Self.model),
      ("Sources/\(name)/main.swift", Self.main), ("README.md", readme), (".gitignore", ".build/\n"),
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

  private static let circuit = """
    import Ansatz

    /// Two features on two qubits, uploaded in each of two trained layers.
    func exampleCircuit() throws -> Circuit {
      let x = Inputs("x", 2)
      let θ = Weights("θ", 2, 2)
      return try Circuit("example-circuit", qubits: 2) {
        for layer in 0..<2 {
          for q in 0..<2 {
            RY(.pi * x[q], on: q)
            RX(θ[layer, q], on: q)
          }
          CNOT(control: 0, target: 1)
        }
      }
    }

    """

  private static let model = """
    import Ansatz

    /// A dense layer down to two numbers, the circuit, a dense layer up to the classes.
    ///
    /// The stored properties are hyperparameters: `--set scale=0.5` sets one, and the checkpoint
    /// keeps them.
    struct ExampleModel: Model {
      static let name = "\(modelName)"
      static let summary = "the example circuit between two dense layers"

      var scale = 1.0
      var gradient = "adjoint"

      var training: TrainingOptions {
        TrainingOptions(epochs: 40, batchSize: 16, learningRate: 0.02)
      }

      func network(features: Int, classes: Int) throws -> Sequential {
        let quantum = try QuantumLayer(
          exampleCircuit(), measuring: [Z(0), Z(1)],
          gradientMethod: GradientMethods.named(gradient))
        let outputs = try outputCount(classes: classes)
        return Sequential {
          Dense(2)
          Tanh()
          Scale(by: scale)
          quantum
          Dense(outputs)
        }
      }
    }

    """

  private static let main = """
    import AnsatzCLI

    AnsatzCommand.main(models: [ExampleModel.self], circuits: [try exampleCircuit()])

    """

  private var readme: String {
    """
    # \(name)

    A circuit and a model of its own, with every command of Ansatz:

        swift run -c release \(name) draw example-circuit
        swift run -c release \(name) train iris --model \(Self.modelName)
        swift run -c release \(name) compare iris --model \(Self.modelName)

    `Package.swift` names the checkout of Ansatz that it builds against.

    """
  }

  /// A path as a Swift string literal.
  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
