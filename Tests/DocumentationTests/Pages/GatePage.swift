import Ansatz
import Numerics

/// The reference page of the gates, docs/gates.md, made from the registry.
enum GatePage {
  static func text() throws -> String {
    let gates = StandardGates.all + StandardGates.examples
    let links = gates.map { "[\($0.name)](#\($0.name.lowercased()))" }
    var page = """
      # Gates

      <!-- Written by `make pages` from the list of gates; a test fails if it is not what that writes. -->

      Every gate of the list: matrix, generator, shift rule, diagram, inverse and name in OpenQASM.

      In matrices the first qubit is the most significant; of a controlled gate the matrix is that of the target part,
      which acts where the controls are 1. G is the generator of `U(θ) = exp(-iθG)`; the frequencies that an expectation
      value f has in an angle are the gaps between the eigenvalues of G, and the shift rule differentiates f. What other
      libraries call the gates stands in [nomenclature.md](nomenclature.md), how to add one in
      [adding-a-gate.md](adding-a-gate.md).


      """
    page += wrapped(links, width: 118) + "\n"
    for gate in gates { page += try "\n" + section(gate) }
    return page
  }

  private static func wrapped(_ words: [String], width: Int) -> String {
    var lines: [String] = [""]
    for (index, word) in words.enumerated() {
      let item = word + (index == words.count - 1 ? "" : ",")
      if !lines[lines.count - 1].isEmpty, lines[lines.count - 1].count + item.count + 1 > width {
        lines.append(item)
      } else {
        lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + item
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The number of targets a gate on any number of qubits is shown with.
  static func targetCount(_ gate: GateDefinition) -> Int { gate.targetCount ?? 2 }

  private static func section(_ gate: GateDefinition) throws -> String {
    let targets = targetCount(gate)
    let circuit = try circuit(of: gate)
    var rows: [(String, String)] = []
    if let generator = gate.generator(targets: targets), targets > 0 {
      let sum = try PauliSum(generator, on: gate.controlCount..<gate.controlCount + targets)
      let values = (generator.hermitianEigen()?.values ?? []) + (gate.controlCount > 0 ? [0] : [])
      let projector = gate.controlCount > 0 ? " where the control is 1" : ""
      rows.append(("generator", "`\(text(sum))`\(projector)"))
      rows.append(("eigenvalues", distinct(values).map(number).joined(separator: ", ")))
    }
    for (index, name) in gate.parameterNames.enumerated() {
      let frequencies = try frequencies(of: gate, parameter: index)
      let prefix = gate.parameterNames.count == 1 ? "" : "in \(name): "
      guard !frequencies.isEmpty else {
        rows.append(("\(prefix)frequencies", "none: a phase of the whole state"))
        continue
      }
      rows.append(("\(prefix)frequencies", frequencies.map(number).joined(separator: ", ")))
      rows.append(
        ("\(prefix)derivative", "`\(try text(ShiftRule(frequencies: frequencies), name))`"))
    }
    rows.append(("inverse", "`\(inverse(of: gate))`"))
    rows.append(("OpenQASM", try qasm(circuit, gate)))
    var text = "## \(gate.name)\n\n`\(gate.summary)`\n\n```text\n"
    text += matrix(gate) + "\n"
    if circuit.qubitCount > 0, !gate.isWithoutQubits {
      text += "\n" + diagram(circuit) + "\n"
    }
    text += "```\n\n| property | value |\n|---|---|\n"
    for (key, value) in rows { text += "| \(key) | \(value) |\n" }
    return text
  }

  /// The gate alone, its angles weights named like its parameters.
  private static func circuit(of gate: GateDefinition) throws -> Circuit {
    let count = gate.controlCount + targetCount(gate)
    let angles = gate.parameterNames.map { Weights($0, 1)[0] }
    return try Circuit(
      gate.name, qubits: max(1, count),
      operations: [.gate(GateOperation(gate, angles: angles, qubits: Array(0..<count)))])
  }

  /// The frequencies of expectation values in one parameter, ascending.
  static func frequencies(of gate: GateDefinition, parameter: Int) throws -> [Double] {
    if let generator = gate.generator(targets: targetCount(gate)),
      let values = generator.hermitianEigen()?.values
    {
      let all = distinct(values + (gate.controlCount > 0 ? [0] : []))
      return distinct(all.flatMap { a in all.map { abs(a - $0) } }).filter { $0 > 1e-9 }
    }
    return try Program(circuit(of: gate)).frequencies(ofWeight: parameter)
  }

  private static func distinct(_ values: [Double]) -> [Double] {
    values.sorted().reduce(into: []) {
      if abs($1 - ($0.last ?? .infinity)) > 1e-9 { $0.append($1) }
    }
  }

  // MARK: Texts

  /// `1/2`, `-1`, or up to four decimals.
  static func number(_ value: Double) -> String {
    for denominator in [1, 2, 4, 8, 16] {
      let numerator = (value * Double(denominator)).rounded()
      guard abs(value * Double(denominator) - numerator) < 1e-9 else { continue }
      return denominator == 1 ? "\(Int(numerator))" : "\(Int(numerator))/\(denominator)"
    }
    return "\((value * 10_000).rounded() / 10_000)"
  }

  private static func text(_ sum: PauliSum) -> String {
    var text = ""
    for term in sum.terms {
      let sign = term.coefficient < 0 ? (text.isEmpty ? "-" : " - ") : (text.isEmpty ? "" : " + ")
      let size = number(abs(term.coefficient))
      text += sign + (size == "1" ? "" : size + " ") + term.string.description
    }
    return text
  }

  /// `1/2 f(θ + π/2) - 1/2 f(θ - π/2)`
  private static func text(_ rule: ShiftRule, _ name: String) -> String {
    var text = ""
    for term in rule.terms {
      let sign = term.coefficient < 0 ? (text.isEmpty ? "-" : " - ") : (text.isEmpty ? "" : " + ")
      let shift = number(abs(term.shift) / .pi)
      let parts = shift.split(separator: "/")
      let angle = (parts[0] == "1" ? "π" : "\(parts[0])π") + (parts.count > 1 ? "/\(parts[1])" : "")
      text +=
        "\(sign)\(number(abs(term.coefficient))) f(\(name) \(term.shift < 0 ? "-" : "+") \(angle))"
    }
    return text
  }

  private static func inverse(of gate: GateDefinition) -> String {
    let angles = gate.parameterNames.map { Weights($0, 1)[0] }
    let inverse = gate.inverse(of: angles)
    let arguments = inverse.angles.map { $0.description.replacing("[0]", with: "") }
    return inverse.gate.name + (arguments.isEmpty ? "" : "(\(arguments.joined(separator: ", ")))")
  }

  /// The name of the last statement, and whether the program defines it first.
  private static func qasm(_ circuit: Circuit, _ gate: GateDefinition) throws -> String {
    let text = try OpenQASM.write(
      circuit, version: .v3, weights: [Double](repeating: 0.5, count: circuit.weightCount))
    let lines = text.split(separator: "\n")
    let last = lines.last.map(String.init) ?? ""
    // A modifier such as `ctrl @` is part of how the gate is written.
    let name = last.prefix { $0 != "(" && $0 != ";" }.split(separator: " ")
    let words = name.filter { !$0.contains("[") }
    let isDefined = lines.contains { $0.hasPrefix("gate \(words.last ?? "")") }
    return "`\(words.joined(separator: " "))`\(isDefined ? ", which the program defines" : "")"
  }

  /// The diagram, with `θ` for `θ[0]` at the same width.
  private static func diagram(_ circuit: Circuit) -> String {
    TextDiagram(circuit).description.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        var line = String(line)
        for match in line.matches(of: /\(([^()]*\[0\][^()]*)\)( \d)?/).reversed() {
          let short = "(\(match.1.replacing("[0]", with: "")))\(match.2 ?? "")"
          let fill = String(repeating: "─", count: match.0.count - short.count)
          line.replaceSubrange(match.range, with: short + fill)
        }
        while line.hasSuffix(" ") { line.removeLast() }
        return line
      }.joined(separator: "\n").trimmingNewlines
  }

  // MARK: Matrices

  /// Up to 4×4 as rows, larger ones as what becomes of the basis states that change.
  private static func matrix(_ gate: GateDefinition) -> String {
    let entries = entries(gate)
    let order = entries.count
    guard order > 4 else {
      let widths = (0..<order).map { column in entries.map { $0[column].count }.max() ?? 0 }
      return entries.map { row in
        let cells = zip(row, widths).map {
          $0 + String(repeating: " ", count: max(0, $1 - $0.count))
        }
        return "[ \(cells.joined(separator: "  ")) ]"
      }.joined(separator: "\n")
    }
    var lines: [String] = []
    var kept = 0
    for column in 0..<order {
      let parts = (0..<order).filter { entries[$0][column] != "0" }
      if parts == [column], entries[column][column] == "1" {
        kept += 1
        continue
      }
      let terms = parts.map { row -> String in
        let entry = entries[row][column]
        return entry == "1"
          ? ket(row, order)
          : entry == "-1"
            ? "-" + ket(row, order)
            : "\(entry) \(ket(row, order))"
      }
      lines.append(
        "\(ket(column, order)) → \(terms.joined(separator: " + ").replacing("+ -", with: "- "))")
    }
    if kept > 0 { lines.append("the other \(kept) basis states stay") }
    return lines.joined(separator: "\n")
  }

  private static func ket(_ index: Int, _ order: Int) -> String {
    let digits = String(index, radix: 2)
    let width = order.trailingZeroBitCount
    return "|" + String(repeating: "0", count: width - digits.count) + digits + "⟩"
  }

  /// Places at which formulas are tried: no two angles in a simple ratio.
  private static let places: [[Double]] = [
    [0.7310, 1.1234, -0.4183, 2.0417], [2.3917, -0.9271, 1.7731, 0.3119],
    [-1.3071, 0.5479, 2.6093, -1.9183],
  ]

  private static func entries(_ gate: GateDefinition) -> [[String]] {
    let names = gate.parameterNames
    let places = places.map { Array($0.prefix(names.count)) }
    let matrices = places.map { gate.matrix($0, targetCount(gate)) }
    let order = matrices[0].rows
    return (0..<order).map { row in
      (0..<order).map { column in
        let values = matrices.map { $0[row, column] }
        if let text = SymbolicEntry(names: names, places: places, values: values).text {
          return text
        }
        // A phase that is data of the gate.
        return "e^{\((values[0].phase * 10_000).rounded() / 10_000)i}"
      }
    }
  }
}

extension GateDefinition {
  fileprivate var isWithoutQubits: Bool { controlCount == 0 && targetCount == 0 }
}

extension String {
  fileprivate var trimmingNewlines: String {
    var text = self
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}
