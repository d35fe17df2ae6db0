import AnsatzCircuits
import AnsatzMath

/// Measures a circuit under more and more noise and extrapolates to none.
///
/// Each scale folds the circuit, lets the noise model act on what results, and measures it.
///
/// - Source: Temme, Bravyi and Gambetta, arXiv:1612.02058; Li and Benjamin, arXiv:1611.09301.
public struct ZeroNoiseExtrapolation: Sendable {
  /// How many times the noise of the circuit each point has.
  public let scales: [Double]
  /// How the noise is scaled.
  public let folding: CircuitFolding
  /// The curve through the points.
  public let extrapolation: Extrapolation

  /// A run of the circuit at each scale, and the curve read at scale 0.
  public init(
    scales: [Double] = [1, 2, 3], folding: CircuitFolding = .global,
    extrapolation: Extrapolation = .richardson
  ) {
    self.scales = scales
    self.folding = folding
    self.extrapolation = extrapolation
  }

  /// What was measured, and what it points to.
  public struct Result: Sendable {
    /// The scales that folding reached, and the values there.
    public let points: [(scale: Double, estimate: Estimate)]
    /// The value without noise. Its error is that of the points alone: how far the curve is off is
    /// not in it.
    public let estimate: Estimate
  }

  /// Runs the circuit at each scale of the noise, and extrapolates to none.
  ///
  /// - Parameters:
  ///   - circuit: Without noise.
  ///   - simulator: Runs a circuit with noise; exact and by density matrix unless given.
  /// - Throws: `AnsatzError` if the circuit cannot be folded or the values not be fitted, and what the
  ///   simulator throws.
  public func run(
    _ observable: any Observable, in circuit: Circuit, noise: NoiseModel, inputs: [Double] = [],
    weights: [Double] = [], using random: inout RandomStream, pool: ThreadPool = .shared,
    simulator: (Circuit) throws -> any NoisySimulator = { try DensityProgram($0) }
  ) throws -> Result {
    var points: [(scale: Double, estimate: Estimate)] = []
    let read = try noise.readoutErrors(qubits: circuit.qubitCount).read(observable)
    for scale in scales {
      let folded = try noise.applied(to: folding.folded(circuit, scale: scale))
      let value = try simulator(folded).expectations(
        of: [read], inputs: inputs, weights: weights, using: &random, pool: pool)
      points.append((folding.actualScale(of: circuit, scale: scale), value[0]))
    }
    return Result(points: points, estimate: try extrapolation.value(at: points))
  }
}
