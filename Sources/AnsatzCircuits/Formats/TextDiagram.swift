/// A circuit drawn with text: one line a qubit, time to the right.
///
///     0: ─H──●──RZ(θ[0])─
///            │
///     1: ────⊕───────────
public struct TextDiagram: CustomStringConvertible {
  private let circuit: Circuit
  /// The widest line allowed; longer diagrams continue below.
  private let width: Int

  public init(_ circuit: Circuit, width: Int = .max) {
    self.circuit = circuit
    self.width = width
  }

  public var description: String {
    let labels = (0..<circuit.qubitCount).map { "\($0): " }
    let margin = labels.map(\.count).max() ?? 0
    var blocks: [[Column]] = [[]]
    var used = margin
    for column in columns() {
      if used + column.width + 1 > width, blocks[blocks.count - 1].count > 0 {
        blocks.append([])
        used = margin
      }
      blocks[blocks.count - 1].append(column)
      used += column.width
    }
    return blocks.map { columns in
      var lines: [String] = []
      for qubit in 0..<circuit.qubitCount {
        let label = String(repeating: " ", count: margin - labels[qubit].count) + labels[qubit]
        lines.append(label + columns.map { $0.wire(qubit) }.joined() + "─")
        guard qubit + 1 < circuit.qubitCount else { continue }
        let gap =
          String(repeating: " ", count: margin) + columns.map { $0.gap(below: qubit) }.joined()
        lines.append(gap.trimmingSpacesAtEnd())
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// Packs operations into the earliest column whose lines they do not cross.
  private func columns() -> [Column] {
    var columns: [Column] = []
    var free = [Int](repeating: 0, count: circuit.qubitCount)
    for operation in circuit.operations {
      // A global phase is on no line; it stands on the first.
      let qubits = operation.qubits.isEmpty ? [0] : operation.qubits
      guard let top = qubits.min(), let bottom = qubits.max() else { continue }
      let place = free[top...bottom].max() ?? 0
      if place == columns.count { columns.append(Column()) }
      columns[place].add(operation, top: top, bottom: bottom)
      for qubit in top...bottom { free[qubit] = place + 1 }
    }
    return columns
  }
}

/// One column of a diagram: what stands on each qubit, and the vertical lines between.
private struct Column {
  private var marks: [Int: String] = [:]
  private var spans: [ClosedRange<Int>] = []
  private(set) var width = 0

  mutating func add(_ operation: CircuitOperation, top: Int, bottom: Int) {
    for (qubit, mark) in Self.marks(of: operation) {
      marks[qubit] = mark
      width = max(width, mark.count + 2)
    }
    if top < bottom { spans.append(top...bottom) }
  }

  func wire(_ qubit: Int) -> String {
    let crossed = spans.contains { $0.contains(qubit) }
    return centred(marks[qubit] ?? (crossed ? "┼" : "─"), filler: "─")
  }

  func gap(below qubit: Int) -> String {
    let joined = spans.contains { $0.contains(qubit) && $0.contains(qubit + 1) }
    return centred(joined ? "│" : " ", filler: " ")
  }

  private func centred(_ text: String, filler: Character) -> String {
    let left = (width - text.count) / 2
    return String(repeating: filler, count: left) + text
      + String(repeating: filler, count: width - text.count - left)
  }

  private static func marks(of operation: CircuitOperation) -> [(Int, String)] {
    switch operation {
    case .amplitudes(let embedding):
      return embedding.qubits.map { ($0, "|\(embedding.inputs.bundle.name)⟩") }
    case .channel(let channel):
      let parameters = channel.parameters.map { "\($0)" }.joined(separator: ", ")
      return channel.qubits.map { ($0, "\(channel.definition.symbol)(\(parameters))") }
    case .measurement(let measurement): return [(measurement.qubit, "M→\(measurement.bit)")]
    case .reset(let reset): return [(reset.qubit, "|0⟩")]
    case .projection(let projection):
      return zip(projection.outcome, projection.qubits).map { ($0.1, "|\($0.0)⟩⟨\($0.0)|") }
    case .conditional(let conditional):
      return operation.qubits.map { ($0, "If(\(conditional.condition))") }
    case .gate(let gate):
      var result = gate.controls.map { ($0, "●") } + gate.openControls.map { ($0, "○") }
      let angles = gate.angles.map(\.description).joined(separator: ", ")
      for (index, target) in gate.targets.enumerated() {
        var mark = gate.definition.symbol
        switch gate.definition.structure {
        case .flip where !gate.controls.isEmpty: mark = "⊕"
        case .constantPhase(.pi) where !gate.controls.isEmpty: mark = "●"
        default: break
        }
        if index == 0, !angles.isEmpty { mark += "(\(angles))" }
        if Self.isOrdered(gate) { mark += " \(index)" }
        result.append((target, mark))
      }
      if gate.targets.isEmpty {
        // Where the last control is 1, as a phase on it would be.
        result.append((result.popLast()?.0 ?? 0, "\(gate.definition.symbol)(\(angles))"))
      }
      return result
    }
  }

  /// Whether exchanging targets may change the gate, so that they are numbered.
  private static func isOrdered(_ gate: GateOperation) -> Bool {
    guard gate.targets.count > 1 else { return false }
    return switch gate.definition.structure {
    case .fourier, .constant, .product: true
    case .pauliRotation(let word): Set(word).count > 1
    case .uniformRotation, .phase, .constantPhase, .flip, .swap: false
    }
  }
}

extension String {
  fileprivate func trimmingSpacesAtEnd() -> String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
