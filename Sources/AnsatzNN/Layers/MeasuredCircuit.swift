import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzSimulator
import Synchronization

/// The circuit of a quantum layer, read under noise, from finitely many shots, or both.
///
/// The layer's gradient method stays; with shots, parameter shift takes the place of the adjoint
/// method, which nothing measured can replace. Under noise, all come from a density matrix.
struct MeasuredCircuit: Sendable {
  private let shots: Int?
  private let method: any GradientMethod
  private let noisy: NoisyExpectations?
  private let program: Program
  private let strings: CompiledObservables
  /// For each observable, the strings and their coefficients.
  private let uses: [[(string: Int, coefficient: Double)]]

  /// - Throws: `AnsatzError` for noise that the circuit cannot have.
  init(
    _ circuit: Circuit, program: Program, observables: [PauliSum], method: any GradientMethod,
    measurement: Measurement
  ) throws {
    shots = measurement.shots
    self.method = shots == nil ? method : method.measurable
    noisy = try measurement.noise.map {
      try NoisyExpectations(circuit, observables: observables, noise: $0)
    }
    self.program = program
    var list: [PauliString] = []
    uses = observables.map { sum in
      sum.terms.map { term in
        let known = list.firstIndex(of: term.string)
        if known == nil { list.append(term.string) }
        return (known ?? list.count - 1, term.coefficient)
      }
    }
    strings = try CompiledObservables(list, qubitCount: circuit.qubitCount)
  }

  /// The measured values, `[rows, inputs] → [rows, observables]`; the pass's stream decides the
  /// outcomes of shots.
  func forward<S: Scalar>(
    _ input: Variable<S>, weights: [Variable<S>], in pass: inout Pass<S>
  ) throws -> Variable<S> {
    let parents = [input] + weights
    let values = weights.first?.value.elements ?? []
    let counter = pass.context.circuitEvaluations
    counter?.add(input.value.rowCount)
    let seeds =
      shots == nil ? (0, 0) : (pass.context.dropout.next(), pass.context.dropout.next())
    guard let noisy else {
      return try sampled(input, values, parents: parents, seeds: seeds, on: pass.tape, counter)
    }
    let (method, shots) = (method, shots)
    let value = try noisy.values(
      inputs: input.value, weights: values, shots: shots, seed: seeds.0)
    return pass.tape.record(value, parents: parents) { upstream, needed in
      let request = GradientRequest(
        weights: needed.dropFirst().contains(true), inputs: needed[0])
      let point = NoisyPoint(
        noisy, inputs: input.value, weights: values, shots: shots, seed: seeds.1)
      let gradient = try method.gradient(of: point, upstream: upstream, request: request)
      counter?.add(gradient.evaluations)
      return gradient.tensors(parents: parents.count, weightsNeeded: request.weights)
    }
  }

  /// Without noise: every Pauli string of every circuit measured so many times.
  private func sampled<S: Scalar>(
    _ input: Variable<S>, _ weights: [S], parents: [Variable<S>], seeds: (UInt64, UInt64),
    on tape: Tape<S>, _ counter: EvaluationCounter?
  ) throws -> Variable<S> {
    let run = try program.forward(
      strings, inputs: input.value, weights: weights,
      keepStates: parents.contains(where: \.requiresGradient))
    var value = Tensor<S>(shape: [input.value.rowCount, uses.count])
    for sample in 0..<input.value.rowCount {
      var noise = ShotNoise(seed: seeds.0, stream: sample)
      let means = run.expectations.row(sample).map { noise.mean(Double($0), shots: shots).mean }
      for (k, list) in uses.enumerated() {
        value[sample, k] = S(list.reduce(0) { $0 + $1.coefficient * means[$1.string] })
      }
    }
    let method = shots.map { self.method.sampling(shots: $0, seed: seeds.1) } ?? self.method
    let (uses, count) = (uses, strings.count)
    return tape.record(value, parents: parents) { upstream, needed in
      let request = GradientRequest(weights: needed.dropFirst().contains(true), inputs: needed[0])
      var spread = Tensor<S>(shape: [upstream.rowCount, count])
      for sample in 0..<upstream.rowCount {
        for (k, list) in uses.enumerated() {
          for use in list { spread[sample, use.string] += S(use.coefficient) * upstream[sample, k] }
        }
      }
      let gradient = try method.gradient(of: run, upstream: spread, request: request)
      counter?.add(gradient.evaluations)
      return gradient.tensors(parents: parents.count, weightsNeeded: request.weights)
    }
  }
}

/// The measured forms of one layer's circuit that passes have asked for.
final class MeasuredCircuitCache: Sendable {
  private let known = Mutex<[Measurement: MeasuredCircuit]>([:])

  func circuit(
    for measurement: Measurement, make: () throws -> MeasuredCircuit
  ) rethrows -> MeasuredCircuit {
    if let circuit = known.withLock({ $0[measurement] }) { return circuit }
    let circuit = try make()
    known.withLock { $0[measurement] = circuit }
    return circuit
  }
}
