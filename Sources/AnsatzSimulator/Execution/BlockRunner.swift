import AnsatzCircuits
import AnsatzMath
import Numerics

/// The values a program runs on: the rows of a batch and the shared weights.
package struct ProgramValues<S: Scalar>: Sendable {
  package let inputs: Tensor<S>
  package let weights: [Double]

  /// - Throws: `AnsatzError` if a count does not fit the program, a value is not finite, or an angle
  ///   has no value: what goes into a function is outside its domain, or the angle is too large.
  package init(
    _ program: Program, inputs: Tensor<S>, weights: [S], allowsChannels: Bool = false
  ) throws(AnsatzError) {
    let name = program.circuit.name.isEmpty ? "the circuit" : "circuit '\(program.circuit.name)'"
    if let obstacle = program.obstacle, !allowsChannels {
      throw AnsatzError(.usage, "\(name) holds \(obstacle)")
    }
    guard inputs.rank == 2, inputs.shape[1] == program.inputCount else {
      throw AnsatzError(
        .badData,
        "inputs of shape \(inputs.shape) given; \(name) takes [samples, \(program.inputCount)]")
    }
    guard weights.count == program.weightCount else {
      throw AnsatzError(
        .badData, "\(weights.count) weights given; \(name) takes \(program.weightCount)")
    }
    if let place = firstNonFinite(inputs.elements) {
      let (row, column) = (place / inputs.shape[1], place % inputs.shape[1])
      throw AnsatzError(
        .badData,
        "input \(column) of sample \(row) is \(inputs.elements[place]); \(name) takes "
          + "finite numbers")
    }
    if let place = firstNonFinite(weights) {
      throw AnsatzError(
        .badData, "weight \(place) is \(weights[place]); \(name) takes finite numbers")
    }
    self.inputs = inputs
    self.weights = doubles(weights)
    try AngleCheck(program: program, inputs: inputs, weights: self.weights).check()
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func firstNonFinite<S: Scalar>(_ values: [S]) -> Int? { values.firstIndex { !$0.isFinite } }

@_specialize(where S == Double)
@_specialize(where S == Float)
func doubles<S: Scalar>(_ values: [S]) -> [Double] { values.map { Double($0) } }

/// Runs one program on blocks of lanes: forwards, and backwards for gradients.
package struct BlockRunner<V: LaneVector> {
  package typealias S = V.Element

  package let program: Program
  let values: ProgramValues<S>
  /// The cosine and sine of every angle that no input changes; NaN for the others.
  private let shared: [V]
  private let perSample: [Int]

  package init(_ program: Program, values: ProgramValues<S>) {
    self.program = program
    self.values = values
    var table: [V] = []
    var dependent: [Int] = []
    for instruction in program.instructions {
      guard let occurrence = instruction.occurrence else { continue }
      let angle = program.angles[occurrence].expression
      if angle.dependsOnInputs {
        dependent.append(occurrence)
        table += [V.zero, V.zero]
      } else {
        let value = values.weights.withUnsafeBufferPointer { weights in
          angle.value(inputs: UnsafeBufferPointer(start: nil, count: 0), weights: weights)
        }
        let scaled = value * instruction.angleFactor
        table.append(V(repeating: S(Double.cos(scaled))))
        table.append(V(repeating: S(Double.sin(scaled))))
      }
    }
    shared = table
    perSample = dependent
  }

  /// The cosine and sine of every angle for the evaluations of one block, and their samples.
  package func coefficients(for block: ArraySlice<Evaluation>) -> [V] {
    var table = shared
    let factors = occurrenceFactors
    let inputCount = program.inputCount
    values.weights.withUnsafeBufferPointer { weights in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, inputCount)) { row in
        for lane in 0..<V.laneCount {
          // Lanes beyond the last evaluation repeat it; nobody reads them.
          let evaluation = block[min(block.startIndex + lane, block.endIndex - 1)]
          for i in 0..<inputCount {
            row[i] = Double(values.inputs.elements[evaluation.sample * inputCount + i])
          }
          let inputs = UnsafeBufferPointer(row)
          func set(_ occurrence: Int, shift: Double) {
            let angle =
              program.angles[occurrence].expression.value(inputs: inputs, weights: weights) + shift
            table[2 * occurrence][lane: lane] = S(Double.cos(angle * factors[occurrence]))
            table[2 * occurrence + 1][lane: lane] = S(Double.sin(angle * factors[occurrence]))
          }
          for occurrence in perSample { set(occurrence, shift: 0) }
          evaluation.forEachShift { shift in
            var total = 0.0
            evaluation.forEachShift {
              total += $0.occurrence == shift.occurrence ? $0.amount : 0
            }
            set(shift.occurrence, shift: total)
          }
        }
      }
    }
    return table
  }

  private var occurrenceFactors: [Double] {
    program.instructions.compactMap { $0.occurrence == nil ? nil : $0.angleFactor }
  }

  /// Prepares the start state and runs every instruction.
  ///
  /// - Throws: `AnsatzError` if a sample gives no start state.
  package func forward(
    _ state: Amplitudes<V>, block: ArraySlice<Evaluation>, coefficients: [V]
  ) throws(AnsatzError) {
    try forward(state, block: block, coefficients: coefficients) { _ in }
  }

  /// The same, stopping after every instruction.
  ///
  /// - Parameter visit: Given the instruction's place; may change the state.
  func forward(
    _ state: Amplitudes<V>, block: ArraySlice<Evaluation>, coefficients: [V],
    after visit: (_ place: Int) -> Void
  ) throws(AnsatzError) {
    try prepare(state, block: block)
    try resume(state, at: 0, coefficients: coefficients, after: visit)
  }

  /// Runs the instructions from a place on, on a state that the earlier ones have made.
  func resume(
    _ state: Amplitudes<V>, at start: Int, coefficients: [V], after visit: (_ place: Int) -> Void
  ) throws(AnsatzError) {
    for place in start..<program.instructions.count {
      if asksToStop { try StopFlag.checkRun() }
      let instruction = program.instructions[place]
      let (cosine, sine) = coefficients.pair(instruction.occurrence)
      instruction.apply(to: state, cosine: cosine, sine: sine, inverted: false)
      visit(place)
    }
  }

  /// Undoes every instruction on ket and bra, and hands over the derivative in each angle on the
  /// way. At the end the ket is the start state and the bra the observable pulled back to it.
  package func backward(
    ket: Amplitudes<V>, bra: Amplitudes<V>, coefficients: [V], needed: [Bool],
    derivative: (_ occurrence: Int, V) -> Void
  ) throws(AnsatzError) {
    for instruction in program.instructions.reversed() {
      if asksToStop { try StopFlag.checkRun() }
      if let occurrence = instruction.occurrence, needed[occurrence] {
        derivative(occurrence, instruction.angleDerivative(bra: bra, ket: ket))
      }
      let (cosine, sine) = coefficients.pair(instruction.occurrence)
      instruction.apply(to: ket, cosine: cosine, sine: sine, inverted: true)
      instruction.apply(to: bra, cosine: cosine, sine: sine, inverted: true)
    }
  }

  /// Whether an instruction takes long enough to ask before each one.
  private var asksToStop: Bool { program.qubitCount >= 12 }

  private func prepare(
    _ state: Amplitudes<V>, block: ArraySlice<Evaluation>
  ) throws(AnsatzError) {
    if case .given = program.start { return }
    state.setToZeroState()
    guard case .amplitudes(let first, let count, let padding, let rows) = program.start else {
      return
    }
    state.pointer[0] = .zero
    for lane in 0..<V.laneCount {
      let sample = block[min(block.startIndex + lane, block.endIndex - 1)].sample
      let amplitudes = try StartAmplitudes(
        values.inputs.row(sample).dropFirst(first).prefix(count), padding: padding,
        count: rows.count, sample: sample)
      for (row, value) in zip(rows, amplitudes.normalized) {
        state.pointer[2 * row][lane: lane] = S(value)
      }
    }
  }
}

extension Array where Element: LaneVector {
  @inline(__always)
  fileprivate func pair(_ occurrence: Int?) -> (cosine: Element, sine: Element) {
    guard let occurrence else { return (.zero, .zero) }
    return (self[2 * occurrence], self[2 * occurrence + 1])
  }
}

/// A sample as amplitudes: padded and normalised.
package struct StartAmplitudes {
  package let normalized: [Double]
  package let norm: Double

  package init<S: Scalar>(
    _ values: ArraySlice<S>, padding: Double, count: Int, sample: Int
  ) throws(AnsatzError) {
    var amplitudes = values.map { Double($0) }
    amplitudes += [Double](repeating: padding, count: count - amplitudes.count)
    // Scaled by the largest value first, so that tiny and huge samples do not under- or overflow.
    let largest = amplitudes.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else {
      throw AnsatzError(
        .badData,
        "sample \(sample) is all zero, which has no direction to embed as amplitudes; drop it or "
          + "set a padding other than 0")
    }
    let norm = largest * amplitudes.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
    self.norm = norm
    normalized = amplitudes.map { $0 / norm }
  }
}
