import AnsatzCircuits
import AnsatzMath
import Numerics

/// What gradient methods put in the place of a gate with an angle, or after it.
package enum DensityProbe: Sendable {
  /// The angle is so many radians larger.
  case shift(Double)
  /// `exp(-iφW)` follows the gate.
  case turn(GeneratorWord, angle: Double)
  /// `ρ → -i[W, ρ]/2` follows the gate: what an ancilla that controls W reads.
  case commutator(GeneratorWord)
}

/// Expectation values of a circuit with noise, and what they are when one gate is probed: all of them
/// from one pass forwards and one pass back for each Pauli string.
///
/// The circuit is a product of real matrices on Pauli coefficients. With the state r before a gate and
/// the string pulled back behind it, λ, the value for any matrix R in the gate's place is `λᵀ R r`; the
/// pairs of coefficients that R connects are summed once.
package struct DensityProbes: Sendable {
  /// The gates without noise, one parameter each: its angles are those that are probed.
  package let program: Program
  /// For each angle, the generator of its gate as Pauli words.
  package let words: [[GeneratorWord]]
  private let qubitCount: Int
  private let steps: [Step]

  private struct Step: Sendable {
    let gate: DensityGate
    /// The position of its angle in the program's list.
    let occurrence: Int?
  }

  /// - Throws: `AnsatzError` for operations that depend on results of measurements.
  package init(_ circuit: Circuit) throws(AnsatzError) {
    let slots = SymbolSlots(circuit)
    var steps: [Step] = []
    var gates: [CircuitOperation] = []
    var occurrences = 0
    /// For each angle, the bits of its gate that must be 0.
    var open: [Int] = []
    for step in try NoiseStep.steps(of: circuit) {
      switch step {
      case .channel(let kraus, let qubits):
        steps.append(
          Step(gate: DensityGate(qubits: qubits, angles: []) { _ in kraus }, occurrence: nil))
      case .gate(.gate(let gate)):
        for part in gate.elementaryParts {
          gates.append(.gate(part))
          let occurrence = part.angles.isEmpty ? nil : occurrences
          occurrences += part.angles.count
          if occurrence != nil {
            open.append(
              part.openControls.reduce(0) { $0 | 1 << (circuit.qubitCount - 1 - $1) })
          }
          if part.qubits.isEmpty { continue }
          steps.append(Step(gate: try DensitySchedule.gate(part, slots), occurrence: occurrence))
        }
      case .gate(let start): gates.append(start)
      }
    }
    program = Program(gates, of: circuit, start: .zero)
    guard program.angles.count == occurrences,
      program.instructions.allSatisfy({ !$0.isFourier })
    else {
      throw AnsatzError(
        .unavailable,
        "gradients under noise do not take Fourier transforms; write the transform out as H and "
          + "CPhase gates")
    }
    // A program turns qubits that must be 0 before and after the gate, and Z with them.
    words = program.instructions.compactMap { instruction in
      instruction.occurrence.map { occurrence in
        instruction.generatorWords.map { word in
          let turns = (word.masks.z & open[occurrence]).nonzeroBitCount
          return GeneratorWord(
            coefficient: turns % 2 == 0 ? word.coefficient : -word.coefficient, masks: word.masks)
        }
      }
    }
    qubitCount = circuit.qubitCount
    self.steps = steps
  }

  /// The values of one sample.
  package struct Values: Sendable {
    /// For each string.
    package let plain: [Double]
    /// For each string, each angle that was asked for and each of its probes.
    package let probed: [[[Double]]]
  }

  /// - Parameter asked: Angles by their positions, and the probes of each.
  /// - Throws: `AnsatzError` for values that do not fit, and states that do not fit into memory.
  package func values(
    of strings: [PauliString], inputs: [Double], weights: [Double],
    asked: [(occurrence: Int, probes: [DensityProbe])], pool: ThreadPool = .shared
  ) throws(AnsatzError) -> Values {
    let n = qubitCount
    let count = 1 << (2 * n)
    try MemoryLimit.check("a gradient under noise", qubits: n) { qubits, _ in
      8 * Double(asked.count + 3) * Double(sign: .plus, exponent: 2 * qubits, significand: 1)
    }
    let values = try ProgramValues(
      program, inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights,
      allowsChannels: true)
    let binding = AngleBinding(inputs: inputs, weights: weights)
    let transfers = steps.map { $0.gate.transfer(binding) }
    var places = [Int?](repeating: nil, count: program.angles.count)
    for (place, item) in asked.enumerated() { places[item.occurrence] = place }
    let state = BufferPool.shared.take(count, of: Double.self)
    try fillStart(state.pointer, program, values, qubitCount: n, pool: pool)
    var kept = [PooledBuffer<Double>?](repeating: nil, count: asked.count)
    for (step, transfer) in zip(steps, transfers) {
      try StopFlag.checkRun()
      if let place = step.occurrence.flatMap({ places[$0] }) {
        let copy = BufferPool.shared.take(count, of: Double.self)
        copy.pointer.update(from: state.pointer, count: count)
        kept[place] = copy
      }
      applyTransfer(
        state.pointer, transfer, qubits: step.gate.qubits, qubitCount: n, pool: pool)
    }
    let words = strings.map { string in
      string.factors.reduce(0) {
        $0 | DensityMatrix<Double>.digit($1.pauli) << (2 * (n - 1 - $1.qubit))
      }
    }
    let plain = words.map { state.pointer[$0] }
    guard !asked.isEmpty else { return Values(plain: plain, probed: words.map { _ in [] }) }
    let turned = steps.enumerated().map { index, step -> [PauliTransfer] in
      guard let place = step.occurrence.flatMap({ places[$0] }) else { return [] }
      return asked[place].probes.map {
        step.gate.transfer(binding, transfers[index], $0, qubitCount: n)
      }
    }
    let back = transfers.map(\.transposed)
    let bra = BufferPool.shared.take(count, of: Double.self)
    let probed = try zip(words, plain).map { word, value throws(AnsatzError) -> [[Double]] in
      // A global phase has no step, and changes nothing; it has no words either.
      var result = asked.map { $0.probes.map { _ in value } }
      bra.pointer.update(repeating: 0, count: count)
      bra.pointer[word] = 1
      for index in steps.indices.reversed() {
        try StopFlag.checkRun()
        let step = steps[index]
        if let place = step.occurrence.flatMap({ places[$0] }), let ket = kept[place] {
          let pairs = pairSums(
            bra.pointer, ket.pointer, qubits: step.gate.qubits, qubitCount: n)
          result[place] = turned[index].map { transfer in
            zip(transfer.elements, pairs).reduce(0) { $0 + $1.0 * $1.1 }
          }
        }
        applyTransfer(
          bra.pointer, back[index], qubits: step.gate.qubits, qubitCount: n, pool: pool)
      }
      return result
    }
    return Values(plain: plain, probed: probed)
  }
}

extension DensityGate {
  /// The matrix of a probe in the place of the gate, whose own is given.
  fileprivate func transfer(
    _ binding: AngleBinding, _ own: PauliTransfer, _ probe: DensityProbe, qubitCount: Int
  ) -> PauliTransfer {
    switch probe {
    case .shift(let amount):
      return transfer(binding, shift: amount)
    case .turn(let word, let angle):
      let matrix = word.masks.matrix(on: qubits, of: qubitCount)
      let turn =
        Complex(Double.cos(angle)) * .identity(matrix.rows)
        + Complex(0, -Double.sin(angle)) * matrix
      return PauliTransfer(kraus: [turn]).after(own)
    case .commutator(let word):
      let half = Complex(0, -0.5) * word.masks.matrix(on: qubits, of: qubitCount)
      let identity = ComplexMatrix.identity(half.rows)
      return PauliTransfer(pairs: [(half, identity), (identity, half)]).after(own)
    }
  }
}

extension PauliMasks {
  /// The word on some qubits, of which the first is the most significant bit; it must not act on
  /// others.
  fileprivate func matrix(on qubits: [Int], of qubitCount: Int) -> ComplexMatrix {
    func local(_ mask: Int) -> Int {
      qubits.reduce(0) { 2 * $0 + mask >> (qubitCount - 1 - $1) & 1 }
    }
    let (x, z) = (local(x), local(z))
    var phase = Complex<Double>(1)
    for _ in 0..<yCount & 3 { phase *= .i }
    let order = 1 << qubits.count
    var elements = [Complex<Double>](repeating: 0, count: order * order)
    for j in 0..<order {
      elements[(j ^ x) * order + j] = (j & z).nonzeroBitCount & 1 == 0 ? phase : -phase
    }
    return ComplexMatrix(rows: order, columns: order, elements: elements)
  }
}

/// Σ over groups of `left_a right_b`, for the digits a and b of some qubits.
private func pairSums(
  _ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, qubits: [Int], qubitCount: Int
) -> [Double] {
  let shifts = qubits.map { 2 * (qubitCount - 1 - $0) }
  let order = 1 << (2 * qubits.count)
  let offsets = (0..<order).map { word in
    shifts.enumerated().reduce(0) {
      $0 | (word >> (2 * (qubits.count - 1 - $1.offset)) & 3) << $1.element
    }
  }
  let fixed = FixedBits(shifts.reduce(0) { $0 | 3 << $1 }, qubitCount: 2 * qubitCount)
  var sums = [Double](repeating: 0, count: order * order)
  fixed.forEachRun(in: 0..<fixed.groupCount) { first, count in
    for a in 0..<order {
      for b in 0..<order {
        var sum = 0.0
        for index in first..<first + count {
          sum += left[index + offsets[a]] * right[index + offsets[b]]
        }
        sums[a * order + b] += sum
      }
    }
  }
  return sums
}
