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

  /// How many threads work, the caller's among them.
  public let threadCount: Int

  private let jobs: Jobs

  /// A pool of that many threads, the caller's among them.
  public init(threads: Int) {
    threadCount = max(1, threads)
    let jobs = Jobs(participants: threadCount)
    self.jobs = jobs
    for index in 1..<max(2, threadCount) where threadCount > 1 {
      let worker = Thread { jobs.work(index: index) }
      worker.name = "ansatz worker \(index)"
      worker.stackSize = 4 << 20
      worker.start()
    }
  }

  deinit { jobs.stop() }

  /// How many threads, the caller's included, take part in jobs: `threadCount` unless lowered.
  public var activeThreadCount: Int {
    get { jobs.participants.load(ordering: .relaxed) }
    set { jobs.participants.store(min(max(1, newValue), threadCount), ordering: .relaxed) }
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
    jobs.runByWorker(chunks: chunks, body)
  }
}

/// What a pool and its workers share. The workers hold this and not the pool, so that a pool no
/// longer used is freed and ends them.
private final class Jobs: @unchecked Sendable {
  // generation << 32 | next unclaimed chunk. A claim succeeds only for the generation it read, and
  // the caller cannot start the next generation before every claimed chunk is done; so after a
  // claim the job's fields are those of that generation.
  private let ticket = Atomic<UInt64>(0)
  private let chunkCount = Atomic<Int>(0)
  private let unfinished = Atomic<Int>(0)
  let participants = Atomic<Int>(0)
  private let busy = Atomic<Bool>(false)
  private let stopping = Atomic<Bool>(false)
  private nonisolated(unsafe) var body: ((_ chunk: Int, _ worker: Int) -> Void)?
  /// How often a worker looks for a new job before it sleeps: some ten microseconds, since waking
  /// costs as much.
  private static let spinCount = 20_000
  private let wake = NSCondition()
  private let sleepers = Atomic<Int>(0)

  init(participants count: Int) { participants.store(count, ordering: .relaxed) }

  func stop() {
    stopping.store(true, ordering: .sequentiallyConsistent)
    wake.lock()
    wake.broadcast()
    wake.unlock()
  }

  func runByWorker(chunks: Int, _ body: (_ chunk: Int, _ worker: Int) -> Void) {
    guard chunks > 1, participants.load(ordering: .relaxed) > 1,
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

  func work(index: Int) {
    var seen: UInt64 = 0
    while !stopping.load(ordering: .acquiring) { seen = workOnce(index: index, after: seen) }
  }

  private func workOnce(index: Int, after seen: UInt64) -> UInt64 {
    var spins = 0
    while ticket.load(ordering: .acquiring) >> 32 == seen {
      spins += 1
      if spins < Self.spinCount { continue }
      wake.lock()
      sleepers.add(1, ordering: .sequentiallyConsistent)
      if ticket.load(ordering: .sequentiallyConsistent) >> 32 == seen,
        !stopping.load(ordering: .sequentiallyConsistent)
      {
        _ = wake.wait(until: Date(timeIntervalSinceNow: 1))
      }
      sleepers.subtract(1, ordering: .sequentiallyConsistent)
      wake.unlock()
      if ticket.load(ordering: .acquiring) >> 32 == seen { return seen }
    }
    let generation = ticket.load(ordering: .acquiring) >> 32
    if index < participants.load(ordering: .relaxed) {
      while let chunk = claim(generation: generation) {
        // Set before the ticket was published, and not replaced before this chunk is finished.
        body?(chunk, index)
        unfinished.subtract(1, ordering: .acquiringAndReleasing)
      }
    }
    return generation
  }
}
