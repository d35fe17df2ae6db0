import AnsatzMath
@testable import AnsatzNN
import Foundation
import Synchronization

/// A fresh directory that is removed with its owner.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "ansatz-nn-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Everything below, as relative paths, sorted.
  var contents: [String] {
    (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
  }

  func bytes(_ name: String) throws -> [UInt8] { try SystemFiles().read("\(path)/\(name)") }

  func write(_ bytes: [UInt8], to name: String) throws {
    try SystemFiles().write(bytes, to: "\(path)/\(name)")
  }

  /// Changes a file of a generation, and the manifest to match: what a stranger could send.
  func forge(
    _ generation: String, _ name: String, _ change: ([UInt8]) throws -> [UInt8]
  ) throws {
    try write(change(bytes("\(generation)/\(name)")), to: "\(generation)/\(name)")
    let manifest = try CheckpointManifest(bytes("\(generation)/MANIFEST"))
    let files = try manifest.lines.map {
      Checkpoint.File(name: $0.name, bytes: try bytes("\(generation)/\($0.name)"))
    }
    try write(CheckpointManifest(of: files).encoded, to: "\(generation)/MANIFEST")
  }

  /// Changes the description of a generation, and the manifest to match.
  func forgeDescription(_ generation: String, _ change: (inout [String: Any]) throws -> Void) throws
  {
    try forge(generation, "checkpoint.json") { bytes in
      var object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
      try change(&object)
      return Array(try JSONSerialization.data(withJSONObject: object))
    }
  }
}

let testRecord = ModelRecord(
  model: "test", hyperparameters: .object(["width": .integer(7)]), features: 4,
  classNames: ["a", "b", "ü"], labelColumn: "kind", columns: ["w", "x", "y", "z"], data: "clouds")

/// The system's files, of which the operation with a given number fails; half of a failed write
/// reaches the disk.
final class FailingFiles: CheckpointFiles {
  private let system = SystemFiles()
  private let remaining: Mutex<Int>
  let error = AnsatzError(.inputOutput, "cannot write: No space left on device")

  init(failingAt operation: Int) { remaining = Mutex(operation) }

  /// Whether the failure has happened.
  var hasFailed: Bool { remaining.withLock { $0 < 0 } }

  private func countDown() -> Bool {
    remaining.withLock {
      $0 -= 1
      return $0 == -1
    }
  }

  func createDirectory(_ path: String) throws {
    if countDown() { throw error }
    try system.createDirectory(path)
  }
  func write(_ bytes: [UInt8], to path: String) throws {
    if countDown() {
      try system.write(Array(bytes.prefix(bytes.count / 2)), to: path)
      throw error
    }
    try system.write(bytes, to: path)
  }
  func syncDirectory(_ path: String) throws {
    if countDown() { throw error }
    try system.syncDirectory(path)
  }
  func rename(_ path: String, to newPath: String) throws {
    if countDown() { throw error }
    try system.rename(path, to: newPath)
  }
  // Cleaning up and reading work: a full disk does not prevent them.
  func remove(_ path: String) throws { try system.remove(path) }
  func read(_ path: String) throws -> [UInt8] { try system.read(path) }
  func list(_ path: String) throws -> [String] { try system.list(path) }
  func kind(of path: String) -> FileKind { system.kind(of: path) }
  // What a file system refuses here is written instead.
  func link(_ path: String, to newPath: String) throws { throw error }
}
