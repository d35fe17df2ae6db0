import Foundation
import Synchronization

/// Turns Ctrl-C into a request to stop at the next good point; a second one stops at once.
enum Interruption {
  private static let received = Atomic<Int32>(0)

  static func setUp() {
    // A global is made at its first use, which must not be inside the handler.
    _ = received.load(ordering: .relaxed)
    // Some parents start their children with these signals blocked.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        if Interruption.received.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
      }
    }
  }

  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// What the shell expects of a process that a signal ended: 130 for Ctrl-C.
  static var exitCode: Int32 { 128 + max(SIGINT, received.load(ordering: .relaxed)) }
}
