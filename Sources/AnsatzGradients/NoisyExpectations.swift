import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Synchronization

/// Expectation values of a circuit under a noise model, exact or from finitely many shots.
///
/// Values come from a density matrix. With shots, each Pauli string of each circuit is measured that
/// many times. For gradients, see `NoisyPoint`.
public struct NoisyExpectations: Sendable {
  /// The circuit with the noise in it.
  public let circuit: Circuit
  /// How many values a sample has.
  public let observableCount: Int
  /// For each angle of the program, its shift rule and its gate's generator.
  let rules: [ShiftRule]
  var words: [[GeneratorWord]] { probes.words }
  var program: Program { probes.program }
  private let probes: DensityProbes
  private let strings: [PauliString]
  /// For each observable, the strings and their coefficients.
  private let uses: [[(string: Int, coefficient: Double)]]

  /// - Parameters:
  ///   - circuit: Without noise.
  ///   - observables: As they are without readout errors; those of the noise model are put in.
  /// - Throws: `AnsatzError` for circuits whose measurements decide what happens and observables that
  ///   cannot be read; `CircuitError` for rules and observables that do not fit the circuit.
  public init(_ circuit: Circuit, observables: [any Observable], noise: NoiseModel) throws {
    _ = try CompiledObservables(observables, qubitCount: circuit.qubitCount)
    self.circuit = circuit
    observableCount = observables.count
    probes = try DensityProbes(noise.applied(to: circuit))
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
    rules = probes.program.instructions.compactMap { instruction in
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
    let found = try forEachSample(inputs, weights, asked: [], pool) { sample, values in
      var noise = ShotNoise(seed: seed, stream: sample)
      let means = values.plain.map { noise.mean($0, shots: shots).mean }
      return uses.map { list in list.reduce(0) { $0 + $1.coefficient * means[$1.string] } }
    }
    return Tensor(
      shape: [inputs.rowCount, observableCount], elements: found.flatMap { $0.map { S($0) } })
  }

  /// For each sample, the weighted sum of what the probes of each angle give, and its variance.
  ///
  /// - Parameter asked: Angles with their probes and the factor of each.
  /// - Returns: For each sample the sums, then the variances, one for each angle of the program.
  func sums<S: Scalar>(
    _ asked: [(occurrence: Int, probes: [(probe: DensityProbe, factor: Double)])],
    inputs: Tensor<S>, weights: [S], upstream: Tensor<S>, shots: Int?, seed: UInt64,
    pool: ThreadPool
  ) throws(AnsatzError) -> [[Double]] {
    let angles = program.angles.count
    let list = asked.map { (occurrence: $0.occurrence, probes: $0.probes.map(\.probe)) }
    return try forEachSample(inputs, weights, asked: list, pool) { sample, values in
      var noise = ShotNoise(seed: seed, stream: sample)
      var shares = [Double](repeating: 0, count: strings.count)
      for (k, list) in uses.enumerated() {
        for use in list { shares[use.string] += Double(upstream[sample, k]) * use.coefficient }
      }
      var result = [Double](repeating: 0, count: 2 * angles)
      for (place, item) in asked.enumerated() {
        for (index, entry) in item.probes.enumerated() {
          for (string, share) in shares.enumerated() {
            let drawn = noise.mean(values.probed[string][place][index], shots: shots)
            let factor = entry.factor * share
            result[item.occurrence] += factor * drawn.mean
            result[angles + item.occurrence] += factor * factor * drawn.variance
          }
        }
      }
      return result
    }
  }

  /// How many strings are measured.
  var stringCount: Int { strings.count }

  /// Runs the samples side by side.
  private func forEachSample<S: Scalar>(
    _ inputs: Tensor<S>, _ weights: [S], asked: [(occurrence: Int, probes: [DensityProbe])],
    _ pool: ThreadPool, _ body: (_ sample: Int, DensityProbes.Values) -> [Double]
  ) throws(AnsatzError) -> [[Double]] {
    let weights = weights.map { Double($0) }
    let results = Mutex(
      [Result<[Double], AnsatzError>](repeating: .success([]), count: inputs.rowCount))
    pool.run(chunks: inputs.rowCount) { sample in
      var result: Result<[Double], AnsatzError>
      do throws(AnsatzError) {
        let values = try probes.values(
          of: strings, inputs: inputs.row(sample).map { Double($0) }, weights: weights,
          asked: asked, pool: pool)
        result = .success(body(sample, values))
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
