/// Where everything stands in a drawing of a circuit, whatever draws it.
///
/// Rows are the qubits, then the classical registers; columns are packed from the left.
struct DiagramLayout {
  let qubitCount: Int
  let registers: [Bits]
  private(set) var columns: [[Item]] = []

  /// One operation in its column.
  struct Item {
    /// What stands on each qubit.
    var marks: [(qubit: Int, mark: Mark)]
    /// What a pointer or a reader is told.
    let title: String
    let kind: Kind
    /// The registers it writes or asks, by their rows.
    var links: [Link] = []

    /// The rows of its qubits.
    var span: ClosedRange<Int> {
      let rows = marks.map(\.qubit)
      return (rows.min() ?? 0)...(rows.max() ?? 0)
    }

    /// All its rows, registers included.
    var rows: ClosedRange<Int> {
      span.lowerBound...max(span.upperBound, links.map(\.row).max() ?? 0)
    }
  }

  enum Mark {
    /// ●
    case control
    /// ○
    case openControl
    /// ⊕
    case flip
    /// ×
    case cross
    /// Text in a box.
    case box(String)
    /// Text on the line.
    case label(String)
    /// A measurement.
    case meter
  }

  struct Link {
    /// Below the qubits.
    let row: Int
    let text: String
    /// Whether the register is written, not asked.
    let isWritten: Bool
  }

  /// What colours go by.
  enum Kind: String {
    case fixed
    case rotation
    case data
    case channel
    case classical
  }

  init(_ circuit: Circuit) {
    qubitCount = circuit.qubitCount
    registers = circuit.registers
    var free = [Int](repeating: 0, count: qubitCount + registers.count)
    place(circuit.operations, when: nil, &free)
  }

  /// Packs operations into the earliest column whose rows they do not cross.
  private mutating func place(
    _ operations: [CircuitOperation], when condition: Condition?, _ free: inout [Int]
  ) {
    for operation in operations {
      if case .conditional(let inner) = operation {
        place(inner.operations, when: both(condition, inner.condition), &free)
        place(inner.otherwise, when: both(condition, .not(inner.condition)), &free)
        continue
      }
      var item = Item(operation, measuringInto: row)
      if let condition {
        let rows = Set(condition.bits.map { row(of: $0.register) }).sorted()
        item.links += rows.map {
          Link(row: $0, text: $0 == rows.last ? condition.description : "", isWritten: false)
        }
      }
      let column = free[item.rows].max() ?? 0
      if column == columns.count { columns.append([]) }
      columns[column].append(item)
      for row in item.rows { free[row] = column + 1 }
    }
  }

  private func both(_ outer: Condition?, _ inner: Condition) -> Condition {
    outer.map { .and($0, inner) } ?? inner
  }

  private func row(of register: Bits) -> Int {
    qubitCount + (registers.firstIndex(of: register) ?? 0)
  }

  /// What stands before a row.
  func name(ofRow row: Int) -> String {
    row < qubitCount ? "\(row)" : "\(registers[row - qubitCount])"
  }

  var rowCount: Int { qubitCount + registers.count }
}

extension DiagramLayout.Item {
  fileprivate init(_ operation: CircuitOperation, measuringInto row: (Bits) -> Int) {
    switch operation {
    case .gate(let gate): self.init(gate)
    case .amplitudes(let embedding):
      let name = embedding.inputs.bundle.name
      self.init(
        marks: embedding.qubits.map { ($0, .box("|\(name)⟩")) },
        title: "AmplitudeEmbedding of \(embedding.inputs.bundle)", kind: .data)
    case .channel(let channel):
      let parameters = channel.parameters.map { "\($0)" }.joined(separator: ", ")
      let text =
        parameters.isEmpty
        ? channel.definition.symbol
        : "\(channel.definition.symbol)(\(parameters))"
      self.init(
        marks: channel.qubits.enumerated().map { index, qubit in
          let number = channel.qubits.count > 1 ? " \(index)" : ""
          return (qubit, .box(index == 0 ? text + number : channel.definition.symbol + number))
        },
        title: "\(channel.definition.name)(\(parameters))", kind: .channel)
    case .measurement(let measurement):
      self.init(
        marks: [(measurement.qubit, .meter)],
        title: "Measure qubit \(measurement.qubit) into \(measurement.bit)", kind: .classical)
      links = [
        .init(
          row: row(measurement.bit.register), text: "\(measurement.bit.index)", isWritten: true)
      ]
    case .reset(let reset):
      self.init(
        marks: [(reset.qubit, .box("|0⟩"))], title: "Reset qubit \(reset.qubit)", kind: .classical)
    case .projection(let projection):
      let ones = Set(projection.ones)
      self.init(
        marks: projection.qubits.map { ($0, .box(ones.contains($0) ? "⟨1|" : "⟨0|")) },
        title: "Postselect \(projection.outcome)", kind: .classical)
    // Laid out operation by operation.
    case .conditional: self.init(marks: [], title: "If", kind: .classical)
    }
  }

  fileprivate init(_ gate: GateOperation) {
    let angles = gate.angles.map(\.description).joined(separator: ", ")
    let symbol = gate.definition.symbol
    var marks: [(Int, DiagramLayout.Mark)] =
      gate.controls.map { ($0, .control) } + gate.openControls.map { ($0, .openControl) }
    let isControlled = !marks.isEmpty
    for (index, target) in gate.targets.enumerated() {
      switch gate.definition.structure {
      case .flip where isControlled: marks.append((target, .flip))
      case .constantPhase(.pi) where isControlled: marks.append((target, .control))
      case .swap: marks.append((target, .cross))
      default:
        var text = symbol
        if index == 0, !angles.isEmpty { text += "(\(angles))" }
        if Self.isOrdered(gate) { text += " \(index)" }
        marks.append((target, .box(text)))
      }
    }
    if gate.targets.isEmpty {
      // Where the last control is 1, as a phase on it would be; without controls, on the first line.
      let place = gate.controls.last ?? gate.openControls.last ?? 0
      marks.removeAll { $0.0 == place }
      let value = gate.controls.isEmpty && !gate.openControls.isEmpty ? " on 0" : ""
      marks.append((place, .label("\(symbol)(\(angles))\(value)")))
    }
    let name = angles.isEmpty ? gate.displayName : "\(gate.displayName)(\(angles))"
    self.init(
      marks: marks.map { (qubit: $0.0, mark: $0.1) },
      title: gate.qubits.isEmpty
        ? name : "\(name) on \(gate.qubits.map(String.init).joined(separator: ", "))",
      kind: gate.angles.isEmpty ? .fixed : gate.dependsOnInputs ? .data : .rotation)
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

extension GateOperation {
  fileprivate var dependsOnInputs: Bool {
    angles.contains { $0.symbols.contains { $0.bundle.role == .inputs } }
  }
}

extension DiagramLayout.Mark {
  /// As a word on a line of text.
  var text: String {
    switch self {
    case .control: "●"
    case .openControl: "○"
    case .flip: "⊕"
    case .cross: "×"
    case .box(let text), .label(let text): text
    case .meter: "M"
    }
  }
}
