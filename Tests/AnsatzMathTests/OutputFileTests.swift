import AnsatzMath
import Foundation
import Testing

@Suite struct OutputFileTests {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "ansatz-output-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func write(_ text: String, to name: String) throws {
    try OutputFile("\(folder)/\(name)").write(text)
  }
  private func read(_ name: String) -> String? {
    try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }
  private func status(_ name: String) -> stat {
    var status = stat()
    #expect(lstat("\(folder)/\(name)", &status) == 0)
    return status
  }
  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  @Test("A new file has the mode that the umask leaves, and one that stands keeps its own")
  func modes() throws {
    let mask = umask(0)
    umask(mask)
    try write("new", to: "new")
    #expect(status("new").st_mode & 0o7777 == 0o666 & ~mask)
    for mode: mode_t in [0o600, 0o640, 0o755] {
      #expect(chmod("\(folder)/new", mode) == 0)
      let before = status("new").st_ino
      try write("\(mode)", to: "new")
      #expect(status("new").st_mode & 0o7777 == mode)
      #expect(status("new").st_ino != before, "replaced at once, not rewritten")
      #expect(read("new") == "\(mode)")
    }
    #expect(names == ["new"])
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test("A link stays, and the file it leads to is replaced, or made")
  func links() throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/deep", withIntermediateDirectories: true)
    try write("old", to: "deep/target")
    #expect(symlink("deep/target", folder + "/relative") == 0)
    #expect(symlink(folder + "/relative", folder + "/chain") == 0)
    #expect(symlink("deep/none", folder + "/dangling") == 0)
    try write("a", to: "relative")
    #expect(read("deep/target") == "a")
    try write("b", to: "chain")
    #expect(read("deep/target") == "b")
    try write("c", to: "dangling")
    #expect(read("deep/none") == "c")
    for name in ["relative", "chain", "dangling"] {
      #expect(status(name).st_mode & S_IFMT == S_IFLNK)
    }
    #expect(symlink("loop", folder + "/loop") == 0)
    #expect(throws: AnsatzError.self) { try write("d", to: "loop") }
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test("A FIFO is written through and stays one")
  func fifo() throws {
    #expect(mkfifo(folder + "/fifo", 0o600) == 0)
    // Both ends at once, so that neither waits for the other.
    let reader = open(folder + "/fifo", O_RDWR | O_NONBLOCK)
    defer { close(reader) }
    try OutputFile(folder + "/fifo").check()
    try write("through", to: "fifo")
    var bytes = [UInt8](repeating: 0, count: 20)
    let count = Foundation.read(reader, &bytes, 20)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "through")
    #expect(status("fifo").st_mode & S_IFMT == S_IFIFO)
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test("A device is written through and stays one, even where its errors are the disk's")
  func device() throws {
    // Nodes of the test's own, which only root can make: a mistake must not cost the machine its own.
    for (name, minor) in [("null", 3), ("full", 7)] {
      let path = "\(folder)/\(name)"
      guard mknod(path, S_IFCHR | 0o600, dev_t(1 << 8 | minor)) == 0 else { continue }
      let probe = open(path, O_WRONLY)
      guard probe >= 0 else { continue }
      close(probe)
      do {
        try OutputFile(path).write("through")
        #expect(name == "null")
      } catch {
        #expect(name == "full" && error.category == .inputOutput)
        #expect(error.message == "\(path) cannot be written: No space left on device")
      }
      #expect(status(name).st_mode & S_IFMT == S_IFCHR)
    }
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test("A socket is written to")
  func socket() throws {
    // A path of the length that an address has room for.
    let path = "/tmp/ansatz-\(getpid())-\(UInt16.random(in: 0...(.max)))"
    let listener = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer {
      close(listener)
      unlink(path)
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0 && listen(listener, 1) == 0)
    try OutputFile(path).write("through")
    let peer = accept(listener, nil, nil)
    defer { close(peer) }
    var bytes = [UInt8](repeating: 0, count: 20)
    let count = Foundation.read(peer, &bytes, 20)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "through")
  }

  @Test("The process's own descriptors are written to where they stand, by whatever name")
  func descriptors() throws {
    try write("before ", to: "file")
    let descriptor = open(folder + "/file", O_WRONLY | O_APPEND)
    defer { close(descriptor) }
    #expect(symlink("/dev/fd", folder + "/fds") == 0)
    for name in ["/dev/fd/", "/proc/self/fd/", folder + "/fds/"] {
      try OutputFile("\(name)\(descriptor)").write("more ")
    }
    #expect(read("file") == "before more more more ")
    #expect(throws: AnsatzError.self) { try OutputFile("/dev/fd/999").write("x") }
    let readOnly = open(folder + "/file", O_RDONLY)
    defer { close(readOnly) }
    #expect(throws: AnsatzError.self) { try OutputFile("/dev/fd/\(readOnly)").check() }
    try? FileManager.default.removeItem(atPath: folder)
  }

  @Test("What cannot be written is named with the reason, and nothing is left behind")
  func refusals() throws {
    func text(_ path: String) -> String {
      do {
        try OutputFile(path, role: "the page").write("x")
        return "no error"
      } catch { return "\(error.category) \(error.message)" }
    }
    #expect(text(folder) == "cannotCreate the page \(folder) is a folder; name a file in it")
    #expect(text(folder + "/") == "cannotCreate the page \(folder)/ is a folder; name a file in it")
    #expect(text("") == "cannotCreate the page  is a folder; name a file in it")
    #expect(
      text(folder + "/none/x").contains("none/x cannot be written (No such file or directory)"))
    #expect(
      text(folder + "/" + String(repeating: "x", count: 300)).contains("(File name too long)"))
    #expect(names == [])
    try? FileManager.default.removeItem(atPath: folder)
  }
}
