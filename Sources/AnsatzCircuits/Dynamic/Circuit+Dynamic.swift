extension Circuit {
  /// Whether results of measurements change what happens: a measurement that is not terminal, a
  /// reset, a postselection or a conditional. One state vector cannot run such a circuit.
  public var isDynamic: Bool { firstDynamicOperation != nil }

  /// The first operation that makes the circuit dynamic.
  public var firstDynamicOperation: CircuitOperation? {
    let terminal = terminalMeasurements
    return operations.indices.first { index in
      switch operations[index] {
      case .gate, .amplitudes, .channel: false
      case .measurement: !terminal.contains(index)
      case .reset, .projection, .conditional: true
      }
    }.map { operations[$0] }
  }

  /// The positions of the measurements that nothing follows: no operation on their qubit, and none
  /// that reads or writes their bit.
  public var terminalMeasurements: Set<Int> {
    var found: Set<Int> = []
    var busyQubits: Set<Int> = []
    var busyBits: Set<Bit> = []
    for (index, operation) in operations.enumerated().reversed() {
      if case .measurement(let measurement) = operation,
        !busyQubits.contains(measurement.qubit), !busyBits.contains(measurement.bit)
      {
        found.insert(index)
      }
      busyQubits.formUnion(operation.qubits)
      busyBits.formUnion(operation.bitsRead)
      busyBits.formUnion(operation.bitsWritten)
    }
    return found
  }
}
