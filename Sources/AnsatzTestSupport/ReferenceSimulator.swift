import AnsatzCircuits
import AnsatzMath
import Numerics

/// A slow and obvious simulator: every gate as its dense matrix, every observable as a Kronecker
/// product. It shares no mask, kernel or compiled angle with the real one.
public struct ReferenceSimulator {
  public let circuit: Circuit
  private let inputs: [Double]
  private let weights: [Double]

  public init(_ circuit: Circuit, inputs: [Double] = [], weights: [Double] = []) {
    self.circuit = circuit
    self.inputs = inputs
    self.weights = weights
  }

  private func value(of symbol: Symbol) -> Double {
    let bundles = symbol.bundle.role == .inputs ? circuit.inputs : circuit.weights
    var position = symbol.index
    for bundle in bundles {
      if bundle == symbol.bundle { break }
      position += bundle.count
    }
    return symbol.bundle.role == .inputs ? inputs[position] : weights[position]
  }

  /// The final state; qubit 0 is the most significant bit.
  public func state() -> [Complex<Double>] {
    var state = [Complex<Double>](repeating: 0, count: 1 << circuit.qubitCount)
    state[0] = 1
    for operation in circuit.operations {
      switch operation {
      case .gate(let gate):
        state = applying(gate, to: state)
      case .amplitudes(let embedding):
        state = start(embedding)
      case .channel, .measurement, .reset, .projection, .conditional:
        preconditionFailure("the reference state vector holds no noise and no measurement")
      }
    }
    return state
  }

  private func start(_ embedding: AmplitudeEmbedding) -> [Complex<Double>] {
    let size = 1 << embedding.qubits.count
    var values: [Double] = (0..<embedding.inputs.count).map {
      embedding.inputs[$0].value(value(of:))
    }
    while values.count < size { values.append(embedding.padding) }
    let norm = values.map { $0 * $0 }.reduce(0, +).squareRoot()
    var state = [Complex<Double>](repeating: 0, count: 1 << circuit.qubitCount)
    for (index, value) in values.enumerated() {
      var bits = [Int](repeating: 0, count: circuit.qubitCount)
      for (place, qubit) in embedding.qubits.enumerated() {
        bits[qubit] = (index >> (embedding.qubits.count - 1 - place)) & 1
      }
      state[bits.reduce(0) { 2 * $0 + $1 }] = Complex(value / norm)
    }
    return state
  }

  private func applying(
    _ gate: GateOperation, to state: [Complex<Double>]
  ) -> [Complex<Double>] {
    let angles = gate.angles.map { $0.value(value(of:)) }
    var matrix = gate.definition.controlledMatrix(angles: angles, targets: gate.targets.count)
    let own = gate.definition.controlCount
    let extra =
      gate.openControls.map { (qubit: $0, value: 0) }
      + gate.controls.dropLast(own).map { (qubit: $0, value: 1) }
    for control in extra.reversed() {
      var larger = ComplexMatrix.identity(2 * matrix.rows)
      let offset = control.value * matrix.rows
      for i in 0..<matrix.rows {
        for j in 0..<matrix.rows { larger[offset + i, offset + j] = matrix[i, j] }
      }
      matrix = larger
    }
    let qubits = extra.map(\.qubit) + gate.controls.suffix(own) + gate.targets
    var result = [Complex<Double>](repeating: 0, count: state.count)
    for (index, amplitude) in state.enumerated() where amplitude != 0 {
      let bits = bits(of: index)
      let column = qubits.reduce(0) { 2 * $0 + bits[$1] }
      for row in 0..<matrix.rows where matrix[row, column] != 0 {
        var moved = bits
        for (place, qubit) in qubits.enumerated() {
          moved[qubit] = (row >> (qubits.count - 1 - place)) & 1
        }
        result[moved.reduce(0) { 2 * $0 + $1 }] += matrix[row, column] * amplitude
      }
    }
    return result
  }

  private func bits(of index: Int) -> [Int] {
    (0..<circuit.qubitCount).map { (index >> (circuit.qubitCount - 1 - $0)) & 1 }
  }

  public func expectation(of observable: any Observable) -> Double {
    let state = state()
    var total = 0.0
    for term in observable.pauliSum.terms {
      var matrices: [Int: ComplexMatrix] = [:]
      for factor in term.string.factors {
        matrices[factor.qubit] =
          switch factor.pauli {
          case .x: ComplexMatrix([[0, 1], [1, 0]])
          case .y: ComplexMatrix([[0, -.i], [.i, 0]])
          case .z: ComplexMatrix([[1, 0], [0, -1]])
          }
      }
      var full = ComplexMatrix.identity(1)
      for qubit in 0..<circuit.qubitCount {
        full = full.kronecker(matrices[qubit] ?? .identity(2))
      }
      for i in state.indices {
        for j in state.indices where full[i, j] != 0 {
          total += term.coefficient * (state[i].conjugate * full[i, j] * state[j]).real
        }
      }
    }
    return total
  }
}
