import AnsatzCircuits
import Foundation
import Testing

@Suite("Files that OpenQASM programs include")
struct OpenQASMIncludeTests {
  /// Runs a test in a folder `inner` of a fresh folder, which is removed afterwards.
  private func inFolder(_ body: (URL) throws -> Void) throws {
    let outer = FileManager.default.temporaryDirectory.appending(
      path: "ansatz-\(UUID().uuidString)")
    let folder = outer.appending(path: "inner")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: outer) }
    try body(folder)
  }

  private func write(_ text: String, _ name: String, in folder: URL) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  /// The error of `main.qasm`, from behind the folder.
  private func fault(in folder: URL) -> String {
    do {
      _ = try OpenQASM.read(file: folder.appending(path: "main.qasm").path)
      return "read"
    } catch {
      return "\(error)".replacing(folder.path + "/", with: "")
    }
  }

  @Test("Gates of an included file, which may include others")
  func included() throws {
    try inFolder { folder in
      try write("gate twice a { x a; }", "own/a.inc", in: folder)
      try write("\u{FEFF}include \"own/a.inc\";\r\ngate g a { twice a; h a; }", "b.inc", in: folder)
      try write(
        "OPENQASM 2.0; include \"qelib1.inc\"; include \"b.inc\"; qreg q[1]; g q[0]; y q[0];",
        "main.qasm", in: folder)
      let program = try OpenQASM.read(file: folder.appending(path: "main.qasm").path)
      #expect(program.circuit.operations.map(\.name) == ["X", "H", "Y"])
    }
  }

  @Test("A mistake in an included file is named with that file's line")
  func mistakes() throws {
    try inFolder { folder in
      try write("gate g a { x a; }\ngate h2 a { g a; rx(1/b) a; }\n", "b.inc", in: folder)
      try write("OPENQASM 2.0;\ninclude \"b.inc\";\nqreg q[1];\nh2 q[0];", "main.qasm", in: folder)
      #expect(fault(in: folder).hasPrefix("b.inc:2:23: 'b' is not a number known here"))
      try write("OPENQASM 2.0;\ninclude \"b.inc\";\nqreg q[1]", "main.qasm", in: folder)
      #expect(
        fault(in: folder) == "main.qasm:3:10: ';' expected, not the end of the program")
    }
  }

  @Test("Nothing outside the program's folder is read")
  func outside() throws {
    try inFolder { folder in
      let outer = folder.deletingLastPathComponent()
      try write("gate secret a { x a; }", "secret.inc", in: outer)
      for (link, target) in [
        ("link.inc", outer.appending(path: "secret.inc").path), ("up", outer.path),
        ("round.inc", "round.inc"),
      ] {
        try FileManager.default.createSymbolicLink(
          atPath: folder.appending(path: link).path, withDestinationPath: target)
      }
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: "good.inc").path, withDestinationPath: "real.inc")
      try write("gate g a { x a; }", "real.inc", in: folder)
      try write("", "own/empty.inc", in: folder)
      let relative = "only files in the program's folder are read, without '..' and '/'"
      let cases =
        [
          ("../secret.inc", relative), (outer.path + "/secret.inc", relative),
          ("own/../../secret.inc", relative), ("/etc/passwd", relative),
          ("link.inc", "the file lies outside the program's folder"),
          ("up/secret.inc", "the file lies outside the program's folder"),
          ("round.inc", "there is no such file in the program's folder"),
          ("none.inc", "there is no such file in the program's folder"),
          (".", "the file lies outside the program's folder"), ("own", "this is no regular file"),
          ("", "this is no file name"),
          ("main.qasm", nil), ("good.inc", nil),
        ] as [(String, String?)]
      for (name, problem) in cases {
        try write(
          "include \"\(name)\"; qubit q; g q;", "main.qasm", in: folder)
        let message = fault(in: folder)
        if name == "main.qasm" {
          #expect(message.contains("more than 16 deep") || message.contains("includes itself"))
        } else if let problem {
          #expect(message.hasPrefix("main.qasm:1:1: include \""), "\(name): \(message)")
          #expect(message.hasSuffix("\": \(problem)"), "\(name): \(message)")
        } else {
          #expect(message == "read", "\(name)")
        }
      }
    }
  }

  @Test("Missing programs and folders are named")
  func missing() throws {
    try inFolder { folder in
      #expect(fault(in: folder) == "main.qasm: there is no such file")
      try FileManager.default.createDirectory(
        at: folder.appending(path: "main.qasm"), withIntermediateDirectories: true)
      #expect(fault(in: folder) == "main.qasm: this is a folder, not a program")
    }
  }
}
