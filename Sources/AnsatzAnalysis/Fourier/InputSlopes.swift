import AnsatzCircuits
import AnsatzMath

/// How fast the angles of a circuit change with the inputs that vary.
struct InputSlopes {
  /// The inputs that vary.
  let varied: [Symbol]
  private var values: [Symbol: Double] = [:]

  /// - Parameters:
  ///   - varying: The positions of distinct inputs.
  ///   - inputs: The values of the others, as far as they are known; so `weights`.
  /// - Throws: `AnsatzError` for positions that repeat or are out of range.
  init(
    _ circuit: Circuit, varying: [Int], inputs: [Double], weights: [Double?]
  ) throws(AnsatzError) {
    let symbols = circuit.inputs.flatMap(\.symbols)
    guard Set(varying).count == varying.count, varying.allSatisfy({ symbols.indices.contains($0) })
    else {
      throw AnsatzError(
        .usage,
        "inputs \(varying) are to vary; use distinct ones of the circuit's "
          + "\(symbols.count) inputs, counted from 0")
    }
    varied = varying.map { symbols[$0] }
    for (symbol, value) in zip(symbols, inputs) { values[symbol] = value }
    for (symbol, value) in zip(circuit.weights.flatMap(\.symbols), weights) {
      values[symbol] = value
    }
  }

  /// The derivative of an angle in each input that varies.
  ///
  /// - Throws: `AnsatzError` if one is not a number, or depends on a value that is not known.
  func slopes(of angle: Angle, gate: String) throws(AnsatzError) -> [Double] {
    var slopes: [Double] = []
    for symbol in varied {
      let slope = angle.derivative(in: symbol)
      if let other = slope.symbols.first(where: { varied.contains($0) }) {
        throw AnsatzError(
          .usage,
          "the angle \(angle) of \(gate) is not a sum of multiples of inputs (its slope in \(symbol) "
            + "depends on \(other)), so there is no finite set of frequencies; let fewer inputs vary"
        )
      }
      if let missing = slope.symbols.first(where: { values[$0] == nil }) {
        throw AnsatzError(
          .usage,
          "the frequencies in \(symbol) depend on \(missing), which multiplies it in \(gate); give "
            + "its value")
      }
      slopes.append(slope.value { values[$0] ?? 0 })
    }
    return slopes
  }
}
