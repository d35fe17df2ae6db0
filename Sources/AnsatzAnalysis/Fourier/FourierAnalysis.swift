import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Numerics

/// A circuit's expectation value as a Fourier series of its inputs, from samples on a grid.
///
/// With a grid of at least 2K + 1 places in an input whose largest frequency is the K-th multiple of
/// the smallest, the series is the function itself, to rounding. A coarser grid mixes frequencies up:
/// `aliases` tells which.
///
/// Frequencies without a common measure, such as those of trained scales, repeat after no period. They
/// are found all the same: each input becomes a point on a torus, with a circle for each measure.
///
/// - Source: Schuld, Sweke and Meyer, arXiv:2008.08605.
public struct FourierAnalysis: Sendable {
  /// A frequency that the grid cannot tell from one of fewer turns.
  public struct Alias: Equatable, Sendable {
    /// The frequency that the grid is too coarse for.
    public let frequency: [Double]
    /// Where its coefficient is found instead, added to what belongs there.
    public let seenAs: [Double]
  }

  /// The frequencies that the encoding allows.
  public let accessible: EncodingFrequencies
  /// The length after which the function repeats in each input; infinite if it does not.
  public let periods: [Double]
  /// The places in each input; in each circle of the torus if an input has no period.
  public let grid: [Int]
  /// The coefficients of the accessible frequencies, in their order. Aliased ones are 0.
  public let series: FourierSeries
  /// Frequencies that the grid takes for others; empty if it is fine enough.
  public let aliases: [Alias]
  /// The largest coefficient that the transform finds at a frequency that the generators exclude:
  /// rounding, if the grid is fine enough.
  public let largestExcluded: Double

  private let sampler: Sampler

  private static let largestGrid = 1 << 22

  /// - Parameters:
  ///   - observable: What is measured.
  ///   - varying: Positions of the inputs that vary; all of them if nil.
  ///   - inputs: The row in which they vary; their own values in it do not matter. All 0 if empty.
  ///   - grid: The places in each input that varies; as few as tell all frequencies apart if nil.
  /// - Throws: `AnsatzError` as `EncodingFrequencies` does, for a grid for an input without a period,
  ///   and for more than 2²² samples; `CircuitError` for an observable beyond the qubits.
  public init(
    of observable: any Observable, in circuit: Circuit, varying: [Int]? = nil,
    inputs: [Double] = [], weights: [Double] = [], grid: [Int]? = nil,
    pool: ThreadPool = .shared
  ) throws {
    let row =
      inputs.isEmpty ? [Double](repeating: 0, count: circuit.inputCount) : inputs
    let accessible = try EncodingFrequencies(
      circuit, varying: varying, inputs: row, weights: weights)
    let sampler = try Sampler(
      circuit, observable, varying: accessible.inputs, row: row, weights: weights, pool: pool)
    let measures = FrequencyLattice.measures(accessible)
    let base = measures.compactMap { $0 }
    guard base.count == measures.count else {
      guard grid == nil else {
        let names = zip(accessible.inputNames, measures).filter { $0.1 == nil }.map(\.0)
        throw AnsatzError(
          .usage,
          "the frequencies in \(names.joined(separator: ", ")) are not whole multiples of one, so there "
            + "is no period for a grid; leave the grid away")
      }
      let lift = try TorusLift(
        circuit, varying: accessible.inputs, inputs: row, weights: weights)
      let lifted = try FourierAnalysis(
        of: observable, in: lift.circuit, varying: lift.varying, inputs: lift.row,
        weights: weights, pool: pool)
      self.accessible = accessible
      self.sampler = sampler
      periods = measures.map { $0.map { 2 * .pi / $0 } ?? .infinity }
      self.grid = lifted.grid
      series = lift.series(lifted.series, at: accessible)
      aliases = []
      largestExcluded = lifted.largestExcluded
      return
    }
    let lattice = FrequencyLattice(accessible, base: base)
    let shape = grid ?? lattice.largest.map { 2 * $0 + 1 }
    guard shape.count == accessible.inputs.count, shape.allSatisfy({ $0 >= 1 }) else {
      throw AnsatzError(
        .usage,
        "a grid of \(shape) places for \(accessible.inputs.count) inputs that vary; give a number "
          + "above 0 for each")
    }
    var size = 1.0
    for extent in shape { size *= Double(extent) }
    guard size <= Double(Self.largestGrid) else {
      throw AnsatzError(
        .usage,
        "a grid of \(shape.map(String.init).joined(separator: " x ")) places has more than "
          + "\(Self.largestGrid) samples; let fewer inputs vary, or make what multiplies them whole"
      )
    }
    let periods = lattice.base.map { 2 * Double.pi / $0 }
    let samples = try sampler.values(
      (0..<Int(size)).map { place in
        var (rest, x) = (place, [Double]())
        for (extent, period) in zip(shape, periods).reversed() {
          x.insert(Double(rest % extent) * period / Double(extent), at: 0)
          rest /= extent
        }
        return x
      })
    let found = FourierSeries(samples: samples, shape: shape, periods: periods)
    let reading = lattice.read(found, shape: shape)
    self.accessible = accessible
    self.periods = periods
    self.grid = shape
    self.sampler = sampler
    series = FourierSeries(
      terms: zip(accessible.frequencies, reading.coefficients).map {
        FourierSeries.Term(frequency: $0.vector, coefficient: $1)
      })
    aliases = reading.aliases
    largestExcluded = reading.largestExcluded
  }

  /// The largest difference between the circuit and its series, at points by lot in one period; where there
  /// is none, in 0 … 20π.
  ///
  /// - Throws: `AnsatzError` for no point.
  public func reconstructionError(points: Int = 100, seed: UInt64 = 0) throws -> Double {
    guard points > 0 else { throw AnsatzError(.usage, "\(points) points; use 1 or more") }
    var random = RandomStream(seed: seed, stream: "reconstruction")
    let list = (0..<points).map { _ in
      periods.map { random.uniform(in: 0..<($0.isFinite ? $0 : 20 * .pi)) }
    }
    let truth = try sampler.values(list)
    return zip(list, truth).map { abs(series.value(at: $0) - $1) }.max() ?? 0
  }
}

/// Expectation values of one circuit at many values of some inputs.
struct Sampler: Sendable {
  private let program: Program
  private let observables: CompiledObservables
  private let varying: [Int]
  private let row: [Double]
  private let weights: [Double]
  private let pool: ThreadPool

  /// As many samples at once as fit easily.
  private static let batch = 1 << 12

  init(
    _ circuit: Circuit, _ observable: any Observable, varying: [Int], row: [Double],
    weights: [Double], pool: ThreadPool
  ) throws {
    program = Program(circuit)
    observables = try CompiledObservables([observable], qubitCount: circuit.qubitCount)
    self.varying = varying
    self.row = row
    self.weights = weights
    self.pool = pool
  }

  func values(_ list: [[Double]]) throws -> [Double] {
    var values: [Double] = []
    for first in stride(from: 0, to: list.count, by: Self.batch) {
      try StopFlag.check()
      let part = list[first..<min(list.count, first + Self.batch)]
      var elements: [Double] = []
      elements.reserveCapacity(part.count * row.count)
      for x in part {
        var moved = row
        for (place, value) in zip(varying, x) where place < moved.count { moved[place] = value }
        elements += moved
      }
      values += try program.forward(
        observables, inputs: Tensor(shape: [part.count, row.count], elements: elements),
        weights: weights, keepStates: false, pool: pool
      ).expectations.elements
    }
    return values
  }
}
