import Ansatz
import Foundation
import Numerics
import Testing

@Suite("Pages made from the code")
struct PageTests {
  private let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../..").standardizedFileURL

  /// `make pages` sets this, and the page is written instead of compared.
  private var isWriting: Bool { ProcessInfo.processInfo.environment["ANSATZ_WRITE_PAGES"] != nil }

  @Test("The reference of gates is what the list of gates gives; if not, run `make pages`")
  func gates() throws {
    let path = root.appending(path: "docs/gates.md")
    let page = try GatePage.text()
    if isWriting { try page.write(to: path, atomically: true, encoding: .utf8) }
    #expect(try String(contentsOf: path, encoding: .utf8) == page)
  }

  @Test("The module graph is that of the imports; if not, run `make pages`")
  func modules() throws {
    let graph = try ModuleGraph(root: root)
    // Twelve modules make this file; each is at its level only after all it imports.
    #expect(graph.modules.count >= 12)
    let names = Set(graph.modules.map(\.name))
    for module in graph.modules {
      #expect(module.imports.allSatisfy(names.contains), "\(module.name)")
      for name in module.imports {
        let other = try #require(graph.modules.first { $0.name == name })
        #expect(other.level < module.level, "\(module.name) imports \(name)")
      }
    }
    let page = root.appending(path: "docs/architecture.md")
    let picture = root.appending(path: "docs/architecture.svg")
    let (begin, end) = ("<!-- modules: written by `make pages` -->\n", "<!-- end of modules -->")
    let text = try String(contentsOf: page, encoding: .utf8)
    let parts = text.components(separatedBy: begin)
    try #require(parts.count == 2 && parts[1].contains(end))
    let rest = parts[1].components(separatedBy: end)[1]
    let expected = parts[0] + begin + graph.table + end + rest
    if isWriting {
      try expected.write(to: page, atomically: true, encoding: .utf8)
      try graph.svg.write(to: picture, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: page, encoding: .utf8) == expected)
    #expect(try String(contentsOf: picture, encoding: .utf8) == graph.svg)
  }

  @Test("The shift rule on the page is the derivative of any expectation value of the gate")
  func shiftRules() throws {
    var random = RandomStream(seed: 4, stream: "gate page")
    func complex() -> Complex<Double> { Complex(random.normal(), random.normal()) }
    for gate in StandardGates.all + StandardGates.examples {
      let targets = GatePage.targetCount(gate)
      for parameter in gate.parameterNames.indices {
        var angles = gate.parameterNames.map { _ in random.uniform(in: 0..<6) }
        let order = 1 << (gate.controlCount + targets)
        let state = (0..<order).map { _ in complex() }
        let half = (0..<order).map { _ in (0..<order).map { _ in complex() } }
        func value(_ angle: Double) -> Double {
          angles[parameter] = angle
          let u = gate.controlledMatrix(angles: angles, targets: targets)
          let turned = (0..<order).map { i in
            (0..<order).reduce(Complex<Double>.zero) { $0 + u[i, $1] * state[$1] }
          }
          // The observable H + H†, of which ⟨ψ|H|ψ⟩ gives twice the real part.
          var sum = 0.0
          for i in 0..<order {
            for j in 0..<order { sum += 2 * (turned[i].conjugate * half[i][j] * turned[j]).real }
          }
          return sum / Double(order * order)
        }
        let frequencies = try GatePage.frequencies(of: gate, parameter: parameter)
        let rule = try ShiftRule(frequencies: frequencies)
        let place = random.uniform(in: 0..<6)
        let shifted = rule.terms.reduce(0) { $0 + $1.coefficient * value(place + $1.shift) }
        // Differences of order 4: error of the order h⁴ f⁽⁵⁾/30 + 1e-16/h, below 1e-9 here.
        let h = 1e-3
        let difference =
          (8 * (value(place + h) - value(place - h)) - value(place + 2 * h) + value(place - 2 * h))
          / (12 * h)
        #expect(
          abs(shifted - difference) < 1e-8, "\(gate.name) in \(gate.parameterNames[parameter])")
      }
    }
  }
}
