import Ansatz
import Foundation
import Testing

@testable import AnsatzCLI

@Suite("Values of options")
struct OptionValueTests {
  /// The options of every command that take a value, from the help that they print.
  static let options: [(command: String, option: String)] = {
    guard let help = try? json(ansatz("--experimental-dump-help")) as? [String: Any],
      let root = help["command"] as? [String: Any],
      let commands = root["subcommands"] as? [[String: Any]]
    else { return [] }
    return commands.flatMap { command in
      ((command["arguments"] as? [[String: Any]]) ?? []).filter {
        $0["kind"] as? String == "option"
      }
      .flatMap { ($0["names"] as? [[String: Any]]) ?? [] }
      .map { name in
        let dashes = name["kind"] as? String == "long" ? "--" : "-"
        return (command["commandName"] as? String ?? "", dashes + (name["name"] as? String ?? ""))
      }
    }
  }()

  private func joined(_ command: String, _ arguments: [String]) throws -> [String] {
    let type = try #require(
      AnsatzCommand.configuration.subcommands.first { $0._commandName == command })
    return try OptionValues(of: type).joiningValues(arguments)
  }

  @Test("Every option of every command takes a value that begins with a minus")
  func everyOption() throws {
    #expect(Self.options.count > 80)
    for (command, option) in Self.options {
      for value in ["-1", "-1.05 + 0.39 Z0", "-Z0 Z1", "-x=1", "--5", "-", "-x.qasm"] {
        let result = try joined(command, [command, option, value, "--json"])
        #expect(result.count == 3 && result[0] == command && result[2] == "--json")
        #expect(result[1].hasPrefix("--") && result[1].hasSuffix("=\(value)"), "\(result)")
      }
    }
  }

  @Test("An option in the place of a value says that the value is missing, in every command")
  func forgotten() throws {
    for (command, option) in Self.options {
      for value in ["--help", "-h", "--version", "--", option, "--hepl"] {
        let error = #expect(throws: AnsatzError.self) {
          _ = try joined(command, [command, option, value])
        }
        #expect(error?.exitCode == 64)
        #expect(error?.message.hasPrefix("the value of \(option) is missing") == true)
      }
    }
    let outcome = try ansatz("run", "bell-pair", "--observable", "--json")
    #expect(outcome.status == 64)
    #expect(
      outcome.complaint == "the value of --observable is missing: '--json' is an option; if it is "
        + "the value, write --observable=--json")
  }

  @Test("Other arguments stay as they are")
  func others() throws {
    let arguments = [
      "run", "a.qasm", "--observable=-Z0", "--shots", "7", "--json", "--", "--shots", "-1",
    ]
    #expect(try joined("run", arguments) == arguments)
    #expect(try joined("run", ["run", "a.qasm", "--shots"]) == ["run", "a.qasm", "--shots"])
  }

  @Test("An observable that begins with a minus is measured")
  func observables() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("bell.qasm", "OPENQASM 2.0; qreg q[2]; ry(0.4) q[0]; cx q[0],q[1];")
    let outcome = try ansatz(
      "run", path, "--observable", "-1.05 + 0.39 Z0", "--observable", "-Z0 Z1", "--json")
    let report = try #require(json(outcome) as? [String: Any], "\(outcome.errors)")
    let values = try #require(report["expectations"] as? [String: Double])
    #expect(abs(try #require(values["-1.05 + 0.39 Z0"]) - (-1.05 + 0.39 * cos(0.4))) < 1e-12)
    #expect(abs(try #require(values["-Z0 Z1"]) + 1) < 1e-12)
    let gradient = try ansatz("gradient", path, "--observable", "-Z0 Z1")
    #expect(gradient.output.contains("= -1.000000000000"), "\(gradient.errors)")
  }
}
