import Foundation
import Testing

@Suite("Commands in the pages")
struct CommandTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../..").standardizedFileURL

  private static func text(_ page: String) throws -> String {
    try String(contentsOf: root.appending(path: page), encoding: .utf8)
  }

  /// Where the build puts `ansatz` beside the tests.
  private static let binaries: String = {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: tests).deletingLastPathComponent().path
  }()

  /// A folder with the gallery in it, as in a checkout, where a page's commands are run in order.
  private static func run(_ script: String, in folder: URL) throws -> (
    code: Int32, text: String, errors: String
  ) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["bash", "-euo", "pipefail", "-c", script]
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = "\(binaries):\(environment["PATH"] ?? "/usr/bin:/bin")"
    environment["ANSATZ_PATH"] = root.path
    environment["HOME"] = folder.path
    process.environment = environment
    // Standard error holds progress where work is long, which pages do not show.
    let files = ["output", "errors"].map {
      FileManager.default.temporaryDirectory.appending(path: "ansatz-\($0)-\(UUID().uuidString)")
    }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    let handles = try files.map { file in
      try Data().write(to: file)
      return try FileHandle(forWritingTo: file)
    }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    for handle in handles { try handle.close() }
    let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
    return (process.terminationStatus, texts[0], texts[1])
  }

  @Test(
    "Every command of a page runs in the page's order and prints what the page says",
    arguments: DocumentationTests.pages)
  func commands(page: String) throws {
    let blocks = CommandBlocks(page: try Self.text(page))
    guard !blocks.items.isEmpty else { return }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "ansatz-page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "circuits"),
      withDestinationURL: Self.root.appending(path: "circuits"))
    for item in blocks.items {
      switch item {
      case .file(let name, let text):
        try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
      case .script(let script):
        let result = try Self.run(script, in: folder)
        #expect(result.code == 0, "\(page): \(script)\n\(result.errors)")
      case .command(let command, let output, let tolerance):
        let result = try Self.run(command, in: folder)
        #expect(result.code == 0, "\(page): \(command)\n\(result.errors)")
        #expect(
          prints(result.text, output.joined(separator: "\n"), tolerance: tolerance),
          "\(page): \(command) prints\n\(result.text)")
      }
    }
  }

  @Test(
    "What is not run has a reason, and its targets of make exist",
    arguments: DocumentationTests.pages)
  func leftOut(page: String) throws {
    let text = try Self.text(page)
    let makefile = try Self.text("Makefile")
    let blocks = CommandBlocks(page: text)
    for block in blocks.leftOut { #expect(block.reason.count > 8, "\(page): \(block.text)") }
    let lines =
      text.split(separator: "\n").filter { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }
      + blocks.leftOut.flatMap { $0.text.split(separator: "\n") }
    for line in lines where line.hasPrefix("make ") {
      let target = line.split(separator: " ")[1]
      #expect(makefile.contains("\n\(target):"), "\(page): \(line)")
    }
  }

  @Test("Every command named in a page's text is a command", arguments: DocumentationTests.pages)
  func spans(page: String) throws {
    let program = try Self.run("ansatz --help", in: FileManager.default.temporaryDirectory).text
    for match in try Self.text(page).matches(of: /`ansatz ([a-z]+)/) {
      #expect(
        match.1 == "help" || program.contains("\n  \(match.1) "), "\(page): ansatz \(match.1)")
    }
  }

  @Test("The pages hold commands, so the checks above check something")
  func count() throws {
    var scripts = 0
    var outputs = 0
    for page in DocumentationTests.pages {
      for item in CommandBlocks(page: try Self.text(page)).items {
        switch item {
        case .script: scripts += 1
        case .command: outputs += 1
        case .file: break
        }
      }
    }
    #expect(scripts >= 10 && outputs >= 8, "\(scripts) scripts, \(outputs) with what they print")
    #expect(prints("a 1.5 ms 0.25", "a 2 s 0.25") && !prints("a 0.25", "a 0.26"))
    #expect(!prints("a b", "a") && !prints("a b", "a c") && prints("p(x),0.1", "p(x),0.1000000001"))
    #expect(!prints("2 rows", "3 rows", tolerance: 5) && prints("1.5", "1.4", tolerance: 0.2))
  }
}
