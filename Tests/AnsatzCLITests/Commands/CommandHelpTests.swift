import Foundation
import Testing

/// A command as the program describes itself.
private struct Described: Decodable {
  struct Argument: Decodable {
    struct Name: Decodable { let name: String }
    let kind: String
    let names: [Name]?
    let valueName: String?
    let abstract: String?
  }

  let commandName: String
  let abstract: String?
  let arguments: [Argument]?
  let subcommands: [Described]?
}

private func program() throws -> Described {
  struct Tool: Decodable { let command: Described }
  let dump = try ansatz("--experimental-dump-help")
  #expect(dump.status == 0)
  return try JSONDecoder().decode(Tool.self, from: Data(dump.output.utf8)).command
}

/// The program's commands, without `help`.
private func commands() throws -> [Described] {
  try #require(program().subcommands).filter { $0.commandName != "help" }
}

@Suite("Commands") struct CommandHelpTests {
  @Test("Every command file is a command of the program")
  func files() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: "\(repository)/Sources/AnsatzCLI/Commands")
    let names = try commands().map(\.commandName)
    var count = 0
    for file in files.sorted() where file.hasSuffix("Command.swift") {
      count += 1
      let text = try String(
        contentsOfFile: "\(repository)/Sources/AnsatzCLI/Commands/\(file)", encoding: .utf8)
      let name = try #require(text.firstMatch(of: /commandName: "([^"]+)"/), "\(file)").1
      #expect(names.contains(String(name)), "\(file) is in no list of subcommands")
    }
    #expect(count == names.count)
  }

  @Test("Every command and option says what it is for")
  func help() throws {
    for command in try commands() {
      let abstract = try #require(command.abstract, "\(command.commandName)")
      #expect(abstract.hasSuffix("."), "\(command.commandName): \(abstract)")
      for argument in command.arguments ?? [] {
        let name = argument.names?.last?.name ?? argument.valueName ?? "?"
        let text = argument.abstract ?? ""
        #expect(!text.isEmpty, "\(command.commandName) \(name) has no help")
        // The library's own `--help` and `--version` are sentences as well.
        #expect(
          text.hasSuffix(".") || text.hasSuffix(")"), "\(command.commandName) \(name): \(text)")
      }
    }
  }

  @Test("Every command has a man page that renders and completions that name it")
  func manual() throws {
    let folder = try TemporaryFolder()
    let dump = try ansatz("--experimental-dump-help").output
    let script = try Running(
      "/usr/bin/env", ["swift", "\(repository)/scripts/man-pages.swift", folder.path, "1.2"],
      input: dump
    ).wait()
    #expect(script.status == 0, "\(script.output)\(script.errors)")
    let names = try commands().map(\.commandName)
    let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".1") }
    #expect(Set(pages) == Set(names.map { "ansatz-\($0).1" } + ["ansatz.1"]))
    let main = folder.read("ansatz.1")
    for command in try commands() {
      let name = command.commandName
      #expect(main.contains("\\fBansatz\\-\(name)\\fR(1)"))
      let page = folder.read("ansatz-\(name).1")
      #expect(page.contains("ansatz\\-\(name) \\- "))
      for option in (command.arguments ?? []).compactMap({ $0.names?.last?.name }) {
        let text = option.replacing("-", with: "\\-")
        #expect(page.contains("\\-\(text)\\fR"), "\(name): \(option)")
      }
    }
    if FileManager.default.isExecutableFile(atPath: "/usr/bin/man") {
      for page in pages {
        let shown = try Running(
          "/usr/bin/man", ["--warnings", "-l", "\(folder.path)/\(page)"],
          environment: ["MANPAGER": "cat", "LC_ALL": "C.UTF-8", "MANWIDTH": "80"]
        ).wait()
        #expect(shown.status == 0 && shown.errors.isEmpty, "\(page): \(shown.errors)")
        for heading in ["NAME", "SYNOPSIS", "EXIT STATUS"] {
          #expect(shown.output.contains(heading), "\(page): \(heading)")
        }
      }
    }
    for shell in ["bash", "zsh", "fish"] {
      let script = try ansatz("--generate-completion-script", shell)
      #expect(script.status == 0)
      for name in names { #expect(script.output.contains(name), "\(shell): \(name)") }
    }
  }

  @Test(
    "The bash completion offers commands and options",
    arguments: [("ansatz comp", "compare"), ("ansatz train --opt", "--optimizer")])
  func completion(line: String, wanted: String) throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(
      "completion", ansatz("--generate-completion-script", "bash").output)
    let words = line.split(separator: " ").joined(separator: " ")
    let count = line.split(separator: " ").count - 1
    let outcome = try Running(
      "/usr/bin/env",
      [
        "bash", "-c",
        """
        source '\(script)'
        COMP_WORDS=(\(words)); COMP_CWORD=\(count); COMP_LINE='\(line)'; COMP_POINT=\(line.count)
        _ansatz ansatz "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """,
      ]
    ).wait()
    #expect(
      outcome.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        == [wanted], "\(outcome.output)\(outcome.errors)")
  }

  @Test("A misspelt command is suggested")
  func misspelt() throws {
    for name in try commands().map(\.commandName) where name.count > 4 {
      let outcome = try ansatz([String(name.dropLast())])
      #expect(outcome.status == 64)
      #expect(
        outcome.complaint == "unknown command '\(name.dropLast())'; did you mean '\(name)'?")
    }
  }
}
