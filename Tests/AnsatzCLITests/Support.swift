import Foundation
import Testing

/// What a process left behind.
struct Outcome {
  let status: Int32
  let output: String
  let errors: String

  /// The line that `ansatz: error: ` begins, if that is all there is on standard error.
  var complaint: String? {
    let prefix = "ansatz: error: "
    guard errors.hasPrefix(prefix), errors.dropLast().allSatisfy({ $0 != "\n" }) else { return nil }
    return String(errors.dropFirst(prefix.count).dropLast())
  }
}

/// The checkout, found from this file.
let repository = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

/// The binary `ansatz`, which the build puts beside the tests.
let ansatzBinary: String = {
  let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
  return URL(filePath: tests).deletingLastPathComponent().appending(path: "ansatz").path
}()

/// A process that has been started, with its output going to files.
final class Running {
  let process = Process()
  private let folder: TemporaryFolder

  init(
    _ executable: String, _ arguments: [String], in directory: String? = nil,
    environment: [String: String] = [:], input: String? = nil
  ) throws {
    folder = try TemporaryFolder()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let directory { process.currentDirectoryURL = URL(filePath: directory) }
    process.standardOutput = try folder.emptyFile("output")
    process.standardError = try folder.emptyFile("errors")
    let inputPath = try folder.write("input", input ?? "")
    process.standardInput = FileHandle(forReadingAtPath: inputPath)
    try process.run()
  }

  var errorsSoFar: String { folder.read("errors") }

  func wait() -> Outcome {
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit
        ? process.terminationStatus : -process.terminationStatus,
      output: folder.read("output"), errors: folder.read("errors"))
  }
}

/// Runs `ansatz` to its end.
func ansatz(_ arguments: String..., in directory: String? = nil) throws -> Outcome {
  try Running(ansatzBinary, arguments, in: directory).wait()
}

/// Runs `ansatz` to its end.
func ansatz(_ arguments: [String]) throws -> Outcome {
  try Running(ansatzBinary, arguments).wait()
}

/// A folder of a test's own, removed with the value.
final class TemporaryFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "ansatz-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let file = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: false, encoding: .utf8)
    return file.path
  }

  func read(_ name: String) -> String {
    (try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)) ?? ""
  }

  func emptyFile(_ name: String) throws -> FileHandle {
    try #require(FileHandle(forWritingAtPath: write(name, "")))
  }
}

/// The JSON a command reported.
func json(_ outcome: Outcome) throws -> Any {
  try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
}
