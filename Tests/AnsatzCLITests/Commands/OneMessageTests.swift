import Foundation
import Testing

@Suite("One message, one line")
struct OneMessageTests {
  private static let commands = [
    "train", "evaluate", "predict", "compare", "run", "draw", "convert", "plan", "gradient",
    "audit",
    "spectrum",
  ]

  /// Fails unless the command does, with one line of a sensible length.
  private func check(_ arguments: [String]) throws {
    let outcome = try ansatz(arguments)
    #expect((64...78).contains(outcome.status), "\(arguments.prefix(2)): \(outcome.status)")
    let complaint = try #require(outcome.complaint, "\(outcome.errors.prefix(4000))")
    #expect(complaint.count <= 2000, "\(arguments.prefix(2)): \(complaint.count) characters")
  }

  @Test(
    "Names and values as long as a page, or of several lines, are one line of an error",
    arguments: [
      String(repeating: "a", count: 3000), String(repeating: "a b ", count: 1000),
      "no\nsuch\u{1B}[2J",
    ])
  func echoes(text: String) throws {
    try check([text])
    for command in Self.commands {
      let more = ["evaluate", "predict"].contains(command) ? ["--checkpoint", text] : []
      try check([command, text] + more)
      try check([command, "x", "--threads", text])
      try check([command, "x", "--\(text)"])
    }
    for option in ["model", "set", "gradient", "precision", "preprocess", "optimizer", "schedule"] {
      try check(["train", "iris", "--\(option)", text])
    }
    for option in ["observable", "input", "weight", "weights", "executor"] {
      try check(["run", "ghz", "--\(option)", text])
    }
    try check(["convert", "ghz", "--to", text])
    try check(["gradient", "ghz", "--method", text])
    try check(["spectrum", "hybrid", "--vary", text])
    try check(["compare", "iris", "--baseline", text])
  }

  @Test("An observable beyond the circuit is the same error in every command")
  func observable() throws {
    for command in ["run", "gradient", "audit", "spectrum"] {
      for text in ["Z5", "Z5 Z6 + Z7 Z8 + X9"] {
        let outcome = try ansatz(command, "bell-pair", "--observable", text)
        #expect(outcome.status == 64, "\(command)")
        let complaint = try #require(outcome.complaint, "\(outcome.errors)")
        #expect(
          complaint.hasPrefix("--observable: observable 0 (\(text)): qubit 5 is out of range"))
        if text != "Z5" { #expect(complaint.hasSuffix("; and 2 more problems")) }
      }
    }
  }

  @Test("Notices of a program come before its result, and an error takes their place")
  func notices() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "p.qasm", "OPENQASM 3.0; qubit q; input float[64] a; #pragma x\nrx(1/2*a + a) q;")
    let failed = try ansatz("run", path)
    #expect(failed.status == 64 && failed.complaint != nil, "\(failed.errors)")
    let ran = try ansatz("run", path, "--input", "a=1")
    #expect(ran.status == 0)
    let lines = ran.errors.split(separator: "\n")
    #expect(lines.count == 3 && lines.allSatisfy { $0.hasPrefix("ansatz: \(path):") }, "\(lines)")
  }

  @Test(
    "Ctrl-C ends a command that is still reading, with 130 and one line", .timeLimit(.minutes(1)))
  func interrupt() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/program"
    try #require(mkfifo(path, 0o600) == 0)
    let running = try Running(ansatzBinary, ["run", path])
    // Opens when the command does, which then waits for a program.
    let pipe = open(path, O_WRONLY)
    defer { close(pipe) }
    running.process.interrupt()
    let outcome = running.wait()
    #expect(outcome.status == 130)
    #expect(outcome.errors == "\ransatz: stopped\n")
  }
}
