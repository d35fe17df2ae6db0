import AnsatzData
import Foundation
import Synchronization

/// Runs work that cannot be asked to stop, such as a C library's, and stops waiting for it when the
/// observer is cancelled. The work then goes on to its end on a thread of its own, and its result is
/// dropped.
///
/// - Throws: What the work throws; `CancellationError` if the observer was cancelled first.
func abandonable<T: Sendable>(
  _ observer: any FitObserver, _ work: @escaping @Sendable () throws -> T
) throws -> T {
  let outcome = Outcome<T>()
  let thread = Thread { outcome.set(Result { try work() }) }
  thread.stackSize = 4 << 20
  thread.start()
  while outcome.arrived.wait(timeout: .now() + .milliseconds(50)) == .timedOut {
    if observer.isCancelled { throw CancellationError() }
  }
  guard let result = outcome.value.withLock({ $0 }) else { throw CancellationError() }
  return try result.get()
}

private final class Outcome<T: Sendable>: Sendable {
  let arrived = DispatchSemaphore(value: 0)
  let value = Mutex<Result<T, any Error>?>(nil)

  func set(_ result: Result<T, any Error>) {
    value.withLock { $0 = result }
    arrived.signal()
  }
}
