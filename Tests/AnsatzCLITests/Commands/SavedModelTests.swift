import Foundation
import Testing

@Suite("Models saved by earlier versions")
struct SavedModelTests {
  static let models = ["hybrid", "circuit-centric", "mlp"]
  private static let folder = "\(repository)/Tests/AnsatzCLITests/Fixtures/checkpoints"

  /// Predictions of version 0.2 on iris, as it printed them beside each model it saved.
  @Test("A model saved before predicts what it did", arguments: models)
  func predictions(_ model: String) throws {
    let outcome = try ansatz("predict", "iris", "--checkpoint", "\(Self.folder)/\(model)")
    #expect(outcome.status == 0, "\(outcome.errors)")
    func rows(_ text: String) -> [[Substring]] {
      text.split(separator: "\n").map { $0.split(separator: ",") }
    }
    let expected = rows(try String(contentsOfFile: "\(Self.folder)/\(model).csv", encoding: .utf8))
    let found = rows(outcome.output)
    #expect(found.count == expected.count)
    for (a, b) in zip(found, expected) {
      #expect(a.count == b.count && a[0] == b[0])
      for (x, y) in zip(a.dropFirst(), b.dropFirst()) {
        if let x = Double(x), let y = Double(y) {
          // Processors round differently, at the sixteenth digit of each of some hundred steps.
          #expect(abs(x - y) < 1e-9)
        } else {
          #expect(x == y)
        }
      }
    }
  }

  @Test("A run saved before goes on", arguments: models)
  func resume(_ model: String) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: "\(Self.folder)/\(model)", toPath: "\(folder.path)/run")
    let outcome = try ansatz(
      "train", "iris", "--checkpoint", "run", "--resume", in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
}
