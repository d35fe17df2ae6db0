import AnsatzMath
import AnsatzNN
import Foundation
import Testing

@Suite struct CheckpointStoreTests {
  /// A store with checkpoints after the given numbers of steps.
  func store(_ directory: TemporaryDirectory, steps: [Int]) throws -> CheckpointStore {
    let store = CheckpointStore(directory.path)
    var trainer = try makeTrainer(Double.self)
    for count in steps {
      while trainer.progress.stepCount < count { _ = try trainer.step() }
      try store.save(Checkpoint(trainer, record: testRecord))
    }
    return store
  }

  static let fileNames = [
    "MANIFEST", "checkpoint.json", "weights.safetensors", "optimizer.safetensors",
    "best.safetensors",
  ]
  /// The pieces of the history after so many epochs in one generation.
  static func history(_ epochs: Int) -> String { "history-1-\(epochs).csv" }

  @Test("the last two generations are kept, and the newest is loaded")
  func generations() throws {
    let directory = try TemporaryDirectory()
    let store = try store(directory, steps: [1, 2, 8, 9])
    #expect(store.generations == [3, 4])
    #expect(try store.load().progress.stepCount == 9)
    #expect(
      try CheckpointStore.load(directory.path + "/generation-000003").progress.stepCount == 8)
    let files: [String] = Self.fileNames + [Self.history(1)]
    var expected: [String] = ["newest"]
    for name in ["generation-000003", "generation-000004"] {
      expected.append(name)
      for file in files { expected.append("\(name)/\(file)") }
    }
    #expect(directory.contents == expected.sorted())
    #expect(try directory.bytes("newest") == Array("generation-000004\n".utf8))
  }

  @Test(
    "a damaged file is named, and the generation before it stays usable",
    arguments: fileNames + [history(2)])
  func damage(name: String) throws {
    let directory = try TemporaryDirectory()
    let store = try store(directory, steps: [7, 13])
    let file = "generation-000002/\(name)"
    let intact = try directory.bytes(file)
    var damaged: [[UInt8]] = [[], Array(intact.dropLast()), intact + [10]]
    for position in stride(from: 0, to: intact.count, by: max(1, intact.count / 20)) {
      var flipped = intact
      flipped[position] ^= UInt8(1 << (position % 8))
      damaged.append(flipped)
    }
    for bytes in damaged {
      try directory.write(bytes, to: file)
      do {
        _ = try CheckpointStore.load(directory.path)
        Issue.record("damage to \(name) was not found")
      } catch let error as AnsatzError {
        #expect(error.category == .badData)
        #expect(error.message.contains(name), "\(error)")
        #expect(error.message.contains("generation-000002"))
        #expect(
          error.message.hasSuffix("; use '\(directory.path)/generation-000001', which is intact"))
        #expect(!error.message.contains("\n"))
      }
    }
    #expect(
      try CheckpointStore.load(directory.path + "/generation-000001").progress.stepCount == 7)
    // The run can go on from there, and the next checkpoint is the newest again.
    var trainer = try makeTrainer(Double.self)
    try trainer.restore(CheckpointStore.load(directory.path + "/generation-000001"))
    try store.save(Checkpoint(trainer, record: testRecord))
    #expect(try store.load().progress.stepCount == 7)
  }

  @Test("a missing file is named")
  func missingFile() throws {
    let directory = try TemporaryDirectory()
    let store = try store(directory, steps: [7])
    for name in Self.fileNames + [Self.history(1)] {
      let file = "generation-000001/\(name)"
      let bytes = try directory.bytes(file)
      try SystemFiles().remove("\(directory.path)/\(file)")
      let text = errorText { _ = try store.load() }
      #expect(text.contains("\(name) is missing"))
      #expect(text.hasSuffix("; no other generation is intact"))
      try directory.write(bytes, to: file)
    }
    _ = try store.load()
  }

  @Test("a whole generation is used whatever the pointer is, with a notice that names both")
  func damagedPointer() throws {
    let directory = try TemporaryDirectory()
    let store = try store(directory, steps: [1, 2])
    let whole = "\(directory.path)/generation-000002"
    func expectNotice(_ what: String) throws {
      let found = try store.newest()
      #expect(found.checkpoint.progress.stepCount == 2)
      #expect(found.path == whole)
      #expect(
        found.notice
          == "'\(directory.path)/newest' \(what); taking '\(whole)', the newest whole generation there"
      )
    }
    let long = String(repeating: "x", count: 1000)
    for text in [
      "", "generation-00000", "generation-000002", "generation-0000x2\n", "../x\n", long,
    ] {
      try directory.write(Array(text.utf8), to: "newest")
      try expectNotice("is corrupted or truncated")
    }
    try directory.write(Array("generation-000009\n".utf8), to: "newest")
    try expectNotice("names generation-000009, which is not there")
    try SystemFiles().remove(directory.path + "/newest")
    try expectNotice("is missing")
    #expect(mkfifo(directory.path + "/newest", 0o600) == 0)
    try expectNotice("is a FIFO, not a file")
  }

  @Test("a generation newer than the one that the pointer names is the newest, if it is whole")
  func interruptedBeforePointer() throws {
    let directory = try TemporaryDirectory()
    let store = try store(directory, steps: [1, 2])
    try directory.write(Array("generation-000001\n".utf8), to: "newest")
    #expect(try store.newest().checkpoint.progress.stepCount == 2)
    #expect(try store.newest().notice == nil)
    try directory.write([], to: "generation-000002/MANIFEST")
    #expect(try store.newest().checkpoint.progress.stepCount == 1)
  }

  @Test("without a whole generation the error says what each is, and a new run is refused")
  func nothingWhole() throws {
    let directory = try TemporaryDirectory()
    let store = try store(directory, steps: [7, 8])
    try directory.write([1], to: "generation-000001/weights.safetensors")
    try SystemFiles().remove(directory.path + "/generation-000002/best.safetensors")
    try SystemFiles().remove(directory.path + "/newest")
    let text = errorText { _ = try store.load() }
    for part in [
      "newest' is missing, and no generation is whole", "weights.safetensors is truncated",
      "generation-000002",
    ] { #expect(text.contains(part), "\(text)") }
    guard case .damaged(text) = store.holding else {
      Issue.record("a new run would be started there")
      return
    }
  }

  @Test("a new run may start where no first checkpoint was ever complete, and nowhere else")
  func holding() throws {
    func isFree(_ store: CheckpointStore) -> Bool {
      if case .nothing = store.holding { true } else { false }
    }
    let directory = try TemporaryDirectory()
    let store = CheckpointStore(directory.path)
    #expect(isFree(store) && isFree(CheckpointStore("/no/such/place")))
    try SystemFiles().createDirectory(directory.path + "/partial-generation-000001")
    #expect(isFree(store))
    #expect(errorText { _ = try store.load() }.hasSuffix("was interrupted, so start anew"))
    try SystemFiles().createDirectory(directory.path + "/generation-000001")
    #expect(isFree(store))
    try store.save(Checkpoint(makeTrainer(Double.self), record: testRecord))
    #expect(store.generations == [1, 2] && !isFree(store))
    try SystemFiles().remove(directory.path + "/generation-000001")
    #expect(!isFree(store))
    // A file that is whole in length but not in content is no interrupted writing.
    try SystemFiles().rename(
      directory.path + "/generation-000002", to: directory.path + "/generation-000001")
    var bytes = try directory.bytes("generation-000001/weights.safetensors")
    bytes[bytes.count - 1] ^= 1
    try directory.write(bytes, to: "generation-000001/weights.safetensors")
    #expect(!isFree(store))
    try directory.write(Array(bytes.dropLast(9)), to: "generation-000001/weights.safetensors")
    #expect(isFree(store))
  }

  @Test("a failure at any point of writing keeps the checkpoint before and leaves nothing behind")
  func failures() throws {
    var failures = 0
    for operation in 0..<100 {
      let directory = try TemporaryDirectory()
      _ = try store(directory, steps: [7])
      let before = directory.contents
      var trainer = try makeTrainer(Double.self)
      for _ in 0..<9 { _ = try trainer.step() }
      let files = FailingFiles(failingAt: operation)
      let store = CheckpointStore(directory.path, files: files)
      do {
        try store.save(Checkpoint(trainer, record: testRecord))
        if !files.hasFailed { break }
        Issue.record("the failure of operation \(operation) was not reported")
      } catch let error as AnsatzError {
        failures += 1
        #expect(error.category == .inputOutput)
        #expect(error.message.contains("No space left on device"))
        let loaded = try CheckpointStore(directory.path).load()
        if loaded.progress.stepCount == 7 {
          #expect(directory.contents == before, "operation \(operation)")
          #expect(error.message.hasSuffix("generation-000001', is intact"))
        } else {
          // Only the very last sync fails after the new generation has become the newest.
          #expect(loaded.progress.stepCount == 9)
          #expect(directory.contents.filter { $0.contains("partial") } == [])
        }
      }
    }
    // Directory, partial directory, six files, sync, rename, sync, pointer, rename, sync.
    #expect(failures == 14)
  }

  @Test("what a crash left behind is removed by the next checkpoint")
  func leftovers() throws {
    let directory = try TemporaryDirectory()
    let store = try store(directory, steps: [1])
    try SystemFiles().createDirectory(directory.path + "/partial-generation-000002")
    try directory.write([1, 2, 3], to: "partial-generation-000002/weights.safetensors")
    try directory.write([1], to: "partial-newest")
    try store.save(Checkpoint(makeTrainer(Double.self), record: testRecord))
    #expect(directory.contents.filter { $0.contains("partial") } == [])
    #expect(store.generations == [1, 2])
  }

  @Test("a full disk is an error of input and output")
  func fullDisk() {
    #expect(FileManager.default.fileExists(atPath: "/dev/full"))
    do {
      try SystemFiles().write([1, 2, 3], to: "/dev/full")
      Issue.record("no error")
    } catch {
      #expect((error as? AnsatzError)?.category == .inputOutput)
      #expect("\(error)" == "cannot write '/dev/full': No space left on device")
    }
  }

  @Test("a directory that cannot be made or found is named")
  func noDirectory() throws {
    let store = CheckpointStore("/dev/null/checkpoints")
    let text = errorText { _ = try store.prepare() }
    #expect(text.contains("cannot create directory '/dev/null"), "\(text)")
    #expect(
      errorText { try store.save(Checkpoint(makeTrainer(Double.self), record: testRecord)) }
        .hasPrefix("checkpoint not written: cannot create directory"))
    #expect(
      errorText { _ = try CheckpointStore("/no/such/place").load() }
        == "there is no checkpoint in '/no/such/place'")
    let directory = try TemporaryDirectory()
    let fresh = CheckpointStore(directory.path + "/a/b")
    _ = try fresh.prepare()
    #expect(directory.contents == ["a", "a/b"])
  }

  @Test("a generation's own directory leads to its store, with or without a slash at the end")
  func holdingStore() throws {
    let directory = try TemporaryDirectory()
    _ = try store(directory, steps: [1, 2])
    let generation = directory.path + "/generation-000001"
    for path in [generation, generation + "/"] {
      #expect(try CheckpointStore.load(path).progress.stepCount == 1)
      #expect(CheckpointStore(holding: path).directory == directory.path)
    }
    #expect(try CheckpointStore.load(directory.path + "/").progress.stepCount == 2)
    #expect(CheckpointStore(holding: "run").directory == "run")
    #expect(CheckpointStore(holding: "generation-000001").directory == ".")
    #expect(CheckpointStore(holding: "/generation-000001").directory == "/")
  }

  @Test("a store may be called like a generation")
  func confusingName() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/generation-000007"
    try CheckpointStore(path).save(Checkpoint(makeTrainer(Double.self), record: testRecord))
    #expect(CheckpointStore(holding: path).directory == path)
    _ = try CheckpointStore.load(path)
  }

  @Test("a store that is being trained into is refused until its lock is released")
  func lock() throws {
    let directory = try TemporaryDirectory()
    let store = CheckpointStore(directory.path)
    var lock: DirectoryLock? = try store.prepare()
    #expect(
      errorText { _ = try store.prepare() }
        == "another process is training into '\(directory.path)'; wait until it ends, or name "
        + "another folder")
    withExtendedLifetime(lock) {}
    lock = nil
    // A process that another test is just starting holds a copy of the lock for an instant.
    for _ in 0..<200 where (try? store.prepare()) == nil { usleep(10_000) }
    _ = try store.prepare()
  }

  @Test("a failed save does not call a damaged checkpoint intact")
  func damagedPredecessor() throws {
    let directory = try TemporaryDirectory()
    _ = try store(directory, steps: [1])
    try directory.write([], to: "generation-000001/MANIFEST")
    let failing = CheckpointStore(directory.path, files: FailingFiles(failingAt: 2))
    let text = errorText {
      try failing.save(Checkpoint(makeTrainer(Double.self), record: testRecord))
    }
    #expect(text == "checkpoint not written: cannot write: No space left on device")
  }
}
