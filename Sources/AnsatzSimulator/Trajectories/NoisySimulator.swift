import AnsatzCircuits
import AnsatzMath

/// A way to run a circuit with noise: `DensityProgram`, which is exact and takes 4ⁿ numbers, or
/// `TrajectoryProgram`, which takes 2ⁿ and has standard errors.
public protocol NoisySimulator: Sendable {
  /// The circuit with its channels.
  var circuit: Circuit { get }

  /// The expectation values of observables for one sample.
  ///
  /// - Parameter random: Decides what happens in trajectories; the same stream gives the same values
  ///   whatever the number of threads. Nothing is drawn where values are exact.
  func expectations(
    of observables: [any Observable], inputs: [Double], weights: [Double],
    using random: inout RandomStream, pool: ThreadPool
  ) throws -> [Estimate]

  /// The probability of every outcome, `[2ⁿ]`; qubit 0 is the most significant bit.
  func probabilities(
    inputs: [Double], weights: [Double], using random: inout RandomStream, pool: ThreadPool
  ) throws -> [Estimate]

  /// Measures all qubits `shots` times, each time after a run of its own.
  func samples(
    shots: Int, inputs: [Double], weights: [Double], using random: inout RandomStream,
    pool: ThreadPool
  ) throws -> Samples

  /// The same, counted: from a density matrix any number of shots, without drawing them one by one.
  func counts(
    shots: Int, inputs: [Double], weights: [Double], using random: inout RandomStream,
    pool: ThreadPool
  ) throws -> OutcomeCounts
}

extension DensityProgram: NoisySimulator {
  public func expectations(
    of observables: [any Observable], inputs: [Double] = [], weights: [Double] = [],
    using random: inout RandomStream, pool: ThreadPool = .shared
  ) throws -> [Estimate] {
    let state: DensityMatrix<Double> = try run(inputs: inputs, weights: weights, pool: pool)
    return try observables.map { Estimate(value: try state.expectation(of: $0)) }
  }

  public func probabilities(
    inputs: [Double] = [], weights: [Double] = [], using random: inout RandomStream,
    pool: ThreadPool = .shared
  ) throws -> [Estimate] {
    let state: DensityMatrix<Double> = try run(inputs: inputs, weights: weights, pool: pool)
    return state.probabilities.map { Estimate(value: $0) }
  }

  public func samples(
    shots: Int, inputs: [Double] = [], weights: [Double] = [], using random: inout RandomStream,
    pool: ThreadPool = .shared
  ) throws -> Samples {
    guard shots > 0 else { throw AnsatzError(.usage, "\(shots) shots; use 1 or more") }
    let state: DensityMatrix<Double> = try run(inputs: inputs, weights: weights, pool: pool)
    // Rounding may leave a probability below 0.
    return try sample(
      state.probabilities.map { max(0, $0) }[...], shots: shots, qubitCount: circuit.qubitCount,
      using: &random, pool: pool)
  }

  public func counts(
    shots: Int, inputs: [Double] = [], weights: [Double] = [], using random: inout RandomStream,
    pool: ThreadPool = .shared
  ) throws -> OutcomeCounts {
    guard shots > 0 else { throw AnsatzError(.usage, "\(shots) shots; use 1 or more") }
    let state: DensityMatrix<Double> = try run(inputs: inputs, weights: weights, pool: pool)
    return countOutcomes(
      state.probabilities.map { max(0, $0) }[...], shots: shots, qubitCount: circuit.qubitCount,
      using: &random, pool: pool)
  }
}
