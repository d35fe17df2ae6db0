import Ansatz
import Foundation
import Synchronization

/// Writes to standard output and standard error.
///
/// A reader that goes away (`ansatz … | head`) ends the output, not the work.
enum StandardStreams {
  private static let isClosed = Mutex(false)
  private static let notices = Mutex<[String]>([])
  private static let pulse = Mutex(Pulse())

  /// When something was written last, and whether the terminal's line is a sign of life.
  private struct Pulse {
    var lastWrite = ContinuousClock.now
    var isShown = false
  }

  /// Makes a write to a closed pipe, or beyond a limit on file sizes, an error instead of a fatal
  /// signal.
  static func setUp() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Writes a line, or several, of a report.
  ///
  /// - Throws: If standard output cannot take it, as when the disk is full.
  static func report(_ text: String) throws {
    giveNotices()
    if isClosed.withLock({ $0 }) { return }
    switch write(text + "\n", to: STDOUT_FILENO) {
    case 0: return
    case EPIPE: isClosed.withLock { $0 = true }
    case let code:
      throw AnsatzError(
        .inputOutput, "cannot write to standard output: \(String(cString: strerror(code)))")
    }
  }

  /// Writes to standard error, where nobody can be told that it failed.
  static func note(_ text: String) {
    giveNotices()
    _ = write(text, to: STDERR_FILENO)
  }

  /// Something to know beside a result, as one line on standard error: it comes before the result and
  /// before any progress. If the command fails first, the error is all that is said.
  static func notice(_ text: String) {
    let line = AnsatzError(.usage, text).message
    notices.withLock { $0.append(line) }
  }

  /// Writes the notices that are waiting.
  static func giveNotices() {
    for line in notices.withLock({ (list) in
      defer { list = [] }; return list
    }) {
      _ = write("ansatz: \(line)\n", to: STDERR_FILENO)
    }
  }

  /// Forgets the notices that are waiting.
  static func dropNotices() { notices.withLock { $0 = [] } }

  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// How wide a line on standard error may be: as the environment says in COLUMNS, as the terminal
  /// is, or 80.
  static var columns: Int {
    let wish = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 0
    return wish > 0 ? min(wish, 10_000) : terminalSize(STDERR_FILENO)?.columns ?? 80
  }

  /// The height of the terminal on standard error, nil if that is not known.
  static var errorRows: Int? {
    terminalSize(STDERR_FILENO).flatMap { $0.rows > 0 ? $0.rows : nil }
  }

  /// The width of the terminal on standard output, nil if that is not a terminal.
  static var outputColumns: Int? { terminalSize(STDOUT_FILENO)?.columns }

  private static func terminalSize(_ descriptor: Int32) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Writes a sign of life if nothing has been written for a while.
  ///
  /// - Parameter text: What to say after this silence.
  static func pulse(after silence: Duration, _ text: () -> String) {
    let isDue = pulse.withLock { pulse in
      let isDue = ContinuousClock.now - pulse.lastWrite >= silence || pulse.isShown
      if isDue, errorIsTerminal { pulse.isShown = true } else if isDue { pulse.lastWrite = .now }
      return isDue
    }
    guard isDue else { return }
    let line = errorIsTerminal ? "\r\(text().prefix(columns - 1))\u{1B}[K" : text() + "\n"
    _ = writeAll(Array(line.utf8), to: STDERR_FILENO)
  }

  /// - Returns: Zero, or the error number of the write that failed.
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    let covers = pulse.withLock { pulse in
      defer { pulse = Pulse() }
      return pulse.isShown
    }
    if covers { _ = writeAll(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
    return writeAll(Array(text.utf8), to: descriptor)
  }
}
