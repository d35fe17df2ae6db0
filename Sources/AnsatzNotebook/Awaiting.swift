import AnsatzMath
import Dispatch
import Synchronization

/// Runs asynchronous work from a cell and waits for its result.
///
/// The top level of a cell is an ordinary function, which cannot say `await`:
///
/// ```swift
/// let answer = try awaiting { try await service.answer() }
/// ```
///
/// - Throws: What the work throws; `CancellationError` when the cell is interrupted, which also
///   cancels the work.
public func awaiting<T: Sendable>(
  _ work: @escaping @Sendable () async throws -> T
) throws -> T {
  let outcome = Outcome<T>()
  let task = Task {
    do { outcome.set(.success(try await work())) } catch { outcome.set(.failure(error)) }
  }
  while outcome.arrived.wait(timeout: .now() + .milliseconds(50)) == .timedOut {
    if StopFlag.isRaised {
      task.cancel()
      throw CancellationError()
    }
  }
  guard let result = outcome.get() else { throw CancellationError() }
  return try result.get()
}

private final class Outcome<T: Sendable>: Sendable {
  let arrived = DispatchSemaphore(value: 0)
  private let value = Mutex<Result<T, any Error>?>(nil)

  func set(_ result: Result<T, any Error>) {
    value.withLock { $0 = result }
    arrived.signal()
  }

  func get() -> Result<T, any Error>? { value.withLock { $0 } }
}
