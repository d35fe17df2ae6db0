import Ansatz
import Foundation
import Synchronization

/// A command that Ctrl-C stops at the next good point, see `Interruption.setUp`; all others it ends
/// at once.
protocol KeepingWhatIsDone {}

extension TrainCommand: KeepingWhatIsDone {}
extension CompareCommand: KeepingWhatIsDone {}
extension SpectrumCommand: KeepingWhatIsDone {}

/// Turns Ctrl-C into a request to stop and report what is done; a second one stops at once.
///
/// All that computes sees the request as `StopFlag`, so nothing has to be said before it is met.
enum Interruption {
  private static let received = Atomic<Int32>(0)

  /// Makes both signals end the process with its exit code, for work that keeps nothing.
  static func stopAtOnce() {
    unblock()
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        let answer: StaticString = "\ransatz: stopped\n"
        _ = write(STDERR_FILENO, answer.utf8Start, answer.utf8CodeUnitCount)
        _exit(128 + number)
      }
    }
  }

  /// Some parents start their children with these signals blocked.
  private static func unblock() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  static func setUp() {
    // A global is made at its first use, which must not be inside the handler.
    _ = received.load(ordering: .relaxed)
    StopFlag.lower()
    unblock()
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        if Interruption.received.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
        StopFlag.raise()
      }
    }
  }

  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// Lets what must be computed for the result run, whether there was a request or not.
  static func lowerStopFlag() { StopFlag.lower() }

  /// What the shell expects of a process that a signal ended: 130 for Ctrl-C.
  static var exitCode: Int32 { 128 + max(SIGINT, received.load(ordering: .relaxed)) }
}
