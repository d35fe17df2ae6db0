import Ansatz
import Foundation

/// What `ansatz spectrum` says of one output of a circuit.
struct SpectrumResult: Encodable {
  struct Coefficient: Encodable {
    let frequency: [Double]
    let degeneracy: Double
    /// Of one point, or the mean over random weights.
    let real: Double
    let imaginary: Double
    /// Over random weights: E|c|² - |E c|².
    let variance: Double?
    /// Over random weights, of |c|: smallest, quartiles, largest.
    let quantiles: [Double]?

    /// |c|, or its median.
    var size: Double { quantiles?[2] ?? (real * real + imaginary * imaginary).squareRoot() }
    /// The size for a picture, in which rounding alone is nothing.
    var drawnSize: Double { size < 1e-12 ? 0 : size }
  }

  struct Alias: Encodable {
    let frequency: [Double]
    let seenAs: [Double]
  }

  let name: String
  let observable: String
  let inputs: [String]
  let periods: [Double]?
  let grid: [Int]?
  let accessibleFrequencies: Int
  /// Of ω and -ω one.
  let coefficients: [Coefficient]
  let aliases: [Alias]
  let largestExcluded: Double?
  let reconstructionError: Double?
  let draws: Int?

  init(
    _ analysis: FourierAnalysis, name: String, observable: PauliSum, seed: UInt64
  ) throws {
    self.name = name
    self.observable = observable.description
    inputs = analysis.accessible.inputNames
    periods = analysis.periods
    grid = analysis.grid
    accessibleFrequencies = analysis.accessible.frequencies.count
    coefficients = zip(analysis.accessible.frequencies, analysis.series.terms)
      .filter { Self.isListed($0.0.vector) }
      .map { frequency, term in
        Coefficient(
          frequency: frequency.vector, degeneracy: frequency.degeneracy,
          real: term.coefficient.real, imaginary: term.coefficient.imaginary, variance: nil,
          quantiles: nil)
      }
    aliases = analysis.aliases.filter { Self.isListed($0.frequency) }
      .map { Alias(frequency: $0.frequency, seenAs: $0.seenAs) }
    largestExcluded = analysis.largestExcluded
    reconstructionError = try analysis.reconstructionError(seed: seed)
    draws = nil
  }

  init(
    _ distribution: CoefficientDistribution, name: String, observable: PauliSum, inputs: [String]
  ) {
    self.name = name
    self.observable = observable.description
    self.inputs = inputs
    periods = nil
    grid = nil
    accessibleFrequencies = distribution.entries.count
    coefficients = distribution.entries.filter { Self.isListed($0.frequency.vector) }.map {
      Coefficient(
        frequency: $0.frequency.vector, degeneracy: $0.frequency.degeneracy, real: $0.mean.real,
        imaginary: $0.mean.imaginary, variance: $0.variance, quantiles: $0.quantiles)
    }
    aliases = []
    largestExcluded = nil
    reconstructionError = nil
    draws = distribution.draws
  }

  /// Whether it is the one of ω and -ω that is listed.
  private static func isListed(_ frequency: [Double]) -> Bool {
    (frequency.first { $0 != 0 } ?? 0) >= 0
  }

  /// The coefficients over one frequency, or over two; nil for other numbers of inputs.
  var chart: (any Drawable)? {
    let title = "|c| of \(name): <\(observable)>"
    switch inputs.count {
    case 1 where draws != nil:
      return BarChart(
        title, valueLabel: "|c|, median and quartiles",
        bars: coefficients.map {
          BarChart.Bar(
            Self.text($0.frequency), value: $0.drawnSize,
            interval: $0.quantiles.map { $0[1]...max($0[1], $0[3]) })
        })
    case 1:
      return SpectrumChart(
        title, xLabel: "frequency in \(inputs[0])",
        stems: coefficients.map { (frequency: $0.frequency[0], size: $0.drawnSize) })
    case 2: return heatMap(title)
    default: return nil
    }
  }

  /// - Returns: Nil if the frequencies of the two inputs make too fine a map.
  private func heatMap(_ title: String) -> HeatMap? {
    // Both of ω and -ω, whose coefficients have one size.
    let all = coefficients.flatMap { entry in
      [
        (entry.frequency, entry.drawnSize), (entry.frequency.map { 0 - $0 }, entry.drawnSize),
      ]
    }
    let columns = Set(all.map { $0.0[0] }).sorted()
    let rows = Set(all.map { $0.0[1] }).sorted(by: >)
    guard columns.count * rows.count <= 200 * 200 else { return nil }
    var values = [[Double]](
      repeating: [Double](repeating: 0, count: columns.count), count: rows.count)
    for (frequency, size) in all {
      if let row = rows.firstIndex(of: frequency[1]),
        let column = columns.firstIndex(of: frequency[0])
      {
        values[row][column] = size
      }
    }
    return HeatMap(
      title, xLabel: "frequency in \(inputs[0])", yLabel: "frequency in \(inputs[1])",
      rows: rows.count, columns: columns.count, values: values.flatMap { $0 },
      rowNames: rows.map { Self.number($0) }, columnNames: columns.map { Self.number($0) })
  }

  func text(top: Int, width: Int) -> String {
    var lines = ["\(name): <\(observable)> in \(inputs.joined(separator: ", "))"]
    lines.append(
      "\(counted(accessibleFrequencies, "accessible frequency", plural: "accessible frequencies")), "
        + "the largest "
        + inputs.indices.map { place in
          Self.number(coefficients.map { abs($0.frequency[place]) }.max() ?? 0)
        }.joined(separator: ", "))
    if let grid, let periods {
      let places = grid.map(String.init).joined(separator: " × ")
      lines.append(
        periods.allSatisfy(\.isFinite)
          ? "a grid of \(places) over a period of "
            + periods.map { decimal($0, 4) }.joined(separator: " × ")
          : "no period, so a grid of \(places) over a torus")
    }
    if let draws { lines.append("over \(draws) draws of the weights") }
    for alias in aliases.prefix(3) {
      lines.append(
        "ALIASED: the grid sees frequency \(Self.text(alias.frequency)) as "
          + "\(Self.text(alias.seenAs))")
    }
    if !aliases.isEmpty {
      lines.append(
        "\(counted(aliases.count, "frequency is", plural: "frequencies are")) aliased; leave --grid "
          + "away for as fine a grid as the circuit needs")
    }
    if let reconstructionError, let largestExcluded {
      lines.append(
        String(
          format: "the series misses the circuit by %.1e at most, at 100 points by lot",
          reconstructionError)
          + (largestExcluded > 0
            ? String(format: "; excluded frequencies reach %.1e", largestExcluded) : ""))
    }
    lines += ["", table(top)]
    if let chart, coefficients.count > 1, coefficients.count <= 200 {
      lines += ["", chart.text(width: width)]
    }
    return lines.joined(separator: "\n")
  }

  private func table(_ top: Int) -> String {
    let isSpread = draws != nil
    var table = TextTable(
      [("frequency", .right), ("degeneracy", .right)]
        + (isSpread
          ? [
            ("variance", .right), ("least |c|", .right), ("quartile", .right), ("median", .right),
            ("quartile", .right), ("largest", .right),
          ] : [("|c|", .right), ("real", .right), ("imaginary", .right)]))
    let chosen = coefficients.enumerated()
      .sorted { ($1.element.size, $0.offset) < ($0.element.size, $1.offset) }
      .prefix(top).map(\.offset).sorted()
    for entry in chosen.map({ coefficients[$0] }) {
      let numbers =
        if let variance = entry.variance, let quantiles = entry.quantiles {
          [variance] + quantiles
        } else {
          [entry.size, entry.real, entry.imaginary]
        }
      table.append(
        [Self.text(entry.frequency), Self.number(entry.degeneracy)]
          // Rounding leaves a sign that says nothing.
          + numbers.map { decimal(abs($0) < 5e-10 ? 0 : $0, 9) })
    }
    let rest = coefficients.count - chosen.count
    return table.text
      + (rest > 0 ? "\n… and \(rest) smaller ones (--top \(coefficients.count))" : "")
  }

  private static func text(_ frequency: [Double]) -> String {
    frequency.count == 1
      ? number(frequency[0]) : "(\(frequency.map(number).joined(separator: ", ")))"
  }

  private static func number(_ value: Double) -> String {
    value == 0 ? "0" : String(format: "%.6g", value)
  }
}
