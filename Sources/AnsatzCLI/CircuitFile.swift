import Ansatz
import Foundation

/// An OpenQASM program in a file.
struct CircuitFile {
  private let path: String

  init(_ path: String) { self.path = path }

  /// - Throws: `AnsatzError` for a file that cannot be read, or that holds no program.
  func circuit() throws -> Circuit {
    guard FileManager.default.fileExists(atPath: path) else {
      throw AnsatzError(.noInput, "\(path): no such file")
    }
    throw AnsatzError(.unavailable, "\(path): reading OpenQASM is not built in")
  }
}
