import Ansatz
import Foundation
import Synchronization

/// Writes to standard output and standard error.
///
/// A reader that goes away (`ansatz … | head`) ends the output, not the work.
enum StandardStreams {
  private static let isClosed = Mutex(false)

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
  static func note(_ text: String) { _ = write(text, to: STDERR_FILENO) }

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

  /// - Returns: Zero, or the error number of the write that failed.
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    writeAll(Array(text.utf8), to: descriptor)
  }
}
