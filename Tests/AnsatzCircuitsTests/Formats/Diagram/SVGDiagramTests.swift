import AnsatzCircuits
import AnsatzTestSupport
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("SVG diagrams")
struct SVGDiagramTests {
  /// An element of a picture with what it holds.
  private final class Node {
    let name: String
    let attributes: [String: String]
    var children: [Node] = []
    var text = ""

    init(_ name: String, _ attributes: [String: String]) {
      self.name = name
      self.attributes = attributes
    }

    var all: [Node] { [self] + children.flatMap(\.all) }

    func number(_ name: String) -> Double { attributes[name].flatMap(Double.init) ?? .nan }
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var stack = [Node("document", [:])]

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      let node = Node(name, attributes)
      stack[stack.count - 1].children.append(node)
      stack.append(node)
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) { stack.removeLast() }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      stack[stack.count - 1].text += text
    }
  }

  private func picture(_ circuit: Circuit, width: Double = 1200) throws -> Node {
    let reader = Reader()
    let parser = XMLParser(data: Data(SVGDiagram(circuit, width: width).description.utf8))
    parser.delegate = reader
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return try #require(reader.stack[0].children.first)
  }

  /// The drawn operations, each a group with a title.
  private func groups(_ picture: Node) -> [Node] { picture.children.filter { $0.name == "g" } }

  /// The row that a height stands for.
  private func row(_ y: Double) -> Int { Int(((y - 12) / 44 - 0.5).rounded()) }

  @Test("Controls, targets and boxes stand on the rows of their qubits")
  func places() throws {
    let circuit = try Circuit(qubits: 4) {
      CNOT(control: 3, target: 1)
      Controlled(by: [0, 2], values: [0, 1]) { RY(0.5, on: 3) }
      SWAP(0, 2)
    }
    let drawn = groups(try picture(circuit))
    #expect(drawn.count == 3)
    let cnot = drawn[0]
    #expect(
      cnot.children.filter { $0.attributes["class"] == "dot" }.map { row($0.number("cy")) } == [3])
    #expect(
      cnot.children.filter { $0.attributes["class"] == "ring" }.map { row($0.number("cy")) } == [1])
    let controlled = drawn[1]
    #expect(
      controlled.children.filter { $0.attributes["class"] == "ring" }.map { row($0.number("cy")) }
        == [0])
    #expect(
      controlled.children.filter { $0.attributes["class"] == "dot" }.map { row($0.number("cy")) }
        == [2])
    let word = try #require(controlled.children.first { $0.name == "text" })
    #expect(word.text == "RY(0.5)" && row(word.number("y")) == 3)
    let vertical = try #require(
      controlled.children.first { $0.name == "line" && $0.number("x1") == $0.number("x2") })
    #expect(row(vertical.number("y1")) == 0 && row(vertical.number("y2")) == 3)
    let cross = drawn[2].children.filter {
      $0.name == "line" && $0.number("x1") != $0.number("x2")
    }
    #expect(cross.count == 4)
  }

  @Test("Every gate draws its symbol and its angles, on neighbours and far apart, both ways round")
  func everyGate() throws {
    for gate in StandardGates.all + StandardGates.examples {
      let own = gate.controlCount + (gate.targetCount ?? 2)
      for qubits in [
        Array(0..<own), (0..<own).map { 2 * $0 + 1 }, (0..<own).map { 2 * $0 + 1 }.reversed(),
      ] {
        let operation = GateOperation(
          gate, angles: gate.parameterNames.indices.map { Angle(0.25 + Double($0)) },
          qubits: Array(qubits))
        let circuit = try Circuit(
          qubits: 2 * own + 2, operations: [.gate(operation)])
        let group = try #require(groups(picture(circuit)).first)
        let words = group.children.filter { $0.name == "text" }.map(\.text)
        let isBare = ["CNOT", "CZ", "Toffoli", "CCZ", "SWAP", "CSWAP"].contains(gate.name)
        #expect(isBare == words.isEmpty, "\(gate.name)")
        if !isBare { #expect(words.contains { $0.contains(gate.symbol) }, "\(gate.name)") }
        for index in gate.parameterNames.indices {
          #expect(words.contains { $0.contains("\(0.25 + Double(index))") }, "\(gate.name)")
        }
        let title = try #require(group.children.first { $0.name == "title" })
        #expect(title.text.contains(gate.name))
        let text = "\(TextDiagram(circuit))"
        if !isBare { #expect(text.contains(gate.symbol)) }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 2 * circuit.qubitCount - 1)
      }
    }
  }

  @Test(
    "Every channel draws its symbol and its parameters, both ways round", arguments: ChannelCase.all
  )
  func everyChannel(channel: ChannelCase) throws {
    let count = channel.definition.qubitCount
    for qubits in [(0..<count).map { 2 * $0 + 1 }, (0..<count).map { 2 * $0 + 1 }.reversed()] {
      let circuit = try Circuit(
        qubits: 4,
        operations: [
          .channel(
            ChannelOperation(
              channel.definition, parameters: channel.parameters, qubits: Array(qubits)))
        ])
      let group = try #require(groups(picture(circuit)).first)
      let rows = group.children.filter { $0.name == "rect" }.map { row($0.number("y") + 14) }
      #expect(rows == Array(qubits))
      let text = "\(TextDiagram(circuit))"
      for word in channel.parameters.map({ "\($0)" }) + [channel.definition.symbol] {
        #expect(group.children.contains { $0.name == "text" && $0.text.contains(word) })
        #expect(text.contains(word))
      }
    }
  }

  @Test("Every template draws every operation, and none on another")
  func everyTemplate() throws {
    for template in StandardTemplates.all {
      let circuit = try template.circuit(qubits: 4, layers: 2)
      let drawn = groups(try picture(circuit))
      #expect(drawn.count == circuit.operations.count, "\(template.name)")
      expectDisjoint(drawn, template.name)
      let lines = "\(TextDiagram(circuit, width: 100))".split(
        separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count(where: { $0.contains("0: ─") }) >= 1)
    }
  }

  @Test("Random circuits draw every operation once, nothing outside the picture, no two atop")
  func random() throws {
    var circuits = RandomCircuits(seed: 13)
    for _ in 0..<10 {
      let circuit = try circuits.circuit(qubits: 6, gates: 60)
      let picture = try picture(circuit)
      let box = (picture.attributes["viewBox"] ?? "").split(separator: " ").compactMap {
        Double($0)
      }
      #expect(box.count == 4 && box[2] <= 1200 + 400)
      let drawn = groups(picture)
      #expect(drawn.count == circuit.operations.count)
      var places: Set<String> = []
      for node in drawn.flatMap(\.all) {
        for (name, limit) in [
          ("x", box[2]), ("x1", box[2]), ("cx", box[2]), ("y", box[3]), ("cy", box[3]),
        ] {
          guard let value = node.attributes[name].flatMap(Double.init) else { continue }
          #expect(value >= 0 && value <= limit)
        }
        if node.name == "text" {
          let place = "\(node.attributes["x"] ?? "") \(node.attributes["y"] ?? "")"
          #expect(places.insert(place).inserted, "two words at \(place)")
        }
      }
      expectDisjoint(drawn)
    }
  }

  /// Expects that no box or line of an operation lies on a box of another.
  private func expectDisjoint(_ groups: [Node], _ name: String = "") {
    typealias Area = (left: Double, right: Double, top: Double, bottom: Double)
    func boxes(_ group: Node) -> [Area] {
      group.children.filter { $0.name == "rect" }.map {
        let (x, y) = ($0.number("x"), $0.number("y"))
        return (x, x + $0.number("width"), y, y + $0.number("height"))
      }
    }
    func links(_ group: Node) -> [Area] {
      group.children.filter { $0.name == "line" }.map {
        (
          min($0.number("x1"), $0.number("x2")), max($0.number("x1"), $0.number("x2")),
          min($0.number("y1"), $0.number("y2")), max($0.number("y1"), $0.number("y2"))
        )
      }
    }
    let all = groups.map { (boxes: boxes($0), areas: boxes($0) + links($0)) }
    for (index, group) in all.enumerated() {
      for (other, neighbour) in all.enumerated() where other != index {
        let meets = group.boxes.contains { a in
          neighbour.areas.contains { b in
            a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom
          }
        }
        #expect(!meets, "\(name): operations \(index) and \(other) lie on one another")
      }
      for (a, b) in zip(group.boxes, group.boxes.dropFirst()) {
        #expect(a.bottom < b.top || b.bottom < a.top || a.right < b.left || b.right < a.left)
      }
    }
  }

  @Test("Boxes are wide enough for their words")
  func widths() throws {
    // Advance widths of DejaVu Sans 2.37 at 13 pixels, from the font's tables with fontTools 4.
    let words: [(String, Double)] = [
      ("RX(2*θ[0])", 69.2), ("RZ(π*x[0])", 68.5), ("c[0] && d[0]", 80.8), ("ECR 1", 38.7),
      ("e^i(0.25)", 61.6), ("U(θ[0, 1], 0.5, 1.5)", 120.4), ("MMWW%@", 73.5), ("failed[2]", 54.4),
      ("жшЩ½", 50.5),
    ]
    for (word, width) in words {
      let gate = GateDefinition(
        name: "Wide", summary: "a word", targets: 1, symbol: word, structure: .product([]),
        inverse: .itself
      ) { _, _ in .identity(2) }
      let circuit = try Circuit(
        qubits: 1, operations: [.gate(GateOperation(gate, angles: [], qubits: [0]))])
      let group = try #require(groups(try picture(circuit)).first)
      let box = try #require(group.children.first { $0.name == "rect" })
      #expect(group.children.contains { $0.name == "text" && $0.text == word })
      #expect(box.number("width") > width && box.number("width") < 1.5 * width + 30, "\(word)")
    }
  }

  @Test("Measurements and conditions are linked to their registers")
  func dynamic() throws {
    let (c, d) = (Bits("c", 2), Bits("d<&>", 1))
    let circuit = try Circuit("odd <name>", qubits: 2, registers: [c, d]) {
      Measure(0, into: d[0])
      If(c == 2) { X(1) }
    }
    let picture = try picture(circuit)
    #expect(picture.children.first { $0.name == "title" }?.text == "odd <name>")
    let names = picture.children.filter { $0.attributes["class"] == "name" }.map(\.text)
    #expect(names == ["0", "1", "c[2]", "d<&>[1]"])
    let drawn = groups(picture)
    let bit = try #require(drawn[0].children.first { $0.attributes["class"] == "bit" })
    #expect(row(bit.number("y") + 10) == 3)
    let asked = try #require(drawn[1].children.first { $0.attributes["class"] == "asked" })
    #expect(row(asked.number("y") + 10) == 2)
    #expect(drawn[1].children.contains { $0.name == "text" && $0.text == "c == 2" })
  }

  @Test("Where a body writes the bit that its condition asks, the question is drawn once")
  func rewritten() throws {
    let c = Bits("c", 1)
    let circuit = try Circuit(qubits: 2) {
      Measure(0, into: c[0])
      If(c[0]) {
        X(1)
        Measure(1, into: c[0])
      } else: {
        H(1)
      }
    }
    let drawn = groups(try picture(circuit))
    let titles = drawn.compactMap { $0.children.first { $0.name == "title" }?.text }
    #expect(
      titles == [
        "Measure qubit 0 into c[0]", "if on 1 if c[0]", "X on 1", "Measure qubit 1 into c[0]",
        "else on 1", "H on 1", "end on 1",
      ])
    #expect(
      drawn.filter { $0.children.contains { $0.attributes["class"] == "asked" } }.count == 1)
    expectDisjoint(drawn)
  }

  @Test("Conditional measurements name the bit and the condition in one place")
  func conditionalMeasurement() throws {
    let c = Bits("c", 2)
    let circuit = try Circuit(qubits: 1) { If(c[0]) { Measure(0, into: c[1]) } }
    let group = try #require(groups(try picture(circuit)).first)
    #expect(group.children.filter { $0.name == "text" }.map(\.text) == ["1 if c[0]"])
    #expect(group.children.filter { $0.attributes["class"] == "bit" }.count == 1)
  }

  @Test("Many angles stand one below another, on rows as high as they need")
  func manyAngles() throws {
    let w = Weights("repetitive.weights", 3)
    let circuit = try Circuit(qubits: 2) {
      Rot(w[0], w[1], w[2] + 0.5, on: 0)
      H(1)
      CNOT(control: 0, target: 1)
    }
    let picture = try picture(circuit)
    let drawn = groups(picture)
    let words = drawn[0].children.filter { $0.name == "text" }
    #expect(
      words.map(\.text) == [
        "Rot(repetitive.weights[0],", "repetitive.weights[1],", "repetitive.weights[2] + 0.5)",
      ])
    let box = try #require(drawn[0].children.first { $0.name == "rect" })
    for word in words {
      #expect(
        word.number("y") > box.number("y")
          && word.number("y") < box.number("y") + box.number("height"))
    }
    expectDisjoint(drawn)
    #expect(picture.number("width") < 400)
    // Both wires pass through the middle of what stands on them.
    let wires = picture.children.filter { $0.attributes["class"] == "wire" }
    #expect(wires.first?.number("y1") == box.number("y") + box.number("height") / 2)
    let target = try #require(drawn[2].children.first { $0.attributes["class"] == "ring" })
    #expect(wires.last?.number("y1") == target.number("cy"))
  }

  @Test("Names of any characters leave the picture well-formed, and its lines whole")
  func oddNames() throws {
    let x = Inputs("a\u{0}\u{1B}[2J\u{FFFE}\n\u{202E}<b>&\"", 1)
    let circuit = try Circuit("]]>\u{7}", qubits: 1) { RX(x[0], on: 0) }
    let words = groups(try picture(circuit)).flatMap(\.all).filter { $0.name == "text" }
    #expect(words.map(\.text) == ["RX(a��[2J���<b>&\"[0])"])
    let text = "\(TextDiagram(circuit))"
    #expect(text == "0: ─RX(a��[2J���<b>&\"[0])──")
  }

  @Test("A picture brings its own colours for light and for dark, and needs nothing else")
  func selfContained() throws {
    let text = SVGDiagram(try Circuit(qubits: 1) { H(0) }).description
    #expect(text.contains("prefers-color-scheme: dark"))
    for word in ["href", "url(", "@import", "<script", "var("] { #expect(!text.contains(word)) }
  }

  @Test("A long circuit continues below")
  func folding() throws {
    let circuit = try Circuit(qubits: 2) {
      for _ in 0..<100 {
        H(0)
        CZ(0, 1)
      }
    }
    let picture = try picture(circuit, width: 600)
    #expect(picture.number("width") <= 600)
    #expect(picture.number("height") > 4 * 88)
    #expect(groups(picture).count == 200)
  }
}
