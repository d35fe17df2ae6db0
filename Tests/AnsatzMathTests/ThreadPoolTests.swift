import AnsatzMath
import Synchronization
import Testing

@Suite("The thread pool")
struct ThreadPoolTests {
  @Test("Every chunk runs exactly once, job after job", arguments: [1, 2, 3, 8])
  func everyChunkOnce(threads: Int) {
    let pool = ThreadPool(threads: threads)
    for job in 0..<2_000 {
      let chunks = job % 23
      let counts = (0..<max(1, chunks)).map { _ in Counter() }
      pool.run(chunks: chunks) { counts[$0].add() }
      #expect(counts.prefix(chunks).allSatisfy { $0.value == 1 })
    }
  }

  @Test("A job inside a job runs its chunks too")
  func nested() {
    let pool = ThreadPool(threads: 3)
    let counter = Counter()
    pool.run(chunks: 10) { _ in pool.run(chunks: 7) { _ in counter.add() } }
    #expect(counter.value == 70)
  }

  @Test("No two chunks have the same worker at the same time", arguments: [1, 3, 8])
  func workers(threads: Int) {
    let pool = ThreadPool(threads: threads)
    let inside = (0..<threads).map { _ in Presence() }
    let (clashes, strangers) = (Counter(), Counter())
    for _ in 0..<200 {
      pool.runByWorker(chunks: 40) { _, worker in
        guard inside.indices.contains(worker) else { return strangers.add() }
        if inside[worker].count.add(1, ordering: .acquiringAndReleasing).newValue != 1 {
          clashes.add()
        }
        inside[worker].count.subtract(1, ordering: .acquiringAndReleasing)
      }
    }
    #expect(clashes.value == 0 && strangers.value == 0)
  }

  @Test("A pool that nobody holds is freed, whatever its workers do")
  func freed() {
    weak var pool: ThreadPool?
    do {
      let own = ThreadPool(threads: 8)
      pool = own
      own.run(chunks: 100) { _ in }
    }
    #expect(pool == nil)
  }

  @Test("A pool lowered to one thread still does all the work")
  func lowered() {
    let pool = ThreadPool(threads: 4)
    pool.activeThreadCount = 1
    let counter = Counter()
    pool.run(chunks: 100) { _ in counter.add() }
    #expect(counter.value == 100)
    pool.activeThreadCount = 99
    #expect(pool.activeThreadCount == 4)
  }

  private final class Presence: Sendable {
    let count = Atomic<Int>(0)
  }

  private final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    func add() { count.add(1, ordering: .relaxed) }
    var value: Int { count.load(ordering: .relaxed) }
  }
}
