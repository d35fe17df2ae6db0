// Writes the manual pages of the program: ansatz(1) and one page for each command, from what the
// program says of itself.
//
//   ansatz --experimental-dump-help | swift scripts/man-pages.swift DIRECTORY VERSION
import Foundation

struct Tool: Decodable {
  let command: Command
}

struct Command: Decodable {
  let commandName: String
  let abstract: String?
  let discussion: String?
  let arguments: [Argument]?
  let subcommands: [Command]?
}

struct Argument: Decodable {
  struct Name: Decodable {
    let kind: String
    let name: String
    var text: String { kind == "long" ? "--\(name)" : "-\(name)" }
  }

  let kind: String
  let names: [Name]?
  let valueName: String?
  let abstract: String?
  let defaultValue: String?
  let sectionTitle: String?
  let isOptional: Bool
  let isRepeating: Bool
  let shouldDisplay: Bool

  var isPositional: Bool { kind == "positional" }

  /// `\fB-o\fR, \fB--output\fR \fIFILE\fR`
  var heading: String {
    let value = "\\fI\(escaped(valueName ?? "VALUE"))\\fR"
    guard !isPositional else { return value }
    let names = (names ?? []).map { "\\fB\(escaped($0.text))\\fR" }.joined(separator: ", ")
    return kind == "flag" ? names : "\(names) \(value)"
  }
}

/// Text in which troff sees nothing special.
func escaped(_ text: String) -> String {
  text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("`", with: "\\`")
    .split(separator: "\n", omittingEmptySubsequences: false)
    .map { $0.hasPrefix(".") || $0.hasPrefix("'") ? "\\&" + $0 : $0 }.joined(separator: "\n")
}

func section(_ arguments: [Argument]) -> String {
  arguments.map { argument in
    var text = argument.abstract ?? ""
    if let value = argument.defaultValue, !value.isEmpty { text += " The default is \(value)." }
    return ".TP\n\(argument.heading)\n\(escaped(text))\n"
  }.joined()
}

let exitCodes = [
  (0, "success"), (64, "wrong arguments, or a request that makes no sense"),
  (65, "data that cannot be understood"), (66, "a file that cannot be read"),
  (69, "something the program needs is missing"), (70, "a mistake of the program"),
  (71, "a failure of the operating system"), (73, "a file that cannot be written"),
  (74, "a failure while reading or writing"),
  (78, "settings that do not work"), (130, "stopped by Ctrl-C; what was done is kept"),
]

/// The page of a command; without a parent, the page of the program.
func page(of command: Command, parent: Command?, version: String) -> String {
  let words = [parent?.commandName, command.commandName].compactMap { $0 }
  let title = words.joined(separator: "-")
  let shown = (command.arguments ?? []).filter(\.shouldDisplay)
  let positional = shown.filter(\.isPositional)
  var text = """
    .TH \(escaped(title.uppercased())) 1 "" "Ansatz \(escaped(version))" "Ansatz"
    .SH NAME
    \(escaped(title)) \\- \(escaped(headline(command)))
    .SH SYNOPSIS
    .B \(escaped(words.joined(separator: " ")))
    \(synopsis(command, positional))

    """
  text += ".SH DESCRIPTION\n"
  text +=
    escaped(
      ([command.abstract, command.discussion].compactMap { $0 }).joined(separator: "\n.PP\n")
    )
    .replacing("\n\\&.PP\n", with: "\n.PP\n").replacing("\n\n", with: "\n.PP\n") + "\n"
  if let subcommands = command.subcommands, !subcommands.isEmpty {
    text += ".SH COMMANDS\n"
    for sub in subcommands where sub.commandName != "help" {
      text += ".TP\n\\fB\(escaped(sub.commandName))\\fR\n\(escaped(sub.abstract ?? ""))\n"
    }
  }
  if !positional.filter({ $0.sectionTitle == nil }).isEmpty {
    text += ".SH ARGUMENTS\n" + section(positional.filter { $0.sectionTitle == nil })
  }
  var titles: [String] = []
  for argument in shown {
    if let title = argument.sectionTitle, !titles.contains(title) { titles.append(title) }
  }
  for title in titles {
    text +=
      ".SH \(escaped(title.uppercased()))\n"
      + section(shown.filter { $0.sectionTitle == title })
  }
  let rest = shown.filter { $0.sectionTitle == nil && !$0.isPositional }
  if !rest.isEmpty { text += ".SH OPTIONS\n" + section(rest) }
  text += ".SH EXIT STATUS\n"
  for (code, meaning) in exitCodes { text += ".TP\n\(code)\n\(escaped(meaning))\n" }
  text += ".SH SEE ALSO\n" + seeAlso(command, parent: parent) + "\n"
  return text
}

/// What the line of `whatis` says: the first sentence, without its full stop.
func headline(_ command: Command) -> String {
  let text = (command.abstract ?? "").split(separator: "\n").joined(separator: " ")
  return text.hasSuffix(".") ? String(text.dropLast()) : text
}

func synopsis(_ command: Command, _ positional: [Argument]) -> String {
  if let subcommands = command.subcommands, !subcommands.isEmpty { return "\\fICOMMAND\\fR ..." }
  let operands = positional.map { argument in
    let name = "\\fI\(escaped(argument.valueName ?? ""))\\fR" + (argument.isRepeating ? " ..." : "")
    return argument.isOptional ? "[\(name)]" : name
  }
  return (["[\\fIoptions\\fR]"] + operands).joined(separator: " ")
}

func seeAlso(_ command: Command, parent: Command?) -> String {
  func reference(_ title: String) -> String { "\\fB\(escaped(title))\\fR(1)" }
  if let parent { return reference(parent.commandName) }
  return (command.subcommands ?? []).filter { $0.commandName != "help" }
    .map { reference("\(command.commandName)-\($0.commandName)") }.joined(separator: ",\n")
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 2,
  let tool = try? JSONDecoder().decode(
    Tool.self, from: FileHandle.standardInput.readDataToEndOfFile())
else {
  print(
    "man-pages: error: give DIRECTORY and VERSION, and on standard input what "
      + "`ansatz --experimental-dump-help` prints")
  exit(64)
}
let (directory, version) = (arguments[0], arguments[1])
let main = tool.command
do {
  try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  var pages = [(main.commandName, page(of: main, parent: nil, version: version))]
  for sub in main.subcommands ?? [] where sub.commandName != "help" {
    let text = page(of: sub, parent: main, version: version)
    pages.append(("\(main.commandName)-\(sub.commandName)", text))
  }
  for (name, text) in pages {
    try text.write(toFile: "\(directory)/\(name).1", atomically: true, encoding: .utf8)
  }
} catch {
  print("man-pages: error: \(directory) cannot be written")
  exit(73)
}
