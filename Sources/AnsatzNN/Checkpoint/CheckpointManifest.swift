import AnsatzMath
import Foundation

/// The list of a checkpoint's files with size and checksum (FNV-1a, 64 bits), and its own checksum
/// in the last line.
///
/// FNV-1a is enough to find damage: any one changed byte changes the sum.
struct CheckpointManifest {
  static let file = "MANIFEST"

  struct Line: Equatable {
    let name: String
    let size: Int
    let checksum: String
  }

  let lines: [Line]

  /// What a manifest itself may have at most; far more than any has.
  static let maximumSize = 1 << 20
  /// What a file may have at most: 16 GiB, or a quarter of the memory.
  static let maximumFileSize = min(1 << 34, Int(ProcessInfo.processInfo.physicalMemory / 4))

  init(of files: [Checkpoint.File]) {
    lines = files.map {
      Line(name: $0.name, size: $0.bytes.count, checksum: Self.checksum($0.bytes))
    }
  }

  /// - Throws: `AnsatzError(.badData)` if the text is damaged, or lists what no checkpoint has.
  init(_ bytes: [UInt8]) throws {
    let damaged = AnsatzError(.badData, "\(Self.file) is corrupted or truncated")
    let text = String(decoding: bytes, as: UTF8.self)
    var rows = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard rows.popLast() == "", let last = rows.popLast() else { throw damaged }
    let body = rows.map { $0 + "\n" }.joined()
    guard last == "manifest \(Self.checksum(Array(body.utf8)))" else { throw damaged }
    lines = try rows.map { row in
      let parts = row.split(separator: " ", maxSplits: 2)
      guard parts.count == 3, let size = Int(parts[1]) else { throw damaged }
      return Line(name: String(parts[2]), size: size, checksum: String(parts[0]))
    }
    // The checksum keeps damage out, but anybody can write one: nothing leads out of the folder.
    for line in lines {
      guard Checkpoint.hasFile(line.name) else {
        throw AnsatzError(
          .badData, "\(Self.file) lists '\(line.name.prefix(80))', which is no file of a checkpoint"
        )
      }
      guard (0...Self.maximumFileSize).contains(line.size) else {
        throw AnsatzError(
          .badData,
          "\(Self.file) gives \(line.name) \(line.size) bytes; at most \(Self.maximumFileSize) are "
            + "read here")
      }
    }
    guard Set(lines.map(\.name)).count == lines.count else {
      throw AnsatzError(.badData, "\(Self.file) lists a file twice")
    }
  }

  var encoded: [UInt8] {
    let body = lines.map { "\($0.checksum) \($0.size) \($0.name)\n" }.joined()
    return Array((body + "manifest \(Self.checksum(Array(body.utf8)))\n").utf8)
  }

  /// - Throws: `AnsatzError(.badData)` naming the file if its size is not the one listed.
  static func verify(_ line: Line, size: Int) throws {
    guard size == line.size else {
      throw AnsatzError(
        .badData, "\(line.name) is truncated or changed: \(size) bytes, not \(line.size)")
    }
  }

  /// - Throws: `AnsatzError(.badData)` naming the file if the bytes are not those listed.
  static func verify(_ line: Line, _ bytes: [UInt8]) throws {
    try verify(line, size: bytes.count)
    guard checksum(bytes) == line.checksum else {
      throw AnsatzError(.badData, "\(line.name) is corrupted: its checksum is wrong")
    }
  }

  static func checksum(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
