import Foundation
import Testing

@testable import AnsatzMath

@Suite("System memory")
struct SystemMemoryTests {
  /// The limits that a tree of files tells.
  private func limits(_ files: [String: String]) throws -> [Double] {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (path, text) in files {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: false, encoding: .utf8)
    }
    return SystemMemory(
      process: folder.appending(path: "proc").path, groups: folder.appending(path: "groups").path
    ).limits
  }

  @Test("What is free on the machine is read, not what there is in all")
  func machine() throws {
    let text = "MemTotal:  24684096 kB\nMemFree: 1000 kB\nMemAvailable:    2048 kB\n"
    #expect(try limits(["proc/meminfo": text]) == [2_097_152])
    #expect(try limits([:]) == [])
  }

  @Test("A control group of either version leaves its limit less what is used and not just cached")
  func groups() throws {
    #expect(
      try limits([
        "groups/memory.max": "1000000\n", "groups/memory.current": "300000\n",
        "groups/memory.stat": "anon 1\ninactive_file 100000\n",
      ]) == [800_000])
    #expect(
      try limits([
        "groups/memory/memory.limit_in_bytes": "5000\n",
        "groups/memory/memory.usage_in_bytes": "2000\n",
      ]) == [3000])
    #expect(
      try limits([
        "groups/memory.max": "max\n",
        "groups/memory/memory.limit_in_bytes": "9223372036854771712\n",
      ]) == [])
  }

  @Test("The group of the process and all groups it is in count")
  func nested() throws {
    let found = try limits([
      "proc/self/cgroup": "0::/a/b\n", "groups/a/memory.max": "700", "groups/a/b/memory.max": "900",
    ])
    #expect(Set(found) == [700, 900])
    #expect(
      try limits([
        "proc/self/cgroup": "4:cpu:/x\n9:memory:/jobs/one\n",
        "groups/memory/jobs/memory.limit_in_bytes": "600",
      ]) == [600])
  }

  @Test("A refusal names the bytes needed and those there are")
  func refusal() {
    let error = #expect(throws: AnsatzError.self) {
      try MemoryLimit.check("a list", bytes: 3000, available: 2000, mend: "use less")
    }
    #expect(error?.message == "a list needs 3000 bytes of memory, and there are 2000; use less")
    #expect(throws: AnsatzError.self) {
      try MemoryLimit.check("a list", bytes: .nan, available: 2000, mend: "use less")
    }
  }
}
