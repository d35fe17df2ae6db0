import AnsatzMath
@testable import AnsatzNN
import Foundation
import Testing

@Suite struct HistoryTests {
  private func records(_ count: Int) -> [EpochRecord] {
    var random = RandomStream(seed: 3)
    return (0..<count).map { index in
      EpochRecord(
        epoch: index + 1, trainingLoss: random.normal() * 1e-300,
        trainingAccuracy: random.uniform(),
        validationLoss: index % 2 == 0 ? nil : random.uniform(),
        validationAccuracy: index % 2 == 0 ? nil : 1 / 3, learningRate: 0.1 + 0.2)
    }
  }

  @Test("A history saved in pieces comes back to the bit, whenever it was saved")
  func roundTrip() throws {
    let all = records(700)
    var random = RandomStream(seed: 1)
    var stored: [String: [UInt8]] = [:]
    var count = 0
    while count < all.count {
      count = min(all.count, count + random.integer(below: 9))
      let pieces = HistoryPiece.pieces(of: Array(all.prefix(count)), stored: stored)
      stored = Dictionary(uniqueKeysWithValues: pieces.map { ($0.name, $0.bytes) })
      #expect(
        try HistoryPiece.history(epochCount: count, files: stored) == Array(all.prefix(count)))
    }
  }

  @Test("What is written for a history grows as n log n, and its pieces as log n")
  func growth() {
    let (all, saves) = (records(1024), 1024)
    var stored: [String: [UInt8]] = [:]
    var written = 0
    for count in 1...saves {
      let pieces = HistoryPiece.pieces(of: Array(all.prefix(count)), stored: stored)
      #expect(pieces.count <= 11)
      for piece in pieces where !piece.isKept { written += piece.epochs.count }
      stored = Dictionary(uniqueKeysWithValues: pieces.map { ($0.name, $0.bytes) })
    }
    // Rewritten whole each time it would be 1024 · 1025 / 2 = 524,800 records.
    #expect(written <= 2 * 1024 * 10)
  }

  @Test("Pieces of another history, damaged or too long, are not taken over")
  func otherPieces() {
    let all = records(8)
    let first = HistoryPiece.pieces(of: all, stored: [:])
    var stored = [first[0].name: first[0].bytes]
    #expect(
      HistoryPiece.pieces(of: all, stored: stored) == [
        HistoryPiece(epochs: 1...8, bytes: first[0].bytes, isKept: true)
      ])
    #expect(HistoryPiece.pieces(of: Array(all.prefix(7)), stored: stored).map(\.isKept) == [false])
    stored[first[0].name]?[100] ^= 1
    #expect(HistoryPiece.pieces(of: all, stored: stored).map(\.isKept) == [false])
  }

  @Test("checkpoint.json does not grow with the history, whose old pieces are linked")
  func linked() throws {
    let directory = try TemporaryDirectory()
    let store = CheckpointStore(directory.path)
    var trainer = try makeTrainer(
      Double.self, options: TrainingOptions(epochs: 40, batchSize: 57, seed: 1))
    var sizes: [Int] = []
    for epochs in 1...40 {
      while trainer.progress.epoch < epochs { _ = try trainer.step() }
      let path = try store.save(Checkpoint(trainer, record: testRecord))
      if case .regular(let size) = SystemFiles().kind(of: path + "/checkpoint.json") {
        sizes.append(size)
      }
    }
    // A random stream's hexadecimal words may lose leading zeros.
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) < 100)
    var status = stat()
    let oldest = try #require(
      try SystemFiles().list(directory.path + "/generation-000040").first {
        $0.hasPrefix("history-1-")
      })
    #expect(stat("\(directory.path)/generation-000040/\(oldest)", &status) == 0)
    #expect(status.st_nlink == 2)
    #expect(try store.load().progress == trainer.progress)
  }

  @Test("A checkpoint of format 1, with the history in its description, is read as it was")
  func formatOne() throws {
    let directory = try TemporaryDirectory()
    let store = CheckpointStore(directory.path)
    var trainer = try makeTrainer(Double.self)
    for _ in 0..<20 { _ = try trainer.step() }
    let name = "generation-000001"
    try store.save(Checkpoint(trainer, record: testRecord))
    let history = try JSONSerialization.jsonObject(
      with: JSONValue.encoder.encode(trainer.progress.history))
    let piece = "\(directory.path)/\(name)/history-1-3.csv"
    try SystemFiles().remove(piece)
    var manifest = try CheckpointManifest(directory.bytes("\(name)/MANIFEST")).lines
    manifest.removeAll { $0.name.hasPrefix("history") }
    try directory.write(
      CheckpointManifest(
        of: manifest.map {
          Checkpoint.File(name: $0.name, bytes: try directory.bytes("\(name)/\($0.name)"))
        }
      ).encoded, to: "\(name)/MANIFEST")
    try directory.forgeDescription(name) { description in
      description["format"] = 1
      var progress = try #require(description["progress"] as? [String: Any])
      progress["history"] = history
      description["progress"] = progress
    }
    let loaded = try store.load()
    #expect(loaded.progress == trainer.progress)
    // And goes on to the same bits.
    var resumed = try makeTrainer(Double.self)
    try resumed.restore(loaded)
    try resumed.run()
    try trainer.run()
    #expect(resumed.progress == trainer.progress)
    #expect(resumed.network.parameters == trainer.network.parameters)
  }
}
