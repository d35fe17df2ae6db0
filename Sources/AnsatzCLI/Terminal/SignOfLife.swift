import Ansatz
import Foundation

/// Says that a command is still at work where nothing else has been said for a while, so that no
/// wait is without a word.
enum SignOfLife {
  private static let silence = Duration.seconds(8)

  /// Starts to watch, until the process ends.
  ///
  /// - Parameter command: The command's name.
  static func start(for command: String) {
    let start = ContinuousClock.now
    let thread = Thread {
      while true {
        Thread.sleep(forTimeInterval: 1)
        // What follows an interrupt is its result.
        if Interruption.isRequested { return }
        StandardStreams.pulse(after: silence) {
          let time = briefDuration((ContinuousClock.now - start) / .seconds(1))
          return "\(command): at work for \(time)"
        }
      }
    }
    thread.start()
  }
}
