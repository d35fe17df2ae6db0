import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Synchronization

/// Expectation values of a circuit under a noise model, and their gradient by parameter shift, exact
/// or from finitely many shots.
///
/// Values come from a density matrix. All shifted values of one sample come from one pass forwards and
/// one pass back for each Pauli string (`DensityShifts`), so a gradient takes as long as a few values,
/// whatever the number of weights. With shots, each Pauli string of each circuit is measured that many
/// times.
public struct NoisyExpectations: Sendable {
  public let circuit: Circuit
  public let observableCount: Int
  private let shifts: DensityShifts
  private let strings: [PauliString]
  /// For each observable, the strings and their coefficients.
  private let uses: [[(string: Int, coefficient: Double)]]
  private let rules: [ShiftRule]

  /// - Parameters:
  ///   - circuit: Without noise.
  ///   - observables: As they are without readout errors; those of the noise model are put in.
  /// - Throws: `AnsatzError` for circuits whose measurements decide what happens and observables that
  ///   cannot be read; `CircuitError` for rules and observables that do not fit the circuit.
  public init(_ circuit: Circuit, observables: [any Observable], noise: NoiseModel) throws {
    _ = try CompiledObservables(observables, qubitCount: circuit.qubitCount)
    self.circuit = circuit
    observableCount = observables.count
    shifts = try DensityShifts(noise.applied(to: circuit))
    let errors = noise.readoutErrors(qubits: circuit.qubitCount)
    var strings: [PauliString] = []
    var uses: [[(string: Int, coefficient: Double)]] = []
    for observable in observables {
      uses.append([])
      for term in try errors.read(observable).terms {
        let known = strings.firstIndex(of: term.string)
        if known == nil { strings.append(term.string) }
        uses[uses.count - 1].append((known ?? strings.count - 1, term.coefficient))
      }
    }
    self.strings = strings
    self.uses = uses
    rules = shifts.program.instructions.compactMap { instruction in
      guard instruction.occurrence != nil else { return nil }
      let frequencies = instruction.frequencies
      return ShiftRule(harmonics: frequencies.count, base: frequencies.first ?? 1)
    }
  }

  /// The values for every sample, `[samples, observables]`.
  ///
  /// - Parameters:
  ///   - shots: nil for exact values.
  ///   - seed: Decides the results of shots.
  public func values<S: Scalar>(
    inputs: Tensor<S>, weights: [S], shots: Int? = nil, seed: UInt64 = 0,
    pool: ThreadPool = .shared
  ) throws(AnsatzError) -> Tensor<S> {
    let found = try forEachSample(inputs, weights, shifts: [], seed: seed, pool) { sample, random in
      let means = sample.plain.map { random.mean($0, shots: shots) }
      return uses.map { list in list.reduce(0) { $0 + $1.coefficient * means[$1.string] } }
    }
    return Tensor(
      shape: [inputs.rowCount, observableCount], elements: found.flatMap { $0.map { S($0) } })
  }

  /// Σ_k upstream[b, k] · ∂⟨O_k⟩_b, in the weights (summed over b) and in the inputs.
  ///
  /// - Throws: `AnsatzError` for the inputs of an amplitude embedding, which no shift differentiates.
  public func gradient<S: Scalar>(
    inputs: Tensor<S>, weights: [S], upstream: Tensor<S>, request: GradientRequest,
    shots: Int? = nil, seed: UInt64 = 0, pool: ThreadPool = .shared
  ) throws(AnsatzError) -> CircuitGradient<S> {
    let program = shifts.program
    if request.inputs, case .amplitudes = program.start {
      throw AnsatzError(
        .usage,
        "under noise there is no gradient in the inputs of an amplitude embedding, which are not "
          + "angles; put no trained layer before the circuit")
    }
    let asked = program.angles.indices.filter { request.needs(program.angles[$0]) }.map {
      (occurrence: $0, amounts: rules[$0].terms.map(\.shift))
    }
    let angleCount = program.angles.count
    let rows = try forEachSample(inputs, weights, shifts: asked, seed: seed, pool) {
      sample, random in
      var derivatives = [Double](repeating: 0, count: angleCount)
      for (place, item) in asked.enumerated() {
        for (index, term) in rules[item.occurrence].terms.enumerated() {
          let means = strings.indices.map {
            random.mean(sample.shifted[$0][place][index], shots: shots)
          }
          var total = 0.0
          for (k, list) in uses.enumerated() {
            let value = list.reduce(0) { $0 + $1.coefficient * means[$1.string] }
            total += Double(upstream[random.sample, k]) * value
          }
          derivatives[item.occurrence] += term.coefficient * total
        }
      }
      return derivatives
    }
    let circuits = asked.reduce(0) { $0 + $1.amounts.count } * inputs.rowCount
    let values = try ProgramValues(program, inputs: inputs, weights: weights)
    return ChainRule(program: program, values: values, request: request)
      .gradient(angleDerivatives: rows.flatMap { $0 }, evaluations: circuits)
  }

  /// Runs the samples side by side, each with random numbers of its own.
  private func forEachSample<S: Scalar>(
    _ inputs: Tensor<S>, _ weights: [S], shifts asked: [(occurrence: Int, amounts: [Double])],
    seed: UInt64, _ pool: ThreadPool,
    _ body: (DensityShifts.Values, inout ShotNoise) -> [Double]
  ) throws(AnsatzError) -> [[Double]] {
    let weights = weights.map { Double($0) }
    let results = Mutex(
      [Result<[Double], AnsatzError>](repeating: .success([]), count: inputs.rowCount))
    pool.run(chunks: inputs.rowCount) { sample in
      var result: Result<[Double], AnsatzError>
      do throws(AnsatzError) {
        let values = try shifts.values(
          of: strings, inputs: inputs.row(sample).map { Double($0) }, weights: weights,
          shifts: asked, pool: pool)
        var noise = ShotNoise(seed: seed, sample: sample)
        result = .success(body(values, &noise))
      } catch {
        result = .failure(error)
      }
      results.withLock { $0[sample] = result }
    }
    var rows: [[Double]] = []
    for result in results.withLock({ $0 }) { rows.append(try result.get()) }
    return rows
  }
}

/// The results of shots of one sample.
package struct ShotNoise {
  package let sample: Int
  private var random: RandomStream

  package init(seed: UInt64, sample: Int) {
    self.sample = sample
    random = RandomStream(seed: seed &+ UInt64(sample), stream: "shots of a sample")
  }

  /// The mean of measurements that give ±1 with the expectation value given; that value if there are
  /// no shots.
  package mutating func mean(_ expectation: Double, shots: Int?) -> Double {
    guard let shots else { return expectation }
    let probability = (1 + expectation) / 2
    var ups = 0
    for _ in 0..<shots where random.uniform() < probability { ups += 1 }
    return 2 * Double(ups) / Double(shots) - 1
  }
}
