import AnsatzCircuits
import AnsatzMath
import Numerics

/// How a circuit's Fourier coefficients are spread over random weights: what the model can express
/// beyond having a frequency at all.
///
/// - Source: Schuld, Sweke and Meyer, arXiv:2008.08605, section III.
public struct CoefficientDistribution: Sendable {
  /// The coefficients of one frequency.
  public struct Entry: Sendable {
    /// The frequency.
    public let frequency: EncodingFrequencies.Frequency
    /// The mean of the coefficient.
    public let mean: Complex<Double>
    /// E|c|² - |E c|².
    public let variance: Double
    /// Of |c|: smallest, first quartile, median, third quartile, largest.
    public let quantiles: [Double]
  }

  /// In the order of the frequencies.
  public let entries: [Entry]
  /// How often the weights were drawn.
  public let draws: Int

  /// - Parameters:
  ///   - fixing: Weights, by their positions, that are not drawn.
  ///   - draws: How often all other weights are drawn, uniformly from [0, 2π).
  ///   - observer: Told of each draw; asked whether to stop, which keeps the draws made so far, as
  ///     `StopFlag` does.
  /// - Throws: As `FourierAnalysis` does; `AnsatzError` for fewer than 2 draws, and where the
  ///   frequencies depend on the weights.
  public init(
    of observable: any Observable, in circuit: Circuit, varying: [Int]? = nil,
    inputs: [Double] = [], fixing fixed: [Int: Double] = [:], draws: Int = 100, seed: UInt64 = 0,
    pool: ThreadPool = .shared,
    observer: (_ done: Int) -> Bool = { _ in true }
  ) throws {
    guard draws >= 2 else { throw AnsatzError(.usage, "\(draws) draws of weights; use 2 or more") }
    let accessible = try EncodingFrequencies(
      circuit, varying: varying,
      inputs: inputs.isEmpty ? [Double](repeating: 0, count: circuit.inputCount) : inputs,
      // Weights that vary are unknown, so that frequencies that depend on them are refused.
      weights: (0..<circuit.weightCount).map { fixed[$0] })
    var random = RandomStream(seed: seed, stream: "weights of a spectrum")
    var columns = [[Complex<Double>]](repeating: [], count: accessible.frequencies.count)
    var done = 0
    while done < draws {
      var weights = (0..<circuit.weightCount).map { _ in random.uniform(in: 0..<2 * .pi) }
      for place in weights.indices { weights[place] = fixed[place] ?? weights[place] }
      let analysis: FourierAnalysis
      do {
        analysis = try FourierAnalysis(
          of: observable, in: circuit, varying: varying, inputs: inputs, weights: weights,
          pool: pool)
      } catch  where error.isInterruption && done > 0 { break }
      for (place, term) in analysis.series.terms.enumerated() {
        columns[place].append(term.coefficient)
      }
      done += 1
      if !observer(done) { break }
    }
    self.draws = done
    entries = zip(accessible.frequencies, columns).map { frequency, values in
      let count = Double(values.count)
      let mean = values.reduce(Complex.zero, +) / Complex(count)
      let sizes = values.map(\.length).sorted()
      return Entry(
        frequency: frequency, mean: mean,
        variance: values.reduce(0) { $0 + ($1 - mean).lengthSquared } / count,
        quantiles: [0, 0.25, 0.5, 0.75, 1].map { share in
          let place = share * Double(sizes.count - 1)
          let low = Int(place)
          let high = min(sizes.count - 1, low + 1)
          return sizes[low] + (place - Double(low)) * (sizes[high] - sizes[low])
        })
    }
  }
}
