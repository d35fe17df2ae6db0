import Foundation
import Synchronization

/// A pool of worker threads that run the numbered chunks of one job.
///
/// Chunks are claimed one by one, and the caller takes part: it finishes whatever no worker has
/// claimed, so a worker that the system has put to sleep delays nothing. Which thread runs a chunk
/// is not defined; a caller that wants results independent of the thread count reduces them per
/// chunk, in chunk order.
public final class ThreadPool: @unchecked Sendable {
  /// The pool the library uses when none is named: one thread for each processor available.
  public static let shared = ThreadPool(
    threads: ProcessInfo.processInfo.activeProcessorCount)

  public let threadCount: Int

  // generation << 32 | next unclaimed chunk. A claim succeeds only for the generation it read, and
  // the caller cannot start the next generation before every claimed chunk is done; so after a
  // claim the job's fields are those of that generation.
  private let ticket = Atomic<UInt64>(0)
  private let chunkCount = Atomic<Int>(0)
  private let unfinished = Atomic<Int>(0)
  private let participants = Atomic<Int>(0)
  private let busy = Atomic<Bool>(false)
  private let stopping = Atomic<Bool>(false)
  private nonisolated(unsafe) var body: ((_ chunk: Int, _ worker: Int) -> Void)?
  /// How often a worker looks for a new job before it sleeps: some ten microseconds, since waking
  /// costs as much.
  private static let spinCount = 20_000
  private let wake = NSCondition()
  private let sleepers = Atomic<Int>(0)

  public init(threads: Int) {
    threadCount = max(1, threads)
    participants.store(threadCount, ordering: .relaxed)
    for index in 1..<max(2, threadCount) where threadCount > 1 {
      let worker = Thread { [weak self] in ThreadPool.work(index: index, for: { self }) }
      worker.name = "ansatz worker \(index)"
      worker.stackSize = 4 << 20
      worker.start()
    }
  }

  deinit { stopping.store(true, ordering: .releasing) }

  /// How many threads, the caller's included, take part in jobs: `threadCount` unless lowered.
  public var activeThreadCount: Int {
    get { participants.load(ordering: .relaxed) }
    set { participants.store(min(max(1, newValue), threadCount), ordering: .relaxed) }
  }

  /// Runs `body(0)`, …, `body(chunks - 1)`, each once, and returns when all are done.
  ///
  /// A call made from inside a job, or while another thread's job runs, does its chunks itself.
  public func run(chunks: Int, _ body: (Int) -> Void) {
    runByWorker(chunks: chunks) { chunk, _ in body(chunk) }
  }

  /// The same, telling each chunk which worker runs it: a number below `threadCount` that no two
  /// chunks of this call have at the same time, so that each worker can have memory of its own.
  public func runByWorker(chunks: Int, _ body: (_ chunk: Int, _ worker: Int) -> Void) {
    guard chunks > 1, activeThreadCount > 1,
      !busy.exchange(true, ordering: .acquiring)
    else {
      for chunk in 0..<max(0, chunks) { body(chunk, 0) }
      return
    }
    withoutActuallyEscaping(body) { escapable in
      // A generation with nothing to claim comes first: a worker late from the last job must not
      // match its old ticket with the new chunk count.
      let closed = ((ticket.load(ordering: .relaxed) >> 32) &+ 1) & 0xffff_ffff
      ticket.store(closed << 32 | 0xffff_ffff, ordering: .sequentiallyConsistent)
      self.body = escapable
      chunkCount.store(chunks, ordering: .relaxed)
      unfinished.store(chunks, ordering: .relaxed)
      let generation = (closed &+ 1) & 0xffff_ffff
      ticket.store(generation << 32, ordering: .sequentiallyConsistent)
      if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
        wake.lock()
        wake.broadcast()
        wake.unlock()
      }
      while let chunk = claim(generation: generation) {
        escapable(chunk, 0)
        unfinished.subtract(1, ordering: .acquiringAndReleasing)
      }
      var spins = 0
      while unfinished.load(ordering: .acquiring) > 0 {
        spins += 1
        if spins > 2_000 { sched_yield() }
      }
      self.body = nil
    }
    busy.store(false, ordering: .releasing)
  }

  private func claim(generation: UInt64) -> Int? {
    var current = ticket.load(ordering: .acquiring)
    while current >> 32 == generation {
      let chunk = Int(current & 0xffff_ffff)
      if chunk >= chunkCount.load(ordering: .acquiring) { return nil }
      let (exchanged, original) = ticket.weakCompareExchange(
        expected: current, desired: current + 1, ordering: .acquiringAndReleasing)
      if exchanged { return chunk }
      current = original
    }
    return nil
  }

  /// A worker holds the pool only while it works or waits a short time, so a pool can be freed.
  private static func work(index: Int, for pool: @escaping () -> ThreadPool?) {
    var seen: UInt64 = 0
    while true {
      guard let self = pool(), !self.stopping.load(ordering: .acquiring) else { return }
      seen = self.workOnce(index: index, after: seen)
    }
  }

  private func workOnce(index: Int, after seen: UInt64) -> UInt64 {
    var spins = 0
    while ticket.load(ordering: .acquiring) >> 32 == seen {
      spins += 1
      if spins < Self.spinCount { continue }
      wake.lock()
      sleepers.add(1, ordering: .sequentiallyConsistent)
      if ticket.load(ordering: .sequentiallyConsistent) >> 32 == seen {
        _ = wake.wait(until: Date(timeIntervalSinceNow: 1))
      }
      sleepers.subtract(1, ordering: .sequentiallyConsistent)
      wake.unlock()
      if ticket.load(ordering: .acquiring) >> 32 == seen { return seen }
    }
    let generation = ticket.load(ordering: .acquiring) >> 32
    if index < activeThreadCount {
      while let chunk = claim(generation: generation) {
        // Set before the ticket was published, and not replaced before this chunk is finished.
        body?(chunk, index)
        unfinished.subtract(1, ordering: .acquiringAndReleasing)
      }
    }
    return generation
  }
}
