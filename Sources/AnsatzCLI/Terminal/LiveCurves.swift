import Ansatz

/// Training curves in the terminal, on standard error as all progress is: redrawn in place after
/// each epoch, and anywhere else drawn once at the end.
///
/// While it is drawn, the cursor stands below the curves on a line that says how far training is.
struct LiveCurves {
  private let isLive: Bool
  private var shownEpochs = 0
  /// Lines above the cursor that are the curves'.
  private var height = 0
  private var lastDraw: ContinuousClock.Instant?

  /// Redrawing more often only flickers.
  private static let pause = Duration.milliseconds(100)

  init(isLive: Bool = StandardStreams.errorIsTerminal) { self.isLive = isLive }

  /// Draws the epochs that are new.
  ///
  /// - Parameter line: The progress line, which is moved below.
  mutating func show(_ history: [EpochRecord], above line: ProgressLine) {
    // After Ctrl-C the cursor stands elsewhere, below the answer to it.
    guard isLive, history.count > shownEpochs, !Interruption.isRequested else { return }
    let now = ContinuousClock.now
    guard lastDraw.map({ now - $0 >= Self.pause }) ?? true else { return }
    lastDraw = now
    shownEpochs = history.count
    line.clear()
    redraw(loss(history, width: StandardStreams.columns, rows: Self.rows))
  }

  /// Draws the curves of loss and accuracy a last time; they stay.
  mutating func finish(_ history: [EpochRecord]) {
    guard !history.isEmpty, !Interruption.isRequested else { return }
    let width = StandardStreams.columns
    let accuracy = EpochCharts.accuracy(history).text(width: width - 1, rows: Self.rows)
    redraw(loss(history, width: width, rows: Self.rows) + "\n" + accuracy)
    height = 0
  }

  private func loss(_ history: [EpochRecord], width: Int, rows: Int) -> String {
    EpochCharts.loss(history).text(width: width - 1, rows: rows)
  }

  /// As high as leaves room on a small terminal for title, axis, legend and progress.
  private static var rows: Int { min(12, max(3, (StandardStreams.errorRows ?? 24) - 8)) }

  private mutating func redraw(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard isLive else { return StandardStreams.note(text + "\n") }
    // To the first line of the last drawing, then over it line by line.
    let start = height > 0 ? "\r\u{1B}[\(height)A" : "\r"
    StandardStreams.note(start + lines.map { "\($0)\u{1B}[K\n" }.joined() + "\u{1B}[J")
    height = lines.count
  }
}
