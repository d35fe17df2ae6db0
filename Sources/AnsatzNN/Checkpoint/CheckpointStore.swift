import AnsatzMath
import Foundation

/// A directory of checkpoints: one directory for each generation, and a file `newest` that names
/// the newest complete one.
///
/// A generation is written beside under another name, synced and renamed, then `newest` is replaced
/// in one step; whatever interrupts the writing, the generation named there is complete. The last
/// two generations are kept.
public struct CheckpointStore: Sendable {
  /// Where the generations are.
  public let directory: String
  private let files: any CheckpointFiles

  private static let pointer = "newest"
  private static let prefix = "generation-"
  private static let partialPrefix = "partial-"
  private static let keptGenerations = 2

  /// The store in a directory, which need not exist yet.
  public init(_ directory: String, files: any CheckpointFiles = SystemFiles()) {
    self.directory = directory
    self.files = files
  }

  /// Makes the directory and writes to it and removes what it wrote, to fail before the training
  /// and not after.
  ///
  /// - Returns: A lock on the directory, to be held while the store is written.
  /// - Throws: `AnsatzError` if the directory cannot be written, or another process holds its lock.
  public func prepare() throws -> DirectoryLock {
    let probe = path(Self.partialPrefix + "probe")
    try files.createDirectory(directory)
    let lock = try DirectoryLock(directory)
    try files.write([], to: probe)
    try files.remove(probe)
    return lock
  }

  /// Writes a new generation and removes those before the last two.
  ///
  /// - Returns: The path of the generation's directory.
  /// - Throws: `AnsatzError(.inputOutput)` if the disk is full, `.cannotCreate` if the directory
  ///   cannot be written; the checkpoint before stays as it was, and nothing half-written remains.
  @discardableResult
  public func save(_ checkpoint: Checkpoint) throws -> String {
    var contents = try checkpoint.encodedFiles()
    contents.append((CheckpointManifest.file, CheckpointManifest(of: contents).encoded))
    let previous = try? newestGeneration()
    var written: [String] = []
    do {
      try files.createDirectory(directory)
      try removePartials()
      let name = Self.name(of: (generations.last ?? 0) + 1)
      let partial = path(Self.partialPrefix + name)
      written.append(partial)
      try files.createDirectory(partial)
      for file in contents { try files.write(file.bytes, to: "\(partial)/\(file.name)") }
      try files.syncDirectory(partial)
      try files.rename(partial, to: path(name))
      written.append(path(name))
      try files.syncDirectory(directory)
      let partialPointer = path(Self.partialPrefix + Self.pointer)
      written.append(partialPointer)
      try files.write(Array((name + "\n").utf8), to: partialPointer)
      try files.rename(partialPointer, to: path(Self.pointer))
      // From here on the new generation is the newest, whatever follows.
      written = []
      try files.syncDirectory(directory)
      prune()
      return path(name)
    } catch {
      for leftover in written where files.exists(leftover) { try? files.remove(leftover) }
      let failure =
        error as? AnsatzError
        ?? AnsatzError(.inputOutput, "cannot write a checkpoint in '\(directory)'")
      let intact = previous.flatMap { name in (try? read(name)).map { _ in name } }
      let rest = intact.map { "; the checkpoint before it, '\(path($0))', is intact" } ?? ""
      throw AnsatzError(failure.category, "checkpoint not written: \(failure.message)\(rest)")
    }
  }

  /// Reads the newest checkpoint of a store, or the generation whose own directory is given.
  ///
  /// - Throws: `AnsatzError(.missingInput)` if there is none; `.badData` naming the damaged file,
  ///   and the newest intact generation to use in its place.
  public static func load(
    _ path: String, files: any CheckpointFiles = SystemFiles()
  ) throws -> Checkpoint {
    let (directory, generation) = parts(of: path, files: files)
    let store = CheckpointStore(directory, files: files)
    return try generation.map(store.load(generation:)) ?? store.load()
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
    // A store may be called like a generation; then it has a pointer of its own.
    guard number(of: last) != nil, !files.exists("\(path)/\(pointer)") else { return (path, nil) }
    return (parent.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : parent, last)
  }

  /// Reads the newest checkpoint.
  ///
  /// - Throws: As the static `load`.
  public func load() throws -> Checkpoint { try load(generation: newestGeneration()) }

  /// The numbers of the generations present, complete or not, ascending.
  public var generations: [Int] {
    ((try? files.list(directory)) ?? []).compactMap(Self.number).sorted()
  }

  private func load(generation name: String) throws -> Checkpoint {
    do { return try read(name) } catch let error as AnsatzError {
      guard files.exists(path(name)) || error.category == .badData else { throw error }
      throw AnsatzError(error.category, error.message + advice(instead: name))
    }
  }

  private func read(_ name: String) throws -> Checkpoint {
    guard files.exists(path(name)) else {
      throw AnsatzError(.missingInput, "there is no checkpoint '\(path(name))'")
    }
    func bytes(_ file: String) throws -> [UInt8] {
      do { return try files.read("\(path(name))/\(file)") } catch let error as AnsatzError
        where error.category == .missingInput
      {
        throw AnsatzError(.badData, "\(file) is missing")
      }
    }
    do {
      let manifest = try CheckpointManifest(bytes(CheckpointManifest.file))
      var contents: [String: [UInt8]] = [:]
      for line in manifest.lines {
        let content = try bytes(line.name)
        try CheckpointManifest.verify(line, content)
        contents[line.name] = content
      }
      return try Checkpoint(files: contents)
    } catch let error as AnsatzError {
      throw AnsatzError(error.category, "checkpoint '\(path(name))': \(error.message)")
    }
  }

  private func newestGeneration() throws -> String {
    let pointer = path(Self.pointer)
    guard files.exists(pointer) else {
      throw AnsatzError(.missingInput, "there is no checkpoint in '\(directory)'")
    }
    let text = String(decoding: try files.read(pointer), as: UTF8.self)
    let name = String(text.dropLast())
    guard text.hasSuffix("\n"), Self.number(of: name) != nil else {
      throw AnsatzError(
        .badData, "'\(pointer)' is corrupted or truncated" + advice(instead: name))
    }
    return name
  }

  /// Which generation to use when one cannot be read.
  private func advice(instead name: String) -> String {
    for number in generations.reversed() where Self.name(of: number) != name {
      let other = Self.name(of: number)
      if (try? read(other)) != nil { return "; use '\(path(other))', which is intact" }
    }
    return "; no other generation is intact"
  }

  /// Removes what is older than the newest intact generations; a damaged one does not count.
  private func prune() {
    let newest = try? newestGeneration()
    var intact = 0
    for number in generations.reversed() {
      let name = Self.name(of: number)
      if intact >= Self.keptGenerations, name != newest {
        // A generation that cannot be removed takes space and does no other harm.
        try? files.remove(path(name))
      } else if (try? read(name)) != nil {
        intact += 1
      }
    }
  }

  private func removePartials() throws {
    for name in try files.list(directory) where name.hasPrefix(Self.partialPrefix) {
      try? files.remove(path(name))
    }
  }

  private func path(_ name: String) -> String {
    directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
  }

  private static func name(of number: Int) -> String {
    let digits = String(number)
    return prefix + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  private static func number(of name: String) -> Int? {
    guard name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)), number >= 0
    else { return nil }
    return self.name(of: number) == name ? number : nil
  }
}
