import AnsatzMath
import Foundation

/// The few file operations a checkpoint needs, so that tests can make each of them fail.
public protocol CheckpointFiles: Sendable {
  /// Makes a directory, and those above it.
  func createDirectory(_ path: String) throws
  /// Writes a new file and waits until it is on the disk.
  func write(_ bytes: [UInt8], to path: String) throws
  /// Waits until a directory's entries are on the disk.
  func syncDirectory(_ path: String) throws
  /// Moves a file or directory in one step; a file replaces another.
  func rename(_ path: String, to newPath: String) throws
  /// Removes a file, or a directory with all it holds.
  func remove(_ path: String) throws
  /// The bytes of a file.
  func read(_ path: String) throws -> [UInt8]
  /// The names in a directory, sorted.
  func list(_ path: String) throws -> [String]
  /// Whether there is a file or a directory.
  func exists(_ path: String) -> Bool
}

/// What comes before the last slash of a path, and what after it. (`NSString` crashes on a name of
/// one letter.)
func splitPath(_ path: String) -> (parent: String, last: String) {
  guard let slash = path.lastIndex(of: "/") else { return ("", path) }
  return (String(path[..<slash]), String(path[path.index(after: slash)...]))
}

/// The files of the system.
public struct SystemFiles: CheckpointFiles {
  /// The files of the process.
  public init() {}

  public func createDirectory(_ path: String) throws {
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
      if isDirectory.boolValue { return }
      throw AnsatzError(.cannotCreate, "cannot create directory '\(path)': a file is in its place")
    }
    let parent = splitPath(path).parent
    if !parent.isEmpty { try createDirectory(parent) }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw systemError("cannot create directory '\(path)'")
    }
  }

  public func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw systemError("cannot create '\(path)'") }
    var isOpen = true
    defer { if isOpen { close(descriptor) } }
    try bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let count = Foundation.write(
          descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw systemError("cannot write '\(path)'") }
        done += count
      }
    }
    guard fsync(descriptor) == 0 else { throw systemError("cannot write '\(path)'") }
    isOpen = false
    guard close(descriptor) == 0 else { throw systemError("cannot write '\(path)'") }
  }

  public func syncDirectory(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemError("cannot open directory '\(path)'") }
    defer { close(descriptor) }
    // Some file systems cannot sync a directory; their renames are as durable as they get.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw systemError("cannot write directory '\(path)'")
    }
  }

  public func rename(_ path: String, to newPath: String) throws {
    guard Foundation.rename(path, newPath) == 0 else {
      throw systemError("cannot rename '\(path)' to '\(newPath)'")
    }
  }

  public func remove(_ path: String) throws {
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw AnsatzError(.inputOutput, "cannot remove '\(path)'")
    }
  }

  public func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemError("cannot open '\(path)'", missing: true) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = Foundation.read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw systemError("cannot read '\(path)'") }
      if count == 0 { return bytes }
      bytes += block[..<count]
    }
  }

  public func list(_ path: String) throws -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: path).sorted() } catch {
      throw AnsatzError(.missingInput, "cannot read directory '\(path)'")
    }
  }

  public func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private func systemError(_ what: String, missing: Bool = false) -> AnsatzError {
    let code = errno
    let category: AnsatzError.Category
    switch code {
    case ENOENT where missing: category = .missingInput
    case EACCES, EPERM, EROFS, ENOTDIR: category = .cannotCreate
    default: category = .inputOutput
    }
    return AnsatzError(category, "\(what): \(String(cString: strerror(code)))")
  }
}
