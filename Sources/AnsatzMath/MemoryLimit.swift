import Foundation

/// Refuses what cannot fit before anything is allocated: the one place that knows how much there is.
package enum MemoryLimit {
  /// The bytes this process may still take: what is free on the machine, what the control groups of
  /// the process leave, and what its limit of address space (`ulimit -v`) leaves, whichever is least;
  /// blocks that the buffer pool keeps count as free.
  package static var available: Double {
    let kept = Double(BufferPool.shared.keptBytes)
    return systemLimits().reduce(Double(ProcessInfo.processInfo.physicalMemory)) {
      min($0, max(0, $1) + kept)
    }
  }

  /// Less than this is let through unasked: to read the limits takes longer than to fill it.
  package static let unasked = Double(1 << 24)

  /// - Parameters:
  ///   - what: What the memory is for, as in "a list of shots".
  ///   - mend: What to do, after the numbers.
  /// - Throws: `AnsatzError` with the bytes needed and those there are.
  package static func check(
    _ what: String, bytes: Double, available: Double? = nil, mend: String
  ) throws(AnsatzError) {
    guard bytes > unasked || available != nil else { return }
    let available = available ?? self.available
    guard !(bytes <= available) else { return }
    throw AnsatzError(
      .unavailable,
      "\(what) needs \(written(bytes)) bytes of memory, and there are \(written(available)); \(mend)"
    )
  }

  package static func written(_ bytes: Double) -> String {
    Int(exactly: bytes.rounded()).map { "\($0)" } ?? "more than 2^63"
  }

  // What the system says ------------------------------------------------------------------------

  private static func systemLimits() -> [Double] {
    #if os(Linux)
      return SystemMemory().limits + addressSpace()
    #else
      return []
    #endif
  }

  #if os(Linux)
    /// Address space that stacks, results and the text of messages are left.
    private static let reserve = Double(1 << 26)

    private static func addressSpace() -> [Double] {
      var limit = rlimit()
      guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
        limit.rlim_cur < UInt64(Int64.max),
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?
          .split(separator: " ").first.flatMap({ Double($0) })
      else { return [] }
      return [Double(limit.rlim_cur) - reserve - pages * Double(sysconf(Int32(_SC_PAGESIZE)))]
    }
  #endif
}

/// What Linux tells in files of the memory that is free; the folders are parameters for the tests.
package struct SystemMemory {
  var process = "/proc"
  var groups = "/sys/fs/cgroup"

  package init(process: String = "/proc", groups: String = "/sys/fs/cgroup") {
    self.process = process
    self.groups = groups
  }

  /// The bytes left by each limit there is.
  package var limits: [Double] { machine + controlGroups }

  private var machine: [Double] {
    // Free, or given back by caches when asked for.
    guard
      let line = text("\(process)/meminfo")?.split(separator: "\n")
        .first(where: { $0.hasPrefix("MemAvailable:") }),
      let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
    else { return [] }
    return [1024 * kilobytes]
  }

  /// Those of the process's own group and of the groups it is in; a container shows its own as the root.
  private var controlGroups: [Double] {
    var limits = group("\(groups)", "memory.max", "memory.current")
    limits += group("\(groups)/memory", "memory.limit_in_bytes", "memory.usage_in_bytes")
    for line in text("\(process)/self/cgroup")?.split(separator: "\n") ?? [] {
      // 0::/path in version 2, 4:memory:/path in version 1.
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isFirst = parts[1].split(separator: ",").contains("memory")
      guard isFirst || (parts[0] == "0" && parts[1].isEmpty) else { continue }
      var path = parts[2].split(separator: "/").filter { $0 != ".." }
      while !path.isEmpty {
        let place = "/" + path.joined(separator: "/")
        limits +=
          isFirst
          ? group("\(groups)/memory\(place)", "memory.limit_in_bytes", "memory.usage_in_bytes")
          : group("\(groups)\(place)", "memory.max", "memory.current")
        path.removeLast()
      }
    }
    return limits
  }

  private func group(_ folder: String, _ limit: String, _ usage: String) -> [Double] {
    // The word "max" in version 2 and some 2⁶³ in version 1 are no limit.
    guard let most = text("\(folder)/\(limit)").flatMap({ number($0) }), most < 0x1p62 else {
      return []
    }
    // Pages of files in the caches are given back when asked for.
    let statistics = text("\(folder)/memory.stat")?.split(separator: "\n") ?? []
    let cached =
      statistics.first { $0.hasPrefix("inactive_file ") }
      .flatMap { $0.split(separator: " ").last }.flatMap { Double($0) } ?? 0
    let used = text("\(folder)/\(usage)").flatMap { number($0) } ?? 0
    return [most - max(0, used - cached)]
  }

  private func number(_ text: String) -> Double? {
    Double(text.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private func text(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return String(decoding: data, as: UTF8.self)
  }
}
