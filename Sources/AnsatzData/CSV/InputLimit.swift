import AnsatzMath
import Foundation

/// How large an input may be, against the memory that is free.
package enum InputLimit {
  /// What comes from a pipe, a FIFO or a device may never end.
  package static let streamByteCount = 500_000_000
  /// Bytes of memory for each byte of a table of numbers, at most: its text, where its cells are, and
  /// its columns.
  package static let memoryPerByte = 6

  /// - Throws: `AnsatzError` if positions in the text do not fit into a cell's.
  static func checkSize(_ count: Int, source: String) throws {
    guard count < UInt32.max else {
      throw AnsatzError(.badData, "\(source) is larger than 4 GB; split it")
    }
  }

  /// - Throws: `AnsatzError` if a file of that size cannot be read into the free memory.
  package static func checkFile(_ count: Int, source: String, free: Int = freeMemory()) throws {
    try checkSize(count, source: source)
    guard count > free / memoryPerByte else { return }
    throw AnsatzError(
      .unavailable,
      "\(source) has \(count / megabyte) MB, and reading a table takes up to \(memoryPerByte) times its "
        + "size; \(free / megabyte) MB of memory are free: split it")
  }

  /// - Throws: `AnsatzError` if the columns of that many cells do not fit into the free memory.
  package static func checkCells(_ count: Int, source: String, free: Int = freeMemory()) throws {
    let needed = count * MemoryLayout<Double?>.stride
    guard needed > free else { return }
    throw AnsatzError(
      .unavailable,
      "\(source) has \(count) cells, which need \(needed / megabyte) MB; \(free / megabyte) MB of "
        + "memory are free: split it")
  }

  /// The bytes that something without a size may give.
  package static func streamLimit(free: Int = freeMemory()) -> Int {
    min(streamByteCount, free / memoryPerByte)
  }

  static func streamError(limit: Int, source: String) -> AnsatzError {
    AnsatzError(
      .unavailable,
      "\(source) gives more than \(limit / megabyte) MB, the most that is read from what is no plain "
        + "file; save it to one")
  }

  private static let megabyte = 1_000_000

  /// The bytes that this process may still take: what the machine has left, within the limits of a
  /// container and of `ulimit -v`.
  package static func freeMemory() -> Int {
    func lines(_ path: String) -> [Substring] {
      (try? String(contentsOfFile: path, encoding: .utf8))?.split(whereSeparator: \.isNewline) ?? []
    }
    func kilobytes(_ key: String, in path: String) -> Int? {
      lines(path).first { $0.hasPrefix(key + ":") }
        .flatMap { Int($0.filter(\.isNumber)) }.map { $0 * 1024 }
    }
    func number(_ path: String) -> Int? { lines(path).first.flatMap { Int($0) } }
    var candidates = [
      kilobytes("MemAvailable", in: "/proc/meminfo")
        ?? Int(clamping: ProcessInfo.processInfo.physicalMemory)
    ]
    let containers = [
      ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
      (
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/memory.usage_in_bytes"
      ),
    ]
    for (limit, use) in containers {
      if let limit = number(limit) { candidates.append(limit - (number(use) ?? 0)) }
    }
    var limit = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < Int.max {
      let used = kilobytes("VmSize", in: "/proc/self/status") ?? 0
      candidates.append(Int(limit.rlim_cur) - used)
    }
    return max(0, candidates.min() ?? 0)
  }
}
