import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// How many elements of a name a picture has; -1 if it is not well-formed.
private func count(_ element: String, in picture: String) -> Int {
  final class Counter: NSObject, XMLParserDelegate {
    let element: String
    var count = 0
    init(_ element: String) { self.element = element }
    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) { if name == element { count += 1 } }
  }
  let counter = Counter(element)
  let parser = XMLParser(data: Data(picture.utf8))
  parser.delegate = counter
  return parser.parse() ? counter.count : -1
}

@Test("A picture goes to a file or to standard output, with one group an operation")
func picture() throws {
  let folder = try TemporaryFolder()
  let file = try ansatz("draw", "teleportation", "--svg", "\(folder.path)/a.svg")
  #expect(file.status == 0 && file.output.isEmpty && file.errors.isEmpty, "\(file.errors)")
  let written = folder.read("a.svg")
  #expect(count("g", in: written) == 10)
  #expect(written.hasSuffix("</svg>\n"))
  let output = try ansatz("draw", "teleportation", "--svg", "-")
  #expect(output.output == written)
}

@Test("Every circuit of the gallery is drawn both ways")
func gallery() throws {
  let listing = try #require(json(ansatz("draw", "--json")) as? [String: [String]])
  let names = try #require(listing["circuits"])
  #expect(names.count >= 20)
  for name in names {
    let text = try #require(json(ansatz("draw", name, "--json")) as? [[String: Any]])
    let qubits = try #require(text.first?["qubits"] as? Int)
    let diagram = try #require(text.first?["diagram"] as? String)
    #expect(diagram.contains("\(qubits - 1): ─"), "\(name)")
    #expect(count("g", in: try ansatz("draw", name, "--svg", "-").output) > 0, "\(name)")
  }
}

@Test("An OpenQASM file is drawn as the circuit it holds")
func program() throws {
  let folder = try TemporaryFolder()
  let path = try folder.write(
    "odd <name>.qasm",
    """
    OPENQASM 3.0;
    include "stdgates.inc";
    input float a;
    qubit[2] q;
    bit[1] c;
    rx(a) q[1];
    negctrl @ x q[0], q[1];
    c[0] = measure q[0];
    if (c[0]) z q[1];
    """)
  let text = try ansatz("draw", path)
  #expect(
    text.output == """
      \(path): 2 qubits, 1 input, 0 weights, depth 3

         0: ───────────○──M────────
                       │  ║
         1: ─RX(a[0])──⊕──╫───Z────
                          ║   ║
      c[1]: ══════════════0══c[0]══

      """, "\(text.errors)")
  let picture = try ansatz("draw", path, "--svg", "-").output
  #expect(count("g", in: picture) == 4)
}

@Test(
  "What cannot be drawn is named in one line",
  arguments: [
    (["draw", "--svg", "a.svg"], 64, "--svg needs the NAME of what to draw"),
    (["draw", "ghz", "--svg", "-", "--json"], 64, "--svg and --json cannot be had at once"),
    (["draw", "ghz", "--set", "qubits=3"], 64, "'ghz' is a circuit; --set is for models"),
    (
      ["draw", "ghz", "--svg", "/nowhere/a.svg"], 73,
      "/nowhere/a.svg cannot be written (No such file or directory); use a"
    ),
    (["draw", "nowhere.qasm"], 66, "nowhere.qasm"),
    (["draw", "folder.qasm"], 66, "folder.qasm"),
  ] as [([String], Int32, String)])
func drawingMistakes(arguments: [String], status: Int32, message: String) throws {
  let folder = try TemporaryFolder()
  try FileManager.default.createDirectory(
    atPath: "\(folder.path)/folder.qasm", withIntermediateDirectories: false)
  let outcome = try Running(ansatzBinary, arguments, in: folder.path).wait()
  #expect(outcome.status == status)
  #expect(outcome.complaint?.hasPrefix(message) == true, "\(outcome.errors)")
  #expect(outcome.output.isEmpty)
}

@Test("Every output follows links, keeps modes and never replaces what is no regular file")
func outputsWriteThrough() throws {
  let folder = try TemporaryFolder()
  let commands: [(option: [String], last: String)] = [
    (["convert", "ghz", "-o"], "\n"), (["draw", "ghz", "--svg"], "</svg>\n"),
    (["spectrum", "angle-embedding", "--qubits", "1", "--svg"], "</svg>\n"),
    (["train", "iris", "--model", "mlp", "--epochs", "1", "--report"], "</html>\n"),
  ]
  for (number, command) in commands.enumerated() {
    try folder.write("target\(number)", "old")
    let target = "\(folder.path)/target\(number)"
    #expect(chmod(target, 0o600) == 0)
    #expect(symlink("target\(number)", "\(folder.path)/link\(number)") == 0)
    let linked = try Running(
      ansatzBinary, command.option + ["link\(number)"], in: folder.path
    ).wait()
    #expect(linked.status == 0, "\(linked.errors)")
    var status = stat()
    #expect(
      lstat("\(folder.path)/link\(number)", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(lstat(target, &status) == 0 && status.st_mode & 0o7777 == 0o600)
    let text = folder.read("target\(number)")
    #expect(text.hasSuffix(command.last), "\(text.suffix(20))")

    let fifo = "\(folder.path)/fifo\(number)"
    #expect(mkfifo(fifo, 0o600) == 0)
    let piped = try Running(
      "/bin/sh",
      ["-c", "cat '\(fifo)' > '\(fifo).out' & \"$@\" '\(fifo)' && wait", "sh", ansatzBinary]
        + command.option
    )
    .wait()
    #expect(piped.status == 0, "\(piped.errors)")
    #expect(lstat(fifo, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    #expect(folder.read("fifo\(number).out").hasSuffix(command.last))
    let streamed = try ansatz(command.option + ["/dev/stdout"])
    #expect(streamed.output.contains(command.last) && streamed.status == 0)
  }
}

@Test("An unknown circuit is told every name there is, each once")
func unknownCircuit() throws {
  for command in ["draw", "run", "plan", "spectrum"] {
    let outcome = try ansatz(command, "qqqqqqqqqqqqqq")
    #expect(outcome.status == 64)
    let complaint = try #require(outcome.complaint, "\(outcome.errors)")
    let list = try #require(complaint.components(separatedBy: "choose one of: ").last)
    let names = list.components(separatedBy: ", ")
    #expect(names.contains("bell-pair") && Set(names).count == names.count, "\(command)")
  }
}

@Test("A FIFO that nobody reads is an error after a while, and is left as it is")
func unreadFIFO() throws {
  let folder = try TemporaryFolder()
  #expect(mkfifo("\(folder.path)/pipe", 0o600) == 0)
  let outcome = try ansatz("draw", "ghz", "--svg", "pipe", in: folder.path)
  #expect(outcome.status == 73)
  #expect(
    outcome.complaint == "nobody reads from 'pipe'; start its reader first, or name a file")
  var status = stat()
  #expect(lstat("\(folder.path)/pipe", &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
}
