import Foundation

/// The shell commands of a page.
///
/// A block marked `sh` is run as it stands. A block marked `console` holds lines that begin with
/// `$ `, each followed by what it prints. A block under `<!-- file: NAME -->` becomes that file. A
/// block under `<!-- not run: WHY -->` is left out; one under `<!-- run with: ARGUMENTS; WHY -->` is
/// run with these arguments after each `ansatz` command, and what it prints is not compared. One
/// under `<!-- about: NUMBER; WHY -->` may print numbers that are off by so much.
struct CommandBlocks {
  enum Item {
    case file(name: String, text: String)
    case script(String)
    case command(String, output: [String], tolerance: Double)
  }

  private(set) var items: [Item] = []
  /// The commands under `not run`, with the reason.
  private(set) var leftOut: [(text: String, reason: String)] = []

  init(page text: String) {
    var comment: Substring = ""
    var kind: Substring?
    var body: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let kind_ = kind {
        guard line == "```" else {
          body.append(line)
          continue
        }
        add(kind_, body.joined(separator: "\n"), comment)
        (kind, body, comment) = (nil, [], "")
      } else if line.hasPrefix("```") {
        kind = line.dropFirst(3)
      } else if line.hasPrefix("<!-- ") {
        comment = line.dropFirst(5)
      } else if !line.isEmpty {
        comment = ""
      }
    }
  }

  private mutating func add(_ kind: Substring, _ text: String, _ comment: Substring) {
    if let name = Self.mark("file", in: comment) {
      items.append(.file(name: name, text: text + "\n"))
      return
    }
    guard kind == "sh" || kind == "console" else { return }
    if let reason = Self.mark("not run", in: comment) {
      leftOut.append((text, reason))
      return
    }
    let extra = Self.mark("run with", in: comment)?.split(separator: ";").first.map(String.init)
    if kind == "sh" {
      items.append(.script(Self.adding(extra, to: text)))
      return
    }
    let tolerance = Self.mark("about", in: comment)?.split(separator: ";").first
      .flatMap { Double($0) }
    var command: String?
    var output: [String] = []
    func flush(into items: inout [Item]) {
      guard let command else { return }
      items.append(
        extra == nil
          ? .command(command, output: output, tolerance: tolerance ?? 1e-6)
          : .script(Self.adding(extra, to: command)))
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("$ ") {
        flush(into: &items)
        (command, output) = (String(line.dropFirst(2)), [])
      } else {
        output.append(String(line))
      }
    }
    flush(into: &items)
  }

  private static func mark(_ name: String, in comment: Substring) -> String? {
    guard comment.hasPrefix("\(name): ") else { return nil }
    return String(comment.dropFirst(name.count + 2)).replacing(" -->", with: "")
  }

  private static func adding(_ arguments: String?, to script: String) -> String {
    guard let arguments else { return script }
    return script.split(separator: "\n").map {
      $0.hasPrefix("ansatz ") ? "\($0) \(arguments)" : String($0)
    }.joined(separator: "\n")
  }
}

/// Whether a program printed what a page says: the same words, numbers equal to the tolerance, and any
/// time for a time. Where a tolerance is more than rounding, any p-value goes for a p-value.
func prints(_ actual: String, _ expected: String, tolerance: Double = 1e-6) -> Bool {
  func words(_ text: String) -> [String] {
    var text = text.replacing(/[0-9.]+ (?:ns|µs|ms|s|min)\b/, with: "TIME")
    if tolerance > 1e-3 { text.replace(/p [=<] [0-9.]+/, with: "P") }
    return text.split { $0.isWhitespace || ",()[]%".contains($0) }.map(String.init)
  }
  let (left, right) = (words(actual), words(expected))
  guard left.count == right.count else { return false }
  return zip(left, right).allSatisfy { a, b in
    if a == b { return true }
    // Whole numbers are counts.
    guard let x = Double(a), let y = Double(b), Int(a) == nil, Int(b) == nil else { return false }
    return abs(x - y) <= tolerance * max(1, abs(y))
  }
}
