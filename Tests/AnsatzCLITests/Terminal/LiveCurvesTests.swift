import Foundation
import Testing

/// What a terminal shows after the bytes that a program wrote.
private struct Screen {
  private(set) var lines: [String] = [""]
  private var row = 0
  private var column = 0
  /// How often the cursor was moved up to draw over something.
  private(set) var returns = 0

  init(_ text: String) {
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\r": column = 0
      case "\n":
        row += 1
        if row == lines.count { lines.append("") }
      case "\u{1B}":
        _ = rest.popFirst()
        let digits = rest.prefix { ("0"..."9").contains($0) }
        rest = rest.dropFirst(digits.count)
        apply(rest.popFirst() ?? " ", Int(String(String.UnicodeScalarView(digits))) ?? 1)
      default: put(Character(scalar))
      }
    }
  }

  private mutating func put(_ character: Character) {
    var line = Array(lines[row])
    while line.count <= column { line.append(" ") }
    line[column] = character
    lines[row] = String(line)
    column += 1
  }

  private mutating func apply(_ command: Unicode.Scalar, _ count: Int) {
    switch command {
    case "A":
      row = max(0, row - count)
      returns += 1
    case "K": lines[row] = String(lines[row].prefix(column))
    case "J":
      lines[row] = String(lines[row].prefix(column))
      lines.removeLast(lines.count - row - 1)
    default: Issue.record("unknown sequence \(command)")
    }
  }
}

/// Runs a shell script in a terminal of 60 columns, and returns what it shows.
private func terminal(_ script: String, in folder: TemporaryFolder) throws -> Screen {
  try folder.write("script.sh", "stty cols 60 rows 24\n\(script)\n")
  let outcome = try Running(
    "/usr/bin/script", ["-qefc", "sh script.sh", "typescript"], in: folder.path,
    environment: ["COLUMNS": ""]
  ).wait()
  return Screen(outcome.output)
}

@Test("In a terminal, curves are drawn over themselves, and stay once, above the result")
func liveCurves() throws {
  let folder = try TemporaryFolder()
  let screen = try terminal("'\(ansatzBinary)' train iris --epochs 60 --plot", in: folder)
  #expect(screen.returns >= 1)
  let lines = screen.lines
  // The report below is as long as its words.
  let report = try #require(lines.firstIndex { $0.hasPrefix("iris: ") })
  #expect(lines[..<report].allSatisfy { $0.count <= 60 })
  #expect(lines.count { $0 == "loss" } == 1 && lines.count { $0 == "accuracy" } == 1)
  #expect(lines[0] == "loss")
  #expect(lines.count { $0.contains("── training:") } == 2)
  #expect(!lines.contains { $0.contains("training hybrid:") })
  let accuracy = try #require(lines.firstIndex(of: "accuracy"))
  let result = try #require(lines.firstIndex { $0.hasPrefix("60 epochs in ") })
  #expect(accuracy < result)
}

@Test("Ctrl-C leaves the curves, and the words below them whole")
func interruptedCurves() throws {
  let folder = try TemporaryFolder()
  // Sends the signal once curves are there, so that the program is ready for it.
  let screen = try terminal(
    """
    '\(ansatzBinary)' train iris --epochs 1000000 --plot --checkpoint run </dev/null &
    until grep -q '60 *$\\|at the end' typescript; do sleep 0.02; done
    kill -INT $!
    wait $!
    echo "status $?"
    """, in: folder)
  let lines = screen.lines
  #expect(lines.count { $0 == "loss" } == 1)
  let advice = try #require(lines.firstIndex { $0.hasPrefix("ansatz: stopped in epoch ") })
  #expect(lines[advice].contains("--resume"))
  #expect(lines.contains("status 130"))
  // The curves end right above.
  #expect(lines[..<advice].contains { $0.contains("── training:") })
}

@Test("Elsewhere the curves are written once, as wide as COLUMNS, and the report stays as it is")
func plainCurves() throws {
  let arguments = ["train", "iris", "--epochs", "5", "--validation", "0.2"]
  func run(_ extra: [String], columns: String) throws -> Outcome {
    try Running(ansatzBinary, arguments + extra, environment: ["COLUMNS": columns]).wait()
  }
  let plotted = try run(["--plot"], columns: "50")
  #expect(plotted.status == 0)
  let lines = plotted.errors.split(separator: "\n").map(String.init)
  #expect(!plotted.errors.contains("\u{1B}") && !plotted.errors.contains("\r"))
  #expect(lines.count { $0 == "loss" } == 1 && lines.count { $0 == "accuracy" } == 1)
  #expect(lines.map(\.count).max() == 49)
  #expect(lines.count { $0.contains("╌╌ validation:") } == 2)
  func withoutTime(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter { !$0.hasPrefix("5 epochs in ") }
  }
  #expect(withoutTime(plotted.output) == withoutTime(try run([], columns: "50").output))
  // Without a sensible width it is 80.
  let usual = try run(["--plot", "--json"], columns: "wide")
  #expect(usual.errors.split(separator: "\n").map(\.count).max() == 79)
  #expect((try json(usual) as? [String: Any])?["epochs"] as? Int == 5)
}
