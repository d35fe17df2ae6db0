import AnsatzMath
import Testing

@Suite("Errors on one line")
struct OneLineTests {
  private func message(_ text: String) -> String { AnsatzError(.usage, text).message }

  @Test("A message keeps what a user wrote, and loses line ends and control characters")
  func oneLine() {
    #expect(message("p.qasm:3:5: 'θ' is no 👩‍🔬") == "p.qasm:3:5: 'θ' is no 👩‍🔬")
    #expect(message("'a\nb\r\nc\u{2028}d' \u{1B}[2J\u{0}") == "'a b c d' \u{FFFD}[2J\u{FFFD}")
  }

  @Test(
    "A message is short, whatever it echoes, and keeps its beginning and its advice",
    arguments: [
      String(repeating: "a", count: 3000), String(repeating: "a b ", count: 3000),
      String(repeating: "'", count: 3000), String(repeating: "a' b '", count: 3000),
      String(repeating: "é", count: 200_000), String(repeating: "1, ", count: 100_000),
    ])
  func bounded(echo: String) {
    let short = message("unknown model '\(echo)'; did you mean 'hybrid'?")
    #expect(short.count <= 2000)
    #expect(short.hasPrefix("unknown model '"))
    #expect(short.hasSuffix("; did you mean 'hybrid'?"))
    #expect(short.contains("…"))
  }

  @Test("A long quotation is cut, a long path and a list of names are not")
  func kept() {
    let name = String(repeating: "x", count: 101)
    #expect(
      message("a'b: unknown '\(name)'; choose one of: \(String(repeating: "name, ", count: 50))")
        .hasPrefix("a'b: unknown '\(name.prefix(40))…\(name.prefix(10))'; choose"))
    let path = "/" + String(repeating: "folder/", count: 40) + "file.csv: there is no such file"
    #expect(message(path) == path)
    let list = "choose one of: " + String(repeating: "'name', ", count: 200)
    #expect(message(list) == list)
  }

  @Test("A name as long as a file is compared with the candidates at once")
  func suggestions() {
    let name = String(repeating: "a", count: 1_000_000)
    #expect(nearestMatch(to: name, in: (0..<200).map { "candidate-\($0)" }) == nil)
  }
}
