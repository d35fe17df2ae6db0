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
      // A word is no wider than its box: at most 8.2 pixels a letter.
      for group in drawn {
        let boxes = group.children.filter { $0.name == "rect" }
        for word in group.children.filter({ $0.name == "text" }) {
          #expect(
            boxes.contains {
              $0.number("y") < word.number("y")
                && word.number("y") < $0.number("y") + $0.number("height")
                && $0.number("width") >= Double(word.text.count) * 5
            })
        }
      }
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
