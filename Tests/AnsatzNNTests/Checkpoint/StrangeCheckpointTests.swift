import AnsatzMath
@testable import AnsatzNN
import Foundation
import Testing

/// Folders that no run wrote, with checksums that fit: each is refused by name, and nothing is waited
/// for, read without end or followed out of the folder.
@Suite struct StrangeCheckpointTests {
  let directory: TemporaryDirectory
  let generation = "generation-000001"

  init() throws {
    directory = try TemporaryDirectory()
    var trainer = try makeTrainer(Double.self)
    for _ in 0..<9 { _ = try trainer.step() }
    try CheckpointStore(directory.path).save(Checkpoint(trainer, record: testRecord))
  }

  var complaint: String { errorText { _ = try CheckpointStore.load(directory.path) } }

  @Test(
    "Counters that no run reaches are refused by name",
    arguments: [
      "epoch", "batch", "sampleCount", "correctCount", "stepCount", "circuitEvaluations",
      "bestEpoch", "patienceStart",
    ], [Int.max, Int.max - 1, -1, Int.min])
  func counters(name: String, value: Int) throws {
    try directory.forgeDescription(generation) { description in
      var progress = try #require(description["progress"] as? [String: Any])
      progress[name] = value
      description["progress"] = progress
    }
    let text = complaint
    // The history has a length of its own, which is compared first.
    #expect(
      text.contains("progress.\(name) is \(value)")
        || name == "epoch" && text.contains("not the \(value) of the run"), "\(text)")
  }

  @Test("Options, names and counts outside the description's progress are checked as well")
  func otherFields() throws {
    let original = try directory.bytes("\(generation)/checkpoint.json")
    let changes: [(String, (inout [String: Any]) -> Void)] = [
      ("optimizerSteps[1] is \(Int.max)", { $0["optimizerSteps"] = [9, Int.max, 9, 9] }),
      ("classCount is 0", { $0["classCount"] = 0 }),
      ("classCount is \(Int.max)", { $0["classCount"] = Int.max }),
      ("precision", { $0["precision"] = "f16" }),
      ("format 3", { $0["format"] = 3 }),
      (
        "options: epochs must be 1 or more",
        {
          var options = $0["options"] as? [String: Any] ?? [:]
          options["epochs"] = 0
          $0["options"] = options
        }
      ),
      (
        "repeat a name",
        {
          var record = $0["record"] as? [String: Any] ?? [:]
          record["classNames"] = ["a", "a", "b"]
          $0["record"] = record
        }
      ),
      (
        "record.features is \(Int.max)",
        {
          var record = $0["record"] as? [String: Any] ?? [:]
          record["features"] = Int.max
          $0["record"] = record
        }
      ),
      (
        "'progress.bestLoss' is missing or out of range",
        {
          var progress = $0["progress"] as? [String: Any] ?? [:]
          progress["bestLoss"] = "inf"
          $0["progress"] = progress
        }
      ),
    ]
    for (part, change) in changes {
      try directory.forge(generation, "checkpoint.json") { _ in original }
      try directory.forgeDescription(generation, change)
      #expect(complaint.contains(part), "\(part): \(complaint)")
    }
    // A number beyond the range of Double, which only text can hold.
    try directory.forge(generation, "checkpoint.json") { _ in
      Array(
        String(decoding: original, as: UTF8.self).replacing(
          /"learningRate" : [0-9.]+/, with: "\"learningRate\" : 1e999"
        ).utf8)
    }
    #expect(complaint.contains("checkpoint.json"), "\(complaint)")
  }

  @Test(
    "Numbers that are not finite are refused with their tensor",
    arguments: ["weights", "best", "optimizer"],
    [Double.nan, .infinity, -.infinity])
  func nonFinite(file: String, value: Double) throws {
    try directory.forge(generation, "\(file).safetensors") { bytes in
      bytes.dropLast(8) + withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
    let text = complaint
    #expect(text.contains("\(file).safetensors: '"), "\(text)")
    #expect(text.contains(value.isNaN ? "holds nan at place" : "holds \(value) at place"))
  }

  @Test("A damaged history is refused with its line")
  func history() throws {
    for (old, new) in [("1,", "2,"), ("\n1,", "\n1,nan,"), ("0.", "x."), ("epoch", "Epoch")] {
      let file = "\(generation)/history-1-1.csv"
      let original = try directory.bytes(file)
      try directory.forge(generation, "history-1-1.csv") {
        Array(
          String(decoding: $0, as: UTF8.self).replacing(old, with: new, maxReplacements: 1).utf8)
      }
      #expect(complaint.contains("history-1-1.csv, line "), "\(complaint)")
      try directory.forge(generation, "history-1-1.csv") { _ in original }
    }
    #expect(complaint == "no error")
  }

  @Test(
    "A manifest that leads out of the folder is refused",
    arguments: [
      "../secret", "/etc/passwd", "..", ".", "", "weights.safetensors/../../x", "notes.txt",
      "history-2-1.csv", "history-01-1.csv",
    ])
  func outside(name: String) throws {
    try directory.write([1, 2, 3], to: "secret")
    let file = Checkpoint.File(name: name, bytes: [1, 2, 3])
    try directory.write(CheckpointManifest(of: [file]).encoded, to: "\(generation)/MANIFEST")
    #expect(complaint.contains("MANIFEST"), "\(complaint)")
    #expect(complaint.contains("no file of a checkpoint") || name.isEmpty, "\(complaint)")
  }

  @Test("Sizes that lie are refused before anything is read")
  func sizes() throws {
    for size in ["-1", "9223372036854775807", "99999999999999999999", "17"] {
      let body = "0000000000000000 \(size) weights.safetensors\n"
      let text = body + "manifest \(CheckpointManifest.checksum(Array(body.utf8)))\n"
      try directory.write(Array(text.utf8), to: "\(generation)/MANIFEST")
      #expect(complaint.contains(generation), "\(complaint)")
    }
    // A sparse file costs its sender nothing.
    let path = "\(directory.path)/\(generation)/MANIFEST"
    #expect(truncate(path, 1 << 40) == 0)
    #expect(complaint.contains("MANIFEST has 1099511627776 bytes, too many"))
  }

  @Test(
    "Links, FIFOs, folders and devices in the place of a file are refused",
    arguments: ["weights.safetensors", "MANIFEST", "checkpoint.json", "history-1-1.csv"])
  func notRegular(name: String) throws {
    let path = "\(directory.path)/\(generation)/\(name)"
    let kept = "\(directory.path)/kept"
    try SystemFiles().rename(path, to: kept)
    func expect(_ text: String) throws {
      #expect(complaint.contains("\(name) is a \(text)"), "\(complaint)")
      #expect(unlink(path) == 0 || rmdir(path) == 0)
    }
    #expect(symlink(kept, path) == 0)
    try expect("link; a checkpoint is read from regular files alone")
    #expect(symlink("/dev/zero", path) == 0)
    try expect("link; a checkpoint is read from regular files alone")
    #expect(mkfifo(path, 0o600) == 0)
    try expect("FIFO; a checkpoint is read from regular files alone")
    #expect(mkdir(path, 0o700) == 0)
    try expect("folder, not a file")
  }

  @Test("A generation that is a link is refused")
  func linkedGeneration() throws {
    let path = "\(directory.path)/\(generation)"
    try SystemFiles().rename(path, to: directory.path + "/elsewhere")
    #expect(symlink("elsewhere", path) == 0)
    #expect(complaint.contains("\(generation)' is a link, not a folder"), "\(complaint)")
  }

  @Test("The system's files read regular files alone, without waiting")
  func reading() throws {
    let fifo = directory.path + "/fifo"
    #expect(mkfifo(fifo, 0o600) == 0)
    #expect(errorText { _ = try SystemFiles().read(fifo) }.contains("is a FIFO"))
    #expect(errorText { _ = try SystemFiles().read("/dev/zero") }.contains("is a device"))
    #expect(errorText { _ = try SystemFiles().read("/") }.contains("is a folder"))
    #expect(symlink("fifo", directory.path + "/link") == 0)
    #expect(
      errorText { _ = try SystemFiles().read(directory.path + "/link") }.contains("is a link"))
  }
}
