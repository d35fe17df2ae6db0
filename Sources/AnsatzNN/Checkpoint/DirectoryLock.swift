import AnsatzMath
import Foundation

/// Keeps other processes from writing checkpoints to a directory, as long as it lives.
///
/// The system releases it with the process, however that ends. File systems that know no locks are
/// used without one.
public final class DirectoryLock: Sendable {
  private let descriptor: Int32

  /// - Throws: `AnsatzError(.cannotCreate)` if another lock on the directory is held.
  public init(_ path: String) throws {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw AnsatzError(
        .cannotCreate, "cannot open directory '\(path)': \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
      throw AnsatzError(
        .cannotCreate,
        "another process is training into '\(path)'; wait until it ends, or name another folder")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
