import AnsatzFuzzTargets
import AnsatzMath
import Foundation
import Testing

private let root = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../..").standardizedFileURL

@Suite("Readers of text survive any bytes")
struct FuzzTests {
  private func seeds(_ target: FuzzTarget) throws -> [[UInt8]] {
    let folder = root.appending(path: "Fuzzing/Corpus/\(target.rawValue)")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      Array(try Data(contentsOf: folder.appending(path: $0)))
    }
  }

  @Test("Every seed, and mutations of it", arguments: FuzzTarget.allCases)
  func mutations(target: FuzzTarget) throws {
    var random = RandomStream(seed: 1, stream: "fuzz \(target.rawValue)")
    let seeds = try seeds(target)
    #expect(seeds.count >= 4)
    for seed in seeds {
      #expect(target.problem(with: seed) == nil)
      for _ in 0..<200 {
        var bytes = seed
        for _ in 0...random.integer(below: 4) {
          mutate(&bytes, with: seeds[random.integer(below: seeds.count)], &random)
        }
        let problem = target.problem(with: bytes)
        #expect(problem == nil, "\(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }

  /// Changes a byte, removes a part, repeats a part, or takes a part of another text.
  private func mutate(_ bytes: inout [UInt8], with other: [UInt8], _ random: inout RandomStream) {
    guard !bytes.isEmpty, !other.isEmpty else { return bytes.append(UInt8(ascii: "[")) }
    let place = random.integer(below: bytes.count)
    let end = min(bytes.count, place + 1 + random.integer(below: 12))
    switch random.integer(below: 4) {
    case 0: bytes[place] = UInt8(random.integer(below: 256))
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: random.integer(below: bytes.count))
    default:
      let start = random.integer(below: other.count)
      let part = other[start..<min(other.count, start + 1 + random.integer(below: 20))]
      bytes.insert(contentsOf: part, at: place)
    }
  }
}
