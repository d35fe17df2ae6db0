import AnsatzMath
import Foundation

/// A directory of checkpoints: one directory for each generation, and a file `newest` that names
/// the newest complete one.
///
/// A generation is written beside under another name, synced and renamed, then `newest` is replaced
/// in one step; whatever interrupts the writing, a generation that bears its name is complete. The
/// last two generations are kept.
public struct CheckpointStore: Sendable {
  /// Where the generations are.
  public let directory: String
  let files: any CheckpointFiles

  static let pointer = "newest"
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
  /// - Returns: A lock on the directory, to be held while the store is written. What the store holds
  ///   is certain only under it.
  /// - Throws: `AnsatzError` if the directory cannot be written, or another process holds its lock.
  public func prepare() throws -> DirectoryLock {
    try files.createDirectory(directory)
    let lock = try DirectoryLock(directory)
    try checkWritable()
    return lock
  }

  /// Writes to the directory, which must exist, and removes what it wrote.
  ///
  /// - Throws: `AnsatzError` if the directory cannot be written.
  public func checkWritable() throws {
    let probe = path(Self.partialPrefix + "probe")
    try files.write([], to: probe)
    try files.remove(probe)
  }

  /// Writes a new generation and removes those before the last two.
  ///
  /// - Returns: The path of the generation's directory.
  /// - Throws: `AnsatzError(.inputOutput)` if the disk is full, `.cannotCreate` if the directory
  ///   cannot be written; the checkpoint before stays as it was, and nothing half-written remains.
  @discardableResult
  public func save(_ checkpoint: Checkpoint) throws -> String {
    let last = generations.last
    var contents = try checkpoint.encodedFiles(
      stored: last.map { historyPieces(of: Self.name(of: $0)) } ?? [:])
    contents.append(
      Checkpoint.File(
        name: CheckpointManifest.file, bytes: CheckpointManifest(of: contents).encoded))
    var written: [String] = []
    do {
      try files.createDirectory(directory)
      try removePartials()
      let name = Self.name(of: (last ?? 0) + 1)
      let partial = path(Self.partialPrefix + name)
      written.append(partial)
      try files.createDirectory(partial)
      for file in contents {
        let place = "\(partial)/\(file.name)"
        if file.isKept, let last,
          (try? files.link("\(path(Self.name(of: last)))/\(file.name)", to: place)) != nil
        {
          continue
        }
        try files.write(file.bytes, to: place)
      }
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
      for leftover in written where files.kind(of: leftover) != .absent {
        try? files.remove(leftover)
      }
      let failure =
        error as? AnsatzError
        ?? AnsatzError(.inputOutput, "cannot write a checkpoint in '\(directory)'")
      let rest =
        (try? newest()).map { "; the checkpoint before it, '\($0.path)', is intact" } ?? ""
      throw AnsatzError(failure.category, "checkpoint not written: \(failure.message)\(rest)")
    }
  }

  /// The numbers of the generations present, complete or not, ascending.
  public var generations: [Int] {
    ((try? files.list(directory)) ?? []).compactMap(Self.number).sorted()
  }

  /// The files that hold the history of a generation, as far as they can be read.
  private func historyPieces(of name: String) -> [String: [UInt8]] {
    let names = ((try? files.list(path(name))) ?? []).filter {
      HistoryPiece.epochs(of: $0) != nil
    }
    return Dictionary(
      uniqueKeysWithValues: names.compactMap { piece in
        (try? files.read("\(path(name))/\(piece)")).map { (piece, $0) }
      })
  }

  /// Removes what is older than the newest whole generations; a damaged one does not count.
  private func prune() {
    var whole = 0
    for number in generations.reversed() {
      let name = Self.name(of: number)
      if whole >= Self.keptGenerations {
        // A generation that cannot be removed takes space and does no other harm.
        try? files.remove(path(name))
      } else if (try? contents(of: name)) != nil {
        whole += 1
      }
    }
  }

  /// Removes what an interrupted writing left; only under the directory's lock.
  public func removePartials() throws {
    for name in try files.list(directory) where name.hasPrefix(Self.partialPrefix) {
      try? files.remove(path(name))
    }
  }

  func path(_ name: String) -> String {
    directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
  }

  static func name(of number: Int) -> String {
    let digits = String(number)
    return prefix + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  static func number(of name: String) -> Int? {
    // No run comes near the last number, and there must be a next one.
    guard name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)),
      (0..<1 << 53).contains(number)
    else { return nil }
    return self.name(of: number) == name ? number : nil
  }
}
