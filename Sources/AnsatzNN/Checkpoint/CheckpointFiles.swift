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
  /// Gives a file another name beside its own; the file system may refuse.
  func link(_ path: String, to newPath: String) throws
  /// The bytes of a regular file; anything else is refused, links too, without waiting for it.
  func read(_ path: String) throws -> [UInt8]
  /// The names in a directory, sorted.
  func list(_ path: String) throws -> [String]
  /// What is at a path; a link is not followed.
  func kind(of path: String) -> FileKind
}

/// What a path leads to.
public enum FileKind: Equatable, Sendable {
  /// Nothing.
  case absent
  /// A file of so many bytes.
  case regular(size: Int)
  /// A directory.
  case directory
  /// A link, device, FIFO or socket, by that name.
  case other(String)

  /// From what the system knows of a file.
  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .regular(size: Int(status.st_size))
    case S_IFDIR: self = .directory
    case S_IFLNK: self = .other("link")
    case S_IFIFO: self = .other("FIFO")
    case S_IFSOCK: self = .other("socket")
    default: self = .other("device")
    }
  }
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

  public func link(_ path: String, to newPath: String) throws {
    guard Foundation.link(path, newPath) == 0 else {
      throw systemError("cannot link '\(path)' to '\(newPath)'")
    }
  }

  public func read(_ path: String) throws -> [UInt8] {
    // A folder may come from a stranger: opening a FIFO would wait, a device would have no end.
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      try requireRegular(kind(of: path), path)
      errno = code
      throw systemError("cannot open '\(path)'", missing: true)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw systemError("cannot read '\(path)'") }
    try requireRegular(FileKind(status), path)
    // Not more than there was at first, even if somebody is still writing.
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        Foundation.read(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw systemError("cannot read '\(path)'") }
      if count == 0 { break }
      done += count
    }
    bytes.removeLast(bytes.count - done)
    return bytes
  }

  private func requireRegular(_ kind: FileKind, _ path: String) throws {
    switch kind {
    case .regular, .absent: return
    case .directory: throw AnsatzError(.badData, "'\(path)' is a folder, not a file")
    case .other(let name):
      throw AnsatzError(
        .badData, "'\(path)' is a \(name); a checkpoint is read from regular files alone")
    }
  }

  public func list(_ path: String) throws -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: path).sorted() } catch {
      throw AnsatzError(.missingInput, "cannot read directory '\(path)'")
    }
  }

  public func kind(of path: String) -> FileKind {
    var status = stat()
    return lstat(path, &status) == 0 ? FileKind(status) : .absent
  }

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
