import Ansatz
import Foundation

/// An OpenQASM program in a file.
struct CircuitFile {
  let path: String

  /// The most bytes that are read.
  private static let maximumLength = 1 << 26

  init(_ path: String) { self.path = path }

  /// - Throws: `AnsatzError` for a file that cannot be read, or that holds no program.
  func circuit() throws -> Circuit {
    _ = try bytes()
    throw AnsatzError(.unavailable, "\(path): this build does not read OpenQASM")
  }

  /// What is in the file.
  private func bytes() throws -> [UInt8] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw AnsatzError(.missingInput, "\(path): no such file")
    }
    guard !isFolder.boolValue, let file = FileHandle(forReadingAtPath: path) else {
      let mend = isFolder.boolValue ? "it is a folder" : "check its permissions"
      throw AnsatzError(.missingInput, "\(path) cannot be read; \(mend)")
    }
    defer { try? file.close() }
    let data = try file.read(upToCount: Self.maximumLength + 1) ?? Data()
    guard data.count <= Self.maximumLength else {
      throw AnsatzError(
        .badData, "\(path) is longer than \(Self.maximumLength) bytes, the most that is read")
    }
    return [UInt8](data)
  }
}
