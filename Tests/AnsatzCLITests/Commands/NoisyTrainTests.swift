import Foundation
import Testing

private let noise = """
  {"rules": [{"gateQubits": 2, "channel": "TwoQubitDepolarizing", "probability": 0.05}],
   "readout": [{"zeroAsOne": 0.02, "oneAsZero": 0.05}]}
  """

@Test("Training under noise and with shots learns, and a seed decides it to the bit")
func noisyTraining() throws {
  let folder = try TemporaryFolder()
  try folder.write("noise.json", noise)
  func accuracy(_ arguments: String...) throws -> Double {
    let outcome = try Running(
      ansatzBinary,
      ["train", "iris", "--model", "hybrid", "--epochs", "4", "--seed", "1", "--json"]
        + ["--set", "qubits=2", "--set", "layers=1"] + arguments, in: folder.path
    ).wait()
    #expect(outcome.status == 0, "\(outcome.errors)")
    let report = try #require(json(outcome) as? [String: Any])
    let history = try #require(report["history"] as? [[String: Any]])
    return try #require(history.last?["trainingAccuracy"] as? Double)
  }
  for arguments in [["--noise", "noise.json"], ["--shots", "100"]] {
    #expect(try accuracy(arguments[0], arguments[1]) > 0.6)
  }
  let both = ["--noise", "noise.json", "--shots", "50"]
  let one = try accuracy(both[0], both[1], both[2], both[3], "--threads", "1")
  #expect(try accuracy(both[0], both[1], both[2], both[3], "--threads", "2") == one)
}

@Test(
  "A noise file with a mistake, a missing one, no shots and a model without a circuit are one line")
func noisyMistakes() throws {
  let folder = try TemporaryFolder()
  try folder.write("bad.json", "{\"rules\": [{\"channel\": \"BitFlop\"}]}")
  try folder.write("noise.json", noise)
  func complaint(_ arguments: String...) throws -> String? {
    try Running(ansatzBinary, ["train", "iris"] + arguments, in: folder.path).wait().complaint
  }
  #expect(
    try complaint("--noise", "bad.json")
      == "bad.json: rule 1: unknown channel 'BitFlop'; did you mean 'BitFlip'?")
  #expect(
    try complaint("--noise", "none.json")
      == "cannot read the noise model none.json; name a JSON file")
  #expect(try complaint("--shots", "0") == "shots must be 1 or more, not 0")
  #expect(
    try complaint("--model", "mlp", "--noise", "noise.json")
      == "the model has no circuit, so noise and shots do not apply; leave them out")
}

@Test(
  "A noise rule or a readout rule that fits nothing in the model's circuit is told, in JSON too; one that can fit nothing is an error"
)
func noiseWithoutEffect() throws {
  let folder = try TemporaryFolder()
  try folder.write(
    "absent.json",
    "{\"rules\": [{\"channel\": \"Depolarizing\", \"probability\": 0.5, \"gates\": [\"CRX\"]}]}")
  try folder.write(
    "qubit7.json",
    "{\"readout\": [{\"qubits\": [7], \"zeroAsOne\": 0.5, \"oneAsZero\": 0.5}]}")
  try folder.write(
    "never.json",
    "{\"rules\": [{\"channel\": \"TwoQubitDepolarizing\", \"probability\": 0.5, \"gates\": [\"RY\"]}]}"
  )
  func train(_ file: String) throws -> Outcome {
    try Running(
      ansatzBinary,
      [
        "train", "iris", "--model", "hybrid", "--epochs", "1", "--set", "qubits=2", "--set",
        "layers=1", "--noise", file, "--json",
      ], in: folder.path
    ).wait()
  }
  for (file, text) in [("absent.json", "rule 1"), ("qubit7.json", "readout 1")] {
    let outcome = try train(file)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("notice: the noise model: \(text)"))
    let report = try #require(json(outcome) as? [String: Any])
    #expect((report["noiseWithoutEffect"] as? [String])?.first?.hasPrefix(text) == true)
  }
  let never = try train("never.json")
  #expect(never.status == 65)
  #expect(never.complaint?.hasPrefix("never.json: rule 1: ") == true, "\(never.errors)")
}
