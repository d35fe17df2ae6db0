extension DiagramLayout.Item {
  init(_ operation: CircuitOperation, measuringInto row: (Bits) -> Int) {
    switch operation {
    case .gate(let gate): self.init(gate)
    case .amplitudes(let embedding):
      let name = embedding.inputs.bundle.name
      self.init(
        marks: embedding.qubits.enumerated().map { index, qubit in
          (qubit, .box(embedding.qubits.count > 1 ? "|\(name)⟩ \(index)" : "|\(name)⟩"))
        },
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
        title: channel.definition.name + (parameters.isEmpty ? "" : "(\(parameters))") + " on "
          + channel.qubits.map(String.init).joined(separator: ", "), kind: .channel)
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
        title: "Postselect \(projection.outcome) on "
          + projection.qubits.map(String.init).joined(separator: ", "), kind: .classical)
    // The layout places what is in it.
    case .conditional: self.init(marks: [], title: "If", kind: .classical)
    }
  }

  /// Where a body of a conditional starts or ends.
  init(bound text: String, on qubits: [Int]) {
    self.init(
      marks: qubits.map { ($0, .box(text)) },
      title: "\(text) on \(qubits.map(String.init).joined(separator: ", "))", kind: .classical)
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
