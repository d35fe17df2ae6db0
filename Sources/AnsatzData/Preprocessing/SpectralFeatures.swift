import AnsatzMath
import Numerics

/// Turns rows that are time series into the strengths of the waves in them, frame by frame.
///
/// The columns of a row are its values in time. Frames of N values begin every `hop` values; what
/// follows the last whole frame is left out. Of each frame, with the window w,
///
///     X_k = Σ_j w_j x_j exp(-2πi jk / N),  k = 0 … N/2,
///
/// and the feature is `m_k = 2 |X_k| / Σ_j w_j` (for k = 0, and for k = N/2 where N is even, half of
/// it): a wave of amplitude A that turns k times in a frame gives A. With the rectangular window
/// `Σ_j x_j² / N = m_0² + ½ Σ m_k² + m_{N/2}²` (Parseval). The Hann window spreads a wave over its
/// neighbours, ½ A each, but lets waves between two k leak hardly further.
///
/// The columns of numbers make the series; texts and encoded categories follow the waves as they are.
/// A column is named for its frame and k: `frame2 wave5`, or `wave5` if there is but one frame.
public struct SpectralFeatures: PreprocessingStep {
  public static let name = "spectral"
  public static let summary = "the strengths of the waves in rows that are time series"
  public static let usage =
    "spectral, spectral:FRAME or spectral:FRAME/HOP, with +rectangular and +log, as in "
    + "spectral:64/32+log"

  /// What the values of a frame are multiplied by.
  public enum Window: String, Codable, CaseIterable, Sendable {
    /// `w_j = sin²(πj / N)`, periodic.
    case hann
    /// `w_j = 1`
    case rectangular

    /// The N values of the window.
    public func values(_ count: Int) -> [Double] {
      (0..<count).map { j in
        switch self {
        case .rectangular: return 1
        case .hann:
          let sine = Double.sin(.pi * Double(j) / Double(count))
          return sine * sine
        }
      }
    }
  }

  /// The values of a frame; all of a row if nil.
  public let frame: Int?
  /// The values from the beginning of one frame to that of the next; half a frame if nil.
  public let hop: Int?
  /// What the values of a frame are multiplied by.
  public let window: Window
  /// Whether features are `log(1 + m)`.
  public let isLogarithmic: Bool
  /// The columns it was fitted to.
  public private(set) var width: Int?
  /// The positions of the columns that are no part of the series, after `fit`; nil is none.
  public private(set) var kept: [Int]?

  /// - Throws: `AnsatzError` for a frame of fewer than 2 values, and a hop of none.
  public init(
    frame: Int? = nil, hop: Int? = nil, window: Window = .hann, isLogarithmic: Bool = false
  ) throws {
    guard frame ?? 2 >= 2, hop ?? 1 >= 1 else {
      throw AnsatzError(
        .usage,
        "'\(Self.name)' needs frames of 2 values or more and a hop of 1 or more, not "
          + "\(frame.map(String.init) ?? "all")/\(hop ?? 1)")
    }
    self.frame = frame
    self.hop = hop
    self.window = window
    self.isLogarithmic = isLogarithmic
  }

  public init(argument: String?) throws {
    var (frame, hop): (Int?, Int?)
    var (window, isLogarithmic) = (Window.hann, false)
    let parts = (argument ?? "").split(separator: "+", omittingEmptySubsequences: false)
    for (place, part) in parts.enumerated() {
      let sizes = part.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      if let named = Window(rawValue: String(part)) {
        window = named
      } else if part == "log" {
        isLogarithmic = true
      } else if place == 0, (1...2).contains(sizes.count), !sizes.contains(nil) {
        (frame, hop) = (sizes[0], sizes.count > 1 ? sizes[1] : nil)
      } else if argument != nil {
        throw Self.refuse(argument: argument ?? "")
      }
    }
    try self.init(frame: frame, hop: hop, window: window, isLogarithmic: isLogarithmic)
  }

  public mutating func fit(_ table: Table) throws {
    let kept = table.columns.indices.filter { !table.columns[$0].isMeasured }
    let width = table.columns.count - kept.count
    _ = try series(of: table, without: kept).matrix()
    guard width >= frame ?? 2 else {
      throw AnsatzError(
        .badData,
        "\(table.source): '\(Self.name)' takes frames of \(frame ?? 2) values, but the rows have "
          + "\(width)")
    }
    (self.width, self.kept) = (table.columns.count, kept)
  }

  private func series(of table: Table, without kept: [Int]) -> Table {
    let kept = Set(kept)
    return table.selecting(table.columns.indices.filter { !kept.contains($0) })
  }

  public func transform(_ table: Table) throws -> Table {
    try requireFit(width, to: table)
    // A saved step may have been made by anybody.
    guard let width, (2...max(2, width)).contains(frame ?? width), hop ?? 1 >= 1 else {
      throw AnsatzError(
        .badData, "the saved step '\(Self.name)' does not fit rows of \(width ?? 0) values")
    }
    let kept = (kept ?? []).filter(table.columns.indices.contains)
    let matrix = try series(of: table, without: kept).matrix()
    guard matrix.rowSize >= frame ?? 2 else {
      throw AnsatzError(.software, "preprocessing step '\(Self.name)' is not fitted yet")
    }
    let (frame, starts) = frames(of: matrix.rowSize)
    let plan = try RealFourierPlan(length: frame)
    let weights = window.values(frame)
    let total = weights.reduce(0, +)
    var elements: [Double] = []
    elements.reserveCapacity(matrix.rowCount * starts.count * plan.outputCount)
    for r in 0..<matrix.rowCount {
      let row = matrix.row(r)
      for start in starts {
        let first = row.startIndex + start
        let waves = plan.transform(zip(weights, row[first..<first + frame]).map { $0 * $1 })
        for (k, wave) in waves.enumerated() {
          let hasTwin = k > 0 && 2 * k < frame
          let strength = (hasTwin ? 2 : 1) * wave.length / total
          elements.append(isLogarithmic ? .log(onePlus: strength) : strength)
        }
      }
    }
    let names = starts.indices.flatMap { place in
      (0..<plan.outputCount).map {
        (starts.count > 1 ? "frame\(place + 1) " : "") + "wave\($0)"
      }
    }
    return try table.replacingColumns(by: elements, names: names, step: Self.name)
      .followed(by: table.selecting(kept))
  }

  /// The values of a frame, and where the frames of a row begin.
  private func frames(of width: Int) -> (frame: Int, starts: [Int]) {
    let frame = frame ?? width
    let hop = hop ?? max(1, frame / 2)
    return (frame, Array(stride(from: 0, through: width - frame, by: hop)))
  }
}
