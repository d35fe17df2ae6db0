import Ansatz
import ArgumentParser
import Foundation

/// What a command's options take, and how arguments say it: the value of an option may begin with a
/// minus, as in `--observable "-Z0 Z1"`.
struct OptionValues {
  /// Every way to write an option that takes a value, with the name to join the value to.
  private var joined: [String: String] = [:]
  /// Every option and flag.
  private var names: Set<String> = ["--version"]

  init(of command: any ParsableCommand.Type) throws {
    let help = try JSONDecoder().decode(Help.self, from: Data(command._dumpHelp().utf8))
    for argument in help.command.arguments ?? [] {
      let spellings = (argument.names ?? []).map(\.spelling)
      names.formUnion(spellings)
      guard argument.kind == "option", let long = spellings.first(where: { $0.hasPrefix("--") })
      else { continue }
      for spelling in spellings { joined[spelling] = long }
    }
  }

  /// The arguments with each value that begins with a minus joined to its option.
  ///
  /// - Throws: `AnsatzError` where another option, or something close to it, stands in the place of
  ///   a value.
  func joiningValues(_ arguments: [String]) throws -> [String] {
    var result: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" { return result + [argument] + rest }
      guard let name = joined[argument], let value = rest.first else {
        result.append(argument)
        continue
      }
      rest.removeFirst()
      try check(value, for: argument)
      result += value.hasPrefix("-") ? ["\(name)=\(value)"] : [argument, value]
    }
    return result
  }

  private func check(_ value: String, for option: String) throws {
    let head = value.split(separator: "=", maxSplits: 1).first.map(String.init) ?? value
    // Of two letters most are near.
    let isNear = head.count > 5 && head.hasPrefix("--") && !head.contains(" ")
    guard
      value == "--" || names.contains(head)
        || isNear && nearestMatch(to: head, in: names.sorted()) != nil
    else { return }
    throw AnsatzError(
      .usage,
      "the value of \(option) is missing: '\(value)' is an option; "
        + "if it is the value, write \(option)=\(value)")
  }

  /// What the argument parser tells of a command.
  private struct Help: Decodable {
    struct Command: Decodable { let arguments: [Argument]? }
    struct Argument: Decodable {
      let kind: String
      let names: [Name]?
    }
    struct Name: Decodable {
      let kind: String
      let name: String
      var spelling: String { (kind == "long" ? "--" : "-") + name }
    }
    let command: Command
  }
}
