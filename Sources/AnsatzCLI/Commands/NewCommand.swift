import Ansatz
import ArgumentParser
import Foundation

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write a Swift package with a circuit and a model of your own.",
    discussion: """
      The package has every command of ansatz, with its own model and circuit added. It builds \
      against a checkout of Ansatz: the one named by --ansatz, else by the variable ANSATZ_PATH, \
      else one found upward from the current folder or from this program. Where there is none it \
      builds against the library that `make install` put beside this program, which takes seconds.
      """)

  @Argument(
    help: ArgumentHelp("The package's name, and the folder to write it to.", valueName: "NAME"))
  var name: String

  @Option(
    name: .customLong("ansatz"),
    help: ArgumentHelp("A checkout of Ansatz for the package to build against.", valueName: "PATH"))
  var checkout: String?

  @OptionGroup var reporting: ReportOptions

  private struct Written: Encodable {
    let folder: String
    let files: [String]
    let ansatz: String
    let isInstalled: Bool
  }

  func run() throws {
    let template = try PackageTemplate(name: name, ansatz: .find(checkout: checkout))
    let files = try template.write(to: name)
    let written = Written(
      folder: name, files: files, ansatz: template.ansatz.path,
      isInstalled: template.ansatz.isInstalled)
    try report(written, asJSON: reporting.json) {
      """
      wrote \(files.map { "\(name)/\($0)" }.joined(separator: ", "))

      Now try:
        cd \(name)
        swift run -c release \(name) train iris --model \(PackageTemplate.modelName)
      \(template.ansatz.firstBuild)
      """
    }
  }
}

/// What a package is built against.
enum AnsatzSource {
  case checkout(String)
  case installed(InstalledLibrary)

  /// - Throws: If the folder named is not a checkout, or none is named and none is found, nor a
  ///   library for this compiler.
  static func find(checkout: String?) throws -> AnsatzSource {
    if let path = try Checkout.find(named: checkout) { return .checkout(path) }
    guard let library = try InstalledLibrary.find() else {
      throw AnsatzError(
        .usage,
        "no checkout of Ansatz here or above, and no library beside this program; name a checkout "
          + "with --ansatz PATH")
    }
    try library.checkCompiler()
    return .installed(library)
  }

  var path: String {
    switch self {
    case .checkout(let path): path
    case .installed(let library): library.folder
    }
  }

  var isInstalled: Bool {
    if case .installed = self { true } else { false }
  }

  /// Names that a module of the package cannot have.
  var modules: [String] {
    switch self {
    case .checkout(let path):
      (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/Sources")) ?? []
    case .installed(let library): library.modules
    }
  }

  /// How long one waits at first.
  var firstBuild: String {
    isInstalled
      ? "The first build takes some seconds: Ansatz is installed in \(path)."
      : "The first build compiles Ansatz too, some minutes; later ones take seconds."
  }
}

/// Where a checkout of Ansatz is.
enum Checkout {
  /// - Returns: Nil if none is named and none is found.
  /// - Throws: If the folder named is not a checkout.
  static func find(named path: String?) throws -> String? {
    let variable = ProcessInfo.processInfo.environment["ANSATZ_PATH"]
    for (path, origin) in [(path, "--ansatz"), (variable, "ANSATZ_PATH")] {
      guard let path, !path.isEmpty else { continue }
      guard isCheckout(path) else {
        throw AnsatzError(
          .missingInput, "\(origin) \(path) is not a checkout of Ansatz: no Sources/AnsatzCLI in it"
        )
      }
      return URL(filePath: path).standardizedFileURL.path
    }
    let here = URL(filePath: FileManager.default.currentDirectoryPath)
    let program = Bundle.main.executableURL?.resolvingSymlinksInPath()
    for start in [here, program?.deletingLastPathComponent()].compactMap({ $0 }) {
      var folder = start.standardizedFileURL
      while true {
        if isCheckout(folder.path) { return folder.path }
        guard folder.pathComponents.count > 1 else { break }
        folder.deleteLastPathComponent()
      }
    }
    return nil
  }

  private static func isCheckout(_ path: String) -> Bool {
    ["Package.swift", "Sources/AnsatzCLI"].allSatisfy {
      FileManager.default.fileExists(atPath: "\(path)/\($0)")
    }
  }
}
