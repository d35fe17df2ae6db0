import AnsatzCircuits
import AnsatzMath
import Numerics

/// A circuit with noise channels, compiled once to run many times on a density matrix.
///
/// Runs on Pauli coefficients, where everything is real: gates and channels of one qubit next to
/// each other become one 3×3 matrix on its Bloch components, Clifford gates and depolarizing between
/// them one table that moves and scales coefficients, and the rest small matrices.
public struct DensityProgram: Sendable {
  /// What is run.
  public let circuit: Circuit
  private let program: Program
  private let steps: [Step]

  private enum Step: Sendable {
    /// For each qubit, its gates and channels in order.
    case locals([[DensityGate]])
    case table(TransferTable)
    case transfer(DensityGate)
  }

  /// Tables that take more bytes than this in all are not kept; their gates run one by one.
  private static var tableLimit: Int { 1 << 28 }

  /// - Throws: `AnsatzError` for more qubits than memory holds, or a gate with so many controls that
  ///   its matrix would be too large.
  public init(_ circuit: Circuit, pool: ThreadPool = .shared) throws(AnsatzError) {
    try self.init(circuit, tableLimit: Self.tableLimit, pool: pool)
  }

  package init(
    _ circuit: Circuit, tableLimit: Int, pool: ThreadPool = .shared
  ) throws(AnsatzError) {
    // The coefficients and a copy that a table moves them to.
    try MemoryLimit.check("a density matrix", qubits: circuit.qubitCount) { qubits, _ in
      16 * Double(sign: .plus, exponent: 2 * qubits, significand: 1)
    }
    guard circuit.qubitCount <= 15 else {
      throw AnsatzError(
        .unavailable,
        "a density matrix of \(circuit.qubitCount) qubits has more rows than its tables number; use "
          + "at most 15 qubits")
    }
    self.circuit = circuit
    program = Program(circuit)
    let schedule = try DensitySchedule(circuit)
    let n = circuit.qubitCount
    var tables: [[MonomialStep]: TransferTable] = [:]
    var list: [Step] = []
    for step in schedule.steps {
      switch step {
      case .locals(let gates): list.append(.locals(gates))
      case .transfer(let gate): list.append(.transfer(gate))
      case .monomials(let gates):
        let steps = gates.compactMap { gate in
          gate.monomial.map { MonomialStep($0, qubits: gate.qubits, qubitCount: n) }
        }
        let bytes = (tables.count + 1) * TransferTable.bytesPerEntry << (2 * n)
        if let known = tables[steps] {
          list.append(.table(known))
        } else if bytes <= tableLimit {
          let table = TransferTable(steps, qubitCount: n, pool: pool)
          tables[steps] = table
          list.append(.table(table))
        } else {
          list += gates.map { .transfer($0) }
        }
      }
    }
    steps = list
  }

  /// The final state for one sample.
  ///
  /// - Throws: `AnsatzError` for values that do not fit.
  public func run<S: Scalar>(
    inputs: [S] = [], weights: [S] = [], pool: ThreadPool = .shared
  ) throws(AnsatzError) -> DensityMatrix<S> {
    let values = try ProgramValues(
      program, inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights,
      allowsChannels: true)
    let n = circuit.qubitCount
    let binding = AngleBinding(inputs: doubles(inputs), weights: values.weights)
    var state = BufferPool.shared.take(1 << (2 * n), of: S.self)
    var rest = steps[...]
    switch program.start {
    case .zero, .given:
      // Whatever turns single qubits first leaves a product state.
      var vectors = [[Double]](repeating: [1, 0, 0, 1], count: n)
      if case .locals(let gates)? = rest.first {
        rest = rest.dropFirst()
        for (qubit, list) in gates.enumerated() {
          for gate in list { vectors[qubit] = gate.transfer(binding).applied(to: vectors[qubit]) }
        }
      }
      fillProduct(state.pointer, vectors: vectors, pool: pool)
    case .amplitudes:
      try fillStart(state.pointer, program, values, qubitCount: n, pool: pool)
    }
    for step in rest {
      try StopFlag.checkRun()
      switch step {
      case .locals(let gates):
        let locals = gates.enumerated().compactMap { qubit, list -> LocalTransfer? in
          guard var total = list.first?.transfer(binding) else { return nil }
          for gate in list.dropFirst() { total = gate.transfer(binding).after(total) }
          return LocalTransfer(qubit: qubit, elements: Array(total.elements.dropFirst(4)))
        }
        applyLocals(state.pointer, locals, qubitCount: n, pool: pool)
      case .table(let table):
        let moved = BufferPool.shared.take(1 << (2 * n), of: S.self)
        gather(state.pointer, into: moved.pointer, table, pool: pool)
        state = moved
      case .transfer(let gate):
        applyTransfer(
          state.pointer, gate.transfer(binding), qubits: gate.qubits, qubitCount: n, pool: pool)
      }
    }
    return DensityMatrix(qubitCount: n, coefficients: state, pool: pool)
  }
}

/// The values that angles are computed from.
struct AngleBinding {
  let inputs: [Double]
  let weights: [Double]

  func value(_ expression: CompiledExpression) -> Double {
    inputs.withUnsafeBufferPointer { inputs in
      weights.withUnsafeBufferPointer { expression.value(inputs: inputs, weights: $0) }
    }
  }
}

extension PauliTransfer {
  func applied(to vector: [Double]) -> [Double] {
    (0..<order).map { a in
      (0..<order).reduce(0) { $0 + elements[a * order + $1] * vector[$1] }
    }
  }
}

/// The coefficients of the state that a program starts from, for its first sample.
func fillStart<S: Scalar>(
  _ state: UnsafeMutablePointer<S>, _ program: Program, _ values: ProgramValues<S>,
  qubitCount: Int, pool: ThreadPool
) throws(AnsatzError) {
  guard case .amplitudes(let first, let count, let padding, let rows) = program.start else {
    let zero = [[Double]](repeating: [1, 0, 0, 1], count: qubitCount)
    return fillProduct(state, vectors: zero, pool: pool)
  }
  let amplitudes = try StartAmplitudes(
    values.inputs.row(0).dropFirst(first).prefix(count), padding: padding, count: rows.count,
    sample: 0)
  fillPure(state, amplitudes.normalized, rows: Array(rows), qubitCount: qubitCount)
}

/// The coefficients of a pure state with real amplitudes on some basis states, the rest zero.
private func fillPure<S: Scalar>(
  _ state: UnsafeMutablePointer<S>, _ values: [Double], rows: [Int], qubitCount: Int
) {
  let size = 1 << qubitCount
  var amplitudes = [Double](repeating: 0, count: size)
  for (row, value) in zip(rows, values) { amplitudes[row] = value }
  for x in 0..<size {
    // For all strings with the same X part at once: a Walsh-Hadamard transform over the Z part.
    var sums = (0..<size).map { amplitudes[$0] * amplitudes[$0 ^ x] }
    for bit in 0..<qubitCount {
      for i in 0..<size where i >> bit & 1 == 0 {
        let (a, b) = (sums[i], sums[i | 1 << bit])
        sums[i] = a + b
        sums[i | 1 << bit] = a - b
      }
    }
    for z in 0..<size {
      let place = (0..<qubitCount).reduce(0) { word, bit in
        let (hasX, hasZ) = (x >> bit & 1, z >> bit & 1)
        return word | (hasX == 1 ? 1 + hasZ : 3 * hasZ) << (2 * bit)
      }
      // Strings with an odd number of Y vanish in a real state.
      let sign: Double = [1, 0, -1, 0][(x & z).nonzeroBitCount % 4]
      state[place] = S(sign * sums[z])
    }
  }
}
