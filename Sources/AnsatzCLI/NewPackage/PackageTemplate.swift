import Ansatz
import Foundation

/// The files of a user's own package.
struct PackageTemplate {
  let name: String
  /// What to build against.
  let ansatz: AnsatzSource
  /// What the command line calls the package's model.
  static let modelName = "example"

  /// - Throws: If the name cannot name a package and its module.
  init(name: String, ansatz: AnsatzSource) throws {
    let isFirst = name.first.map { $0.isASCII && $0.isLetter } ?? false
    guard isFirst, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    else {
      throw AnsatzError(
        .usage,
        "'\(name)' cannot name a package; use letters, digits and _, with a letter first")
    }
    let reserved =
      ansatz.modules + ["Circuits", "Swift", "Foundation", "ArgumentParser", "Numerics", "main"]
    if let module = reserved.first(where: { $0.lowercased() == name.lowercased() }) {
      throw AnsatzError(.usage, "'\(name)' is the name of the module \(module); choose another")
    }
    self.name = name
    self.ansatz = ansatz
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
    switch ansatz {
    case .checkout(let path): Self.manifest(name, checkout: path)
    case .installed(let library): Self.manifest(name, library: library)
    }
  }

  private static func manifest(_ name: String, checkout: String) -> String {
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

  /// What fits the compiler of the library alone asks for a product that is not there with any other:
  /// the message is then the one line of the build.
  private static func manifest(_ name: String, library: InstalledLibrary) -> String {
    let version = library.compilerVersion
    let exact = version.map(String.init).joined(separator: ".")
    let next = "\(version[0]).\(version[1]).\(version[2] + 1)"
    let record = library.record
    let headers = record.headers.map { ", \"-Xcc\", \(quoted("-I" + $0))" }.joined()
    let folders = record.folders.map { ", \(quoted("-L" + $0))" }.joined()
    let libraries = record.libraries.map { "\n        .linkedLibrary(\(quoted($0)))," }.joined()
    return """
      // swift-tools-version: 6.1
      import PackageDescription

      // What `make install` of Ansatz put here, for the compiler that built it alone.
      let ansatz = \(quoted(library.folder))

      #if compiler(>=\(exact)) && !compiler(>=\(next))
        let dependencies: [Target.Dependency] = []
      #else
        let dependencies: [Target.Dependency] = [
          .byName(name: "Ansatz for this compiler: \\(ansatz) is for Swift \(exact); run `make install` again in the checkout of Ansatz, and change the version in Package.swift")
        ]
      #endif

      let package = Package(
        name: "\(name)",
        targets: [
          .executableTarget(
            name: "\(name)",
            dependencies: dependencies,
            swiftSettings: [.unsafeFlags(["-I", "\\(ansatz)/modules"\(headers)])],
            linkerSettings: [
              .unsafeFlags(["-L\\(ansatz)"\(folders)]),
              .linkedLibrary("Ansatz"),\(libraries)
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
      var loss = "cross-entropy"
      /// How the circuit's weights start: small ones stay near the identity.
      var start = "normal(0.1)"

      var training: TrainingOptions {
        TrainingOptions(epochs: 40, batchSize: 16, learningRate: 0.02)
      }

      func network(features: Int, classes: Int) throws -> Sequential {
        let quantum = try QuantumLayer(
          exampleCircuit(), measuring: [Z(0), Z(1)], initial: ["θ": .named(start)],
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

    // An error of a circuit ends the program with its message. Around code of your own that does not
    // go through here, `explainingErrors { … }` does the same.
    AnsatzCommand.main(models: [ExampleModel.self], circuits: [try exampleCircuit()])

    """

  private var readme: String {
    """
    # \(name)

    A circuit and a model of its own, with every command of Ansatz:

        swift run -c release \(name) draw example-circuit
        swift run -c release \(name) train iris --model \(Self.modelName)
        swift run -c release \(name) compare iris --model \(Self.modelName)

    `Package.swift` names the \(ansatz.isInstalled ? "installed library" : "checkout") of Ansatz that it \
    builds against. \(ansatz.firstBuild)

    """
  }

  /// A path as a Swift string literal.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
