import Foundation

/// Where a result goes: a path, as a user wrote it.
///
/// A regular file is replaced at once or not at all, and keeps its mode; a link stays, and the file
/// it leads to is replaced. Devices, FIFOs, sockets and the process's own streams (`/dev/stdout`) are
/// written to and never replaced. New files have the mode that the umask leaves.
public struct OutputFile: Sendable {
  /// The path as the user wrote it.
  public let path: String
  /// What the file is called in errors.
  private let title: String

  /// - Parameter role: What it is to the user, such as `the report`; nothing if the path is enough.
  public init(_ path: String, role: String = "") {
    self.path = path
    title = role.isEmpty ? path : "\(role) \(path)"
  }

  /// Finds out whether the file can be written, without a change to it.
  ///
  /// - Throws: `AnsatzError(.cannotCreate)` that says why not.
  public func check() throws(AnsatzError) {
    switch try destination() {
    case .descriptor(let descriptor):
      let flags = fcntl(descriptor, F_GETFL)
      guard flags >= 0 else { throw refusal(errno) }
      guard flags & O_ACCMODE != O_RDONLY else { throw refusal(EBADF) }
    case .stream(let place), .socket(let place), .regular(let place, _):
      guard access(place, W_OK) == 0 else { throw refusal(errno) }
    case .absent(let place):
      let (folder, name) = split(place)
      guard name.utf8.count <= Int(NAME_MAX) else { throw refusal(ENAMETOOLONG) }
      guard access(folder, W_OK | X_OK) == 0 else { throw refusal(errno) }
    }
  }

  /// Writes the whole contents.
  ///
  /// - Throws: `AnsatzError(.cannotCreate)` if nothing can be written there, `.inputOutput` if the
  ///   writing failed on the way; a regular file is then as it was before.
  public func write(_ text: String) throws(AnsatzError) {
    try check()
    let bytes = Array(text.utf8)
    switch try destination() {
    case .descriptor(let descriptor):
      let code = writeAll(bytes, to: descriptor)
      // A reader that goes away (`… -o /dev/stdout | head`) has had enough.
      guard code == 0 || code == EPIPE else { throw failure(code) }
    case .stream(let place):
      try writeThrough(bytes, to: opened(place))
    case .socket(let place): try writeThrough(bytes, to: connected(to: place))
    case .absent(let place): try replace(place, with: bytes, as: nil)
    case .regular(let place, let status): try replace(place, with: bytes, as: status)
    }
  }

  /// A device, or a FIFO once somebody reads it; who opened it without a reader would wait for ever.
  private func opened(_ place: String) throws(AnsatzError) -> Int32 {
    let patience = ContinuousClock.now + .seconds(5)
    while true {
      let descriptor = open(place, O_WRONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
      if descriptor >= 0 {
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK)
        return descriptor
      }
      guard errno == ENXIO else { return descriptor }
      guard ContinuousClock.now < patience, !StopFlag.isRaised else {
        throw AnsatzError(
          .cannotCreate, "nobody reads from '\(path)'; start its reader first, or name a file")
      }
      usleep(20_000)
    }
  }

  private enum Destination {
    /// A descriptor of this process.
    case descriptor(Int32)
    /// A device or a FIFO.
    case stream(String)
    case socket(String)
    case regular(String, stat)
    case absent(String)
  }

  /// Follows links to what the path means.
  private func destination() throws(AnsatzError) -> Destination {
    var current = path
    for _ in 0..<40 {
      let (parent, name) = split(current)
      guard !name.isEmpty, name != ".", name != ".." else { throw isFolder }
      guard let real = realpath(parent, nil) else { throw refusal(errno) }
      let folder = String(cString: real)
      free(real)
      // Descriptors look like links there, but what they lead to may have no name.
      if folder.hasPrefix("/proc/") {
        let own = ["/proc/self/fd", "/proc/\(getpid())/fd"].contains(folder)
        if own, let descriptor = Int32(name) { return .descriptor(descriptor) }
        return .stream("\(folder)/\(name)")
      }
      let place = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
      var status = stat()
      guard lstat(place, &status) == 0 else {
        if errno == ENOENT { return .absent(place) }
        throw refusal(errno)
      }
      switch status.st_mode & S_IFMT {
      case S_IFREG: return .regular(place, status)
      case S_IFDIR: throw isFolder
      case S_IFSOCK: return .socket(place)
      case S_IFLNK:
        var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(place, &target, target.count)
        guard count > 0 else { throw refusal(errno) }
        let text = String(decoding: target.prefix(count), as: UTF8.self)
        current = text.hasPrefix("/") ? text : "\(folder)/\(text)"
      default: return .stream(place)
      }
    }
    throw refusal(ELOOP)
  }

  /// Writes beside the file and renames; into the file where the folder takes no other.
  private func replace(
    _ place: String, with bytes: [UInt8], as old: stat?
  ) throws(AnsatzError) {
    let folder = split(place).folder
    var random = SystemRandomNumberGenerator()
    let partial = "\(folder)/.ansatz-\(getpid())-\(String(random.next(), radix: 36))"
    let mode: mode_t = old == nil ? 0o666 : 0o600
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      let code = errno
      guard old != nil, [EACCES, EPERM].contains(code) else { throw refusal(code) }
      return try writeThrough(bytes, to: open(place, O_WRONLY | O_TRUNC | O_CLOEXEC))
    }
    var code = writeAll(bytes, to: descriptor)
    if let old, code == 0 {
      // Who may not give files away keeps the mode all the same.
      if fchown(descriptor, old.st_uid, old.st_gid) != 0 {
        _ = fchown(descriptor, .max, old.st_gid)
      }
      if fchmod(descriptor, old.st_mode & 0o7777) != 0 { code = errno }
    }
    // Some file systems cannot sync.
    if code == 0, fsync(descriptor) != 0, errno != EINVAL { code = errno }
    if close(descriptor) != 0, code == 0 { code = errno }
    if code == 0, rename(partial, place) != 0 { code = errno }
    guard code == 0 else {
      unlink(partial)
      throw failure(code)
    }
  }

  private func writeThrough(_ bytes: [UInt8], to descriptor: Int32) throws(AnsatzError) {
    guard descriptor >= 0 else { throw refusal(errno) }
    var code = writeAll(bytes, to: descriptor)
    if close(descriptor) != 0, code == 0 { code = errno }
    guard code == 0 else { throw failure(code) }
  }

  /// - Returns: A descriptor, or -1 with `errno`.
  private func connected(to place: String) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = Array(place.utf8)
    let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
      guard name.count < room.count else { return false }
      room.copyBytes(from: name)
      return true
    }
    guard fits else {
      errno = ENAMETOOLONG
      return -1
    }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return -1 }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard result == 0 else {
      let code = errno
      close(descriptor)
      errno = code
      return -1
    }
    return descriptor
  }

  private func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }

  private var isFolder: AnsatzError {
    AnsatzError(.cannotCreate, "\(title) is a folder; name a file in it")
  }

  private func refusal(_ code: Int32) -> AnsatzError {
    AnsatzError(
      .cannotCreate,
      "\(title) cannot be written (\(String(cString: strerror(code)))); use a folder that exists "
        + "and can be written to")
  }

  private func failure(_ code: Int32) -> AnsatzError {
    AnsatzError(
      .inputOutput, "\(title) cannot be written: \(String(cString: strerror(code)))")
  }
}

/// - Returns: Zero, or the error number of the write that failed.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0 {
      if errno == EINTR { continue }
      return errno
    }
    rest = rest.dropFirst(count)
  }
  return 0
}
