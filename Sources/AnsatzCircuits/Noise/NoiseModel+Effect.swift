import AnsatzMath

// Whether a rule has any effect: in some circuit, and in those at hand.

extension NoiseModel {
  /// The rules that are without effect on all of these circuits, a line each; empty if all have some.
  public func withoutEffect(on circuits: [Circuit]) -> [String] {
    let gates = circuits.flatMap { $0.operations.flatMap(\.gates) }
    let qubitCount = circuits.map(\.qubitCount).max() ?? 0
    let these = circuits.count == 1 ? "this circuit" : "these circuits"
    let range = "\(qubitCount == 1 ? "qubit 0" : "qubits 0...\(qubitCount - 1)")"
    let idle = rules.enumerated().filter { _, rule in
      !gates.contains { !rule.operations(after: $0).isEmpty }
    }.map { index, rule in
      let absent = rule.qubits.map { $0.allSatisfy { $0 >= qubitCount } } ?? false
      return
        "rule \(index + 1) (\(rule.channel.name)) fits no gate of \(these), so it has no effect; "
        + (absent
          ? "its qubits are \(rule.qubits ?? []), and there are \(range)"
          : "there are "
            + Set(gates.map { "\($0.displayName) on \($0.qubits.count)" }).sorted()
            .prefix(8).joined(separator: ", "))
    }
    let unread = readout.enumerated().filter { index, rule in
      !(0..<qubitCount).contains { qubit in
        readout.lastIndex { $0.qubits?.contains(qubit) ?? true } == index
      }
    }.map { index, rule in
      let isAbsent = rule.qubits.map { $0.allSatisfy { $0 >= qubitCount } } ?? false
      return "readout \(index + 1) fits no qubit of \(these), so it has no effect; "
        + (isAbsent
          ? "its qubits are \(rule.qubits ?? []), and there are \(range)"
          : "later readout rules name all of its qubits, and the last one counts")
    }
    return idle + unread
  }
}

extension NoiseRule {
  /// Why no gate of any circuit can fit the rule; nil if one can.
  var contradiction: String? {
    let channelQubits = channel.qubitCount
    if let qubits, Set(qubits).count < channelQubits {
      return
        "\(channel.name) acts on \(channelQubits) qubits, and 'qubits' \(qubits) are fewer, so it fits "
        + "no gate; name at least \(channelQubits)"
    }
    if let qubits, let bad = qubits.first(where: { $0 < 0 }) {
      return "qubit \(bad) in 'qubits' is none; qubits are numbered from 0"
    }
    // How many qubits of a gate the rule asks for, if it does.
    let wanted = channelQubits > 1 ? channelQubits : gateQubits
    if channelQubits > 1, let gateQubits, gateQubits != channelQubits {
      return
        "'gateQubits' is \(gateQubits), and \(channel.name) acts on \(channelQubits) qubits; use "
        + "\(channelQubits) or leave it out"
    }
    guard let gates else { return nil }
    guard !gates.isEmpty else {
      return "'gates' is empty, so it fits no gate; leave it out for all"
    }
    guard let wanted, !gates.contains(where: { Self.canHave(wanted, qubits: $0) }) else {
      return nil
    }
    let reason =
      channelQubits > 1
      ? "\(channel.name) acts on \(channelQubits) qubits" : "'gateQubits' is \(wanted)"
    return
      "\(reason), and none of the gates \(gates.joined(separator: ", ")) has as many, so it fits no gate; "
      + "name gates on \(wanted) qubits"
  }

  /// Whether a gate of that name can be on so many qubits, controls included.
  private static func canHave(_ count: Int, qubits name: String) -> Bool {
    let isControlled = name.hasPrefix("Controlled(") && name.hasSuffix(")")
    let inner = isControlled ? String(name.dropFirst(11).dropLast()) : name
    guard
      let gate = (StandardGates.all + StandardGates.examples).first(where: { $0.name == inner })
    else { return true }
    // Gates made from data have as many targets as the data say.
    guard gate.data == .none, let targets = gate.targetCount else { return true }
    let own = gate.controlCount + targets
    return isControlled ? count > own : count == own
  }
}

extension CircuitOperation {
  /// The gates in it, those inside conditionals too.
  fileprivate var gates: [GateOperation] {
    switch self {
    case .gate(let gate): [gate]
    case .conditional(let conditional):
      (conditional.operations + conditional.otherwise).flatMap(\.gates)
    default: []
    }
  }
}
