import AnsatzMath

extension CheckpointStore {
  /// A checkpoint that was found, and where.
  public struct Found: Sendable {
    /// What the generation holds.
    public let checkpoint: Checkpoint
    /// The generation's directory.
    public let path: String
    /// What was amiss with the file that should have named it, in one line; nil if nothing was.
    public let notice: String?
  }

  /// What a directory holds, to one who would start a new run there.
  public enum Holding: Sendable {
    /// No checkpoint, or only a first one whose writing was interrupted.
    case nothing
    /// A checkpoint to go on from.
    case checkpoint(Found)
    /// Generations, of which none is whole; the text says what is damaged.
    case damaged(String)
  }

  /// Reads the newest checkpoint of a store, or the generation whose own directory is given.
  ///
  /// - Throws: `AnsatzError(.missingInput)` if there is none; `.badData` naming the damaged file,
  ///   and the newest intact generation to use in its place.
  public static func load(
    _ path: String, files: any CheckpointFiles = SystemFiles()
  ) throws -> Checkpoint {
    try find(path, files: files).checkpoint
  }

  /// Finds the newest checkpoint of a store, or the generation whose own directory is given.
  ///
  /// - Throws: As `load`.
  public static func find(
    _ path: String, files: any CheckpointFiles = SystemFiles()
  ) throws -> Found {
    let (directory, generation) = parts(of: path, files: files)
    let store = CheckpointStore(directory, files: files)
    return try generation.map { try store.found($0, notice: nil) } ?? store.newest()
  }

  /// The store that `load` reads a path from: the one there, or the one that holds the generation
  /// whose own directory is given.
  public init(holding path: String, files: any CheckpointFiles = SystemFiles()) {
    self.init(Self.parts(of: path, files: files).directory, files: files)
  }

  private static func parts(
    of path: String, files: any CheckpointFiles
  ) -> (directory: String, generation: String?) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let (parent, last) = splitPath(path)
    // A store may be called like a generation; then it has generations of its own.
    guard number(of: last) != nil, CheckpointStore(path, files: files).generations.isEmpty else {
      return (path, nil)
    }
    return (parent.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : parent, last)
  }

  /// Reads the newest checkpoint.
  ///
  /// - Throws: As the static `load`.
  public func load() throws -> Checkpoint { try newest().checkpoint }

  /// The newest checkpoint: a whole generation, whether `newest` names it, an older one, or nothing.
  ///
  /// - Throws: As the static `load`; a damaged generation that `newest` names is not passed over.
  public func newest() throws -> Found {
    let numbers = generations
    guard !numbers.isEmpty else {
      let isUnfinished =
        files.kind(of: directory) == .directory
        && ((try? files.list(directory)) ?? []).contains { $0.hasPrefix("partial-generation-") }
      throw AnsatzError(
        .missingInput,
        "there is no checkpoint in '\(directory)'"
          + (isUnfinished ? "; the writing of its first one was interrupted, so start anew" : ""))
    }
    let (named, fault) = readPointer()
    for number in numbers.reversed() where named.map({ number > $0 }) ?? true {
      // The run was stopped between the generation's last file and the file that names it.
      guard let checkpoint = try? read(Self.name(of: number)) else { continue }
      let place = path(Self.name(of: number))
      return Found(
        checkpoint: checkpoint, path: place,
        notice: fault.map { "\($0); taking '\(place)', the newest whole generation there" })
    }
    guard let named else {
      let reasons = numbers.reversed().map { number in
        do {
          _ = try read(Self.name(of: number))
          return ""
        } catch { return "\(error)" }
      }
      throw AnsatzError(
        .badData,
        "\(fault ?? "there is no checkpoint in '\(directory)'"), and no generation is whole: "
          + reasons.prefix(3).joined(separator: "; "))
    }
    return try found(Self.name(of: named), notice: nil)
  }

  /// What the directory holds. It is certain only while the directory's lock is held.
  public var holding: Holding {
    do { return .checkpoint(try newest()) } catch {
      let numbers = generations
      if numbers.isEmpty || numbers.count == 1 && isUnfinished(Self.name(of: numbers[0])) {
        return .nothing
      }
      return .damaged("\(error)")
    }
  }

  /// Whether files of a generation are missing, or not as long as they should be: its writing was
  /// interrupted by more than the end of the process.
  private func isUnfinished(_ name: String) -> Bool {
    let manifest = "\(path(name))/\(CheckpointManifest.file)"
    guard case .regular(1...) = files.kind(of: manifest) else { return true }
    guard let lines = try? CheckpointManifest(files.read(manifest)).lines else { return false }
    return lines.contains { line in
      switch files.kind(of: "\(path(name))/\(line.name)") {
      case .absent: true
      case .regular(let size): size < line.size
      default: false
      }
    }
  }

  private func found(_ name: String, notice: String?) throws -> Found {
    do {
      return Found(checkpoint: try read(name), path: path(name), notice: notice)
    } catch let error as AnsatzError where error.category == .badData {
      throw AnsatzError(.badData, error.message + advice(instead: name))
    }
  }

  private func read(_ name: String) throws -> Checkpoint {
    let contents = try contents(of: name)
    do { return try Checkpoint(files: contents) } catch let error as AnsatzError {
      throw AnsatzError(error.category, "checkpoint '\(path(name))': \(error.message)")
    }
  }

  /// The files of a generation, each as the manifest has it.
  ///
  /// Nothing is read that is no regular file of the size listed.
  func contents(of name: String) throws -> [String: [UInt8]] {
    switch files.kind(of: path(name)) {
    case .directory: break
    case .absent:
      throw AnsatzError(.missingInput, "there is no checkpoint '\(path(name))'")
    case .regular:
      throw AnsatzError(.badData, "checkpoint '\(path(name))' is a file, not a folder")
    case .other(let kind):
      throw AnsatzError(.badData, "checkpoint '\(path(name))' is a \(kind), not a folder")
    }
    func bytes(_ file: String, _ check: (Int) throws -> Void) throws -> [UInt8] {
      switch files.kind(of: "\(path(name))/\(file)") {
      case .absent: throw AnsatzError(.badData, "\(file) is missing")
      case .regular(let size): try check(size)
      case .directory: throw AnsatzError(.badData, "\(file) is a folder, not a file")
      case .other(let kind):
        throw AnsatzError(
          .badData, "\(file) is a \(kind); a checkpoint is read from regular files alone")
      }
      return try files.read("\(path(name))/\(file)")
    }
    do {
      let manifest = try CheckpointManifest(
        bytes(CheckpointManifest.file) { size in
          guard size <= CheckpointManifest.maximumSize else {
            throw AnsatzError(.badData, "\(CheckpointManifest.file) has \(size) bytes, too many")
          }
        })
      // All sizes before the first file: a folder that lies about one costs nothing.
      for line in manifest.lines {
        if case .regular(let size) = files.kind(of: "\(path(name))/\(line.name)") {
          try CheckpointManifest.verify(line, size: size)
        }
      }
      var contents: [String: [UInt8]] = [:]
      for line in manifest.lines {
        let content = try bytes(line.name) { try CheckpointManifest.verify(line, size: $0) }
        try CheckpointManifest.verify(line, content)
        contents[line.name] = content
      }
      return contents
    } catch let error as AnsatzError {
      throw AnsatzError(error.category, "checkpoint '\(path(name))': \(error.message)")
    }
  }

  /// The generation that `newest` names, or what is wrong with `newest`.
  private func readPointer() -> (number: Int?, fault: String?) {
    let place = path(Self.pointer)
    switch files.kind(of: place) {
    case .absent: return (nil, "'\(place)' is missing")
    case .directory: return (nil, "'\(place)' is a folder, not a file")
    case .other(let kind): return (nil, "'\(place)' is a \(kind), not a file")
    case .regular(let size):
      guard size <= 64, let bytes = try? files.read(place) else { break }
      let text = String(decoding: bytes, as: UTF8.self)
      guard text.hasSuffix("\n"), let number = Self.number(of: String(text.dropLast())) else {
        break
      }
      guard files.kind(of: path(Self.name(of: number))) != .absent else {
        return (nil, "'\(place)' names \(Self.name(of: number)), which is not there")
      }
      return (number, nil)
    }
    return (nil, "'\(place)' is corrupted or truncated")
  }

  /// Which generation to use when one cannot be read.
  private func advice(instead name: String) -> String {
    for number in generations.reversed() where Self.name(of: number) != name {
      let other = Self.name(of: number)
      if (try? read(other)) != nil { return "; use '\(path(other))', which is intact" }
    }
    return "; no other generation is intact"
  }
}
