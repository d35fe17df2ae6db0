import AnsatzCircuits
import AnsatzMath

/// Refuses values at which an angle has no value, or at which a derivative that is asked for has
/// none: the one place where values meet the domains of functions.
///
/// The largest value decides for all angles that are sums of multiples, and the bounds of each input
/// over the batch for almost all others; the rows are gone through only for what is left.
struct AngleCheck<S: Scalar> {
  let program: Program
  let inputs: Tensor<S>
  let weights: [Double]

  private var ranges: [ClosedRange<Double>] { columnRanges(inputs, width: program.inputCount) }

  /// - Throws: `AnsatzError` with the input, its value, the row and what is allowed.
  func check() throws(AnsatzError) {
    let jacobian = program.jacobian
    let isLarge =
      !(jacobian.affineScale * max(1, largest(inputs.elements), largest(weights)) <= Angle.largest)
    let asked = isLarge ? Array(program.angles.indices) : jacobian.curved
    guard !asked.isEmpty else { return }
    let ranges = ranges
    let suspects = weights.withUnsafeBufferPointer { weights in
      asked.map { program.angles[$0] }.filter { angle in
        guard let range = angle.expression.range(inputs: ranges, weights: weights) else {
          return true
        }
        return max(abs(range.lowerBound), abs(range.upperBound)) > Angle.largest
      }
    }
    guard !suspects.isEmpty else { return }
    let roundings = CompiledExpression.roundings(of: S.self)
    let slots = SymbolSlots(program.circuit)
    for angle in suspects {
      for sample in 0..<inputs.shape[0] {
        let problem = angle.source.problem(roundings: roundings) {
          value(of: $0, slots, sample: sample)
        }
        if let problem { throw fault(problem, sample) }
        if !angle.expression.dependsOnInputs { break }
      }
    }
  }

  /// - Throws: `AnsatzError` where an angle that counts has an infinite slope.
  func checkPartials(weights wantsWeights: Bool, inputs wantsInputs: Bool) throws(AnsatzError) {
    let others = program.jacobian.others
    guard !others.isEmpty else { return }
    let ranges = ranges
    var suspects: [(angle: CompiledAngle, symbol: Symbol, partial: CompiledExpression)] = []
    for index in others {
      let angle = program.angles[index]
      let symbols = angle.source.symbols
      func add(_ role: Bundle.Role, _ partials: [CompiledExpression]) {
        for (symbol, partial) in zip(symbols.filter { $0.bundle.role == role }, partials) {
          let range = weights.withUnsafeBufferPointer {
            partial.range(inputs: ranges, weights: $0)
          }
          if range == nil { suspects.append((angle, symbol, partial)) }
        }
      }
      if wantsWeights { add(.weights, angle.weightPartials.map(\.partial)) }
      if wantsInputs { add(.inputs, angle.inputPartials.map(\.partial)) }
    }
    for suspect in suspects {
      for sample in 0..<inputs.shape[0] {
        let row = inputs.shape[1] > 0 ? inputs.row(sample).map { Double($0) } : []
        let slope = row.withUnsafeBufferPointer { row in
          weights.withUnsafeBufferPointer { suspect.partial.value(inputs: row, weights: $0) }
        }
        guard !slope.isFinite else { continue }
        let symbol = suspect.symbol
        throw fault(
          "\(symbol.bundle.role == .inputs ? "input" : "weight") \(symbol) is "
            + "\(value(of: symbol, SymbolSlots(program.circuit), sample: sample)): there \(suspect.angle.source) has no finite "
            + "derivative in it, which the chain rule needs; keep it inside the domain, such as "
            + "0.999 for 1",
          sample)
      }
    }
  }

  private func fault(_ problem: String, _ sample: Int) -> AnsatzError {
    let name = program.circuit.name.isEmpty ? "the circuit" : "circuit '\(program.circuit.name)'"
    let place = inputs.shape[0] > 1 ? "sample \(sample): " : ""
    return AnsatzError(.badData, "\(name): \(place)\(problem)")
  }

  private func value(of symbol: Symbol, _ slots: SymbolSlots, sample: Int) -> Double {
    let slot = slots.position(of: symbol)
    return symbol.bundle.role == .inputs ? Double(inputs[sample, slot]) : weights[slot]
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func largest<S: Scalar>(_ values: [S]) -> Double {
  var largest: S = 0
  for value in values { largest = max(largest, abs(value)) }
  return Double(largest)
}

/// The least and the largest value of each column.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func columnRanges<S: Scalar>(_ inputs: Tensor<S>, width: Int) -> [ClosedRange<Double>] {
  guard width > 0, inputs.shape[0] > 0 else {
    return [ClosedRange<Double>](repeating: 0...0, count: width)
  }
  var (low, high) = (Array(inputs.elements[..<width]), Array(inputs.elements[..<width]))
  inputs.elements.withUnsafeBufferPointer { elements in
    for first in stride(from: width, to: elements.count, by: width) {
      for column in 0..<width {
        let value = elements[first + column]
        if value < low[column] { low[column] = value }
        if value > high[column] { high[column] = value }
      }
    }
  }
  return zip(low, high).map { Double($0)...Double($1) }
}

extension ProgramValues {
  /// - Throws: `AnsatzError` where the chain rule of a gradient meets an infinite slope.
  package func checkPartials(
    of program: Program, weights wantsWeights: Bool, inputs wantsInputs: Bool
  ) throws(AnsatzError) {
    try AngleCheck(program: program, inputs: inputs, weights: weights)
      .checkPartials(weights: wantsWeights, inputs: wantsInputs)
  }
}
