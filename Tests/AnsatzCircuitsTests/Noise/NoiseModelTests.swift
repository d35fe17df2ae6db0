import AnsatzCircuits
import AnsatzMath
import Foundation
import Numerics
import Testing

@Suite("Noise model")
struct NoiseModelTests {
  private let circuit: Circuit

  init() throws {
    let c = Bits("c", 1)
    circuit = try Circuit(qubits: 3) {
      H(0)
      CNOT(control: 0, target: 1)
      Controlled(by: 0, 1) { X(2) }
      Measure(0, into: c[0])
      If(c[0]) { RX(0.3, on: 2) }
    }
  }

  private func noisy(_ rules: NoiseRule...) throws -> [String] {
    func listed(_ operations: [CircuitOperation]) -> [String] {
      operations.flatMap { operation -> [String] in
        if case .conditional(let conditional) = operation {
          return listed(conditional.operations).map { "If " + $0 }
        }
        return ["\(operation.name) \(operation.qubits)"]
      }
    }
    return listed(try NoiseModel(rules: rules).applied(to: circuit).operations)
  }

  @Test("A channel on one qubit follows every gate on each of its qubits")
  func everywhere() throws {
    #expect(
      try noisy(NoiseRule(BitFlip.definition, [0.1])) == [
        "H [0]", "BitFlip [0]", "CNOT [0, 1]", "BitFlip [0]", "BitFlip [1]",
        "Controlled(X) [0, 1, 2]", "BitFlip [0]", "BitFlip [1]", "BitFlip [2]", "Measure [0]",
        "If RX [2]", "If BitFlip [2]",
      ])
  }

  @Test("Rules choose gates by name, by size and by qubit, and all that fit act in order")
  func selection() throws {
    #expect(
      try noisy(
        NoiseRule(gates: ["H", "Controlled(X)"], PhaseFlip.definition, [0.1]),
        NoiseRule(gateQubits: 2, qubits: [1], BitFlip.definition, [0.1]),
        NoiseRule(TwoQubitDepolarizing.definition, [0.1])) == [
          "H [0]", "PhaseFlip [0]", "CNOT [0, 1]", "BitFlip [1]", "TwoQubitDepolarizing [0, 1]",
          "Controlled(X) [0, 1, 2]", "PhaseFlip [0]", "PhaseFlip [1]", "PhaseFlip [2]",
          "Measure [0]", "If RX [2]",
        ])
    #expect(
      try noisy(NoiseRule(qubits: [0, 2], TwoQubitDepolarizing.definition, [0.1]))
        .allSatisfy { !$0.hasPrefix("TwoQubit") })
  }

  @Test("A rule with parameters out of bounds is refused where it acts")
  func invalid() {
    #expect(throws: CircuitError.self) { try noisy(NoiseRule(BitFlip.definition, [2])) }
  }

  @Test("A file says the same as code")
  func file() throws {
    let json = """
      {
        "description": "made up",
        "rules": [
          {"gateQubits": 1, "channel": "ThermalRelaxation", "t1": 50, "t2": 70.5, "time": 0.1},
          {"gates": ["CNOT"], "qubits": [0, 1], "channel": "TwoQubitDepolarizing",
           "probability": 0.02},
          {"channel": "KrausChannel", "operators": [[[0.6, 0], [0, 0.6]], [[0, [0, -0.8]], [[0, 0.8], 0]]]}
        ],
        "readout": [
          {"zeroAsOne": 0.01, "oneAsZero": 0.04},
          {"qubits": [1], "oneAsZero": 0.5}
        ]
      }
      """
    let path = try write(json)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let model = try NoiseModel(contentsOf: path)
    let kraus = KrausChannel.definition([
      .diagonal([Complex(0.6), Complex(0.6)]),
      ComplexMatrix([[0, Complex(0, -0.8)], [Complex(0, 0.8), 0]]),
    ])
    #expect(
      model
        == NoiseModel(
          rules: [
            NoiseRule(gateQubits: 1, ThermalRelaxation.definition, [50, 70.5, 0.1, 0]),
            NoiseRule(
              gates: ["CNOT"], qubits: [0, 1], TwoQubitDepolarizing.definition, [0.02]),
            NoiseRule(kraus, []),
          ],
          readout: [
            ReadoutRule(ReadoutError(zeroAsOne: 0.01, oneAsZero: 0.04)),
            ReadoutRule(qubits: [1], ReadoutError(zeroAsOne: 0, oneAsZero: 0.5)),
          ]))
    #expect(
      model.readoutErrors(qubits: 3).errors.map(\.oneAsZero) == [0.04, 0.5, 0.04])
  }

  private func write(_ json: String) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "noise-\(UUID()).json").path
    try Data(json.utf8).write(to: URL(filePath: path))
    return path
  }

  @Test(
    "A mistake in a file names the file, the rule and the key",
    arguments: [
      ("[]", "n.json is no object; write { \"KEY\": VALUE, … }"),
      ("{}", "n.json holds no noise; give it \"rules\" or \"readout\""),
      ("{\"rule\": []}", "n.json: unknown key 'rule'; did you mean 'rules'?"),
      ("{\"rules\": 3}", "n.json: 'rules' is no list; write [ … ]"),
      ("{\"rules\": [3]}", "n.json: rule 1 is no object; write { \"KEY\": VALUE, … }"),
      ("{\"rules\": [{}]}", "n.json: rule 1: 'channel' is missing"),
      (
        "{\"rules\": [{\"channel\": \"BitFlop\"}]}",
        "n.json: rule 1: unknown channel 'BitFlop'; did you mean 'BitFlip'?"
      ),
      (
        "{\"rules\": [{\"channel\": \"BitFlip\"}]}",
        "n.json: rule 1: 'probability' of BitFlip is missing"
      ),
      (
        "{\"rules\": [{\"channel\": \"BitFlip\", \"probabilty\": 0.1}]}",
        "n.json: rule 1: unknown key 'probabilty'; did you mean 'probability'?"
      ),
      (
        "{\"rules\": [{\"channel\": \"BitFlip\", \"probability\": 1.5}]}",
        "n.json: rule 1: probability 1.5 is not in 0...1"
      ),
      (
        "{\"rules\": [{\"channel\": \"BitFlip\", \"probability\": \"much\"}]}",
        "n.json: rule 1: 'probability' is no number"
      ),
      (
        "{\"rules\": [{\"channel\": \"BitFlip\", \"probability\": 0, \"gates\": [\"CNOTT\"]}]}",
        "n.json: rule 1: unknown gate 'CNOTT' in 'gates'; did you mean 'CNOT'?"
      ),
      (
        "{\"rules\": [{\"channel\": \"BitFlip\", \"probability\": 0, \"qubits\": [-1]}]}",
        "n.json: rule 1: 'qubits' is no list of qubits, such as [0, 1]"
      ),
      (
        "{\"rules\": [{\"channel\": \"TwoQubitDepolarizing\", \"probability\": 0, \"gateQubits\": 1}]}",
        "n.json: rule 1: 'gateQubits' is 1, and TwoQubitDepolarizing acts on 2 qubits; use 2 or leave "
          + "it out"
      ),
      (
        "{\"rules\": [{\"channel\": \"KrausChannel\", \"operators\": [[[1, 0], [0, 2]]]}]}",
        "n.json: rule 1: the Kraus operators are not complete: Σ K†K differs from 1 by 3.0; at most "
          + "1e-08 is allowed"
      ),
      (
        "{\"rules\": [{\"channel\": \"KrausChannel\", \"operators\": [[[1], [0, 2]]]}]}",
        "n.json: rule 1: 'operators' is no list of matrices; write rows of numbers or [real, "
          + "imaginary] pairs"
      ),
      (
        "{\"readout\": [{\"zeroAsOne\": 2}]}",
        "n.json: readout 1: zeroAsOne 2.0 is not in 0...1"
      ),
    ])
  func mistakes(json: String, message: String) throws {
    let value = try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
    #expect(throws: AnsatzError(.badData, message)) { try NoiseModel(value, name: "n.json") }
  }

  @Test("What is no JSON, and a file that is not there, are one clear line")
  func noFile() throws {
    let path = try write("{")
    defer { try? FileManager.default.removeItem(atPath: path) }
    do {
      _ = try NoiseModel(contentsOf: path)
      Issue.record("an open brace was read")
    } catch {
      #expect(error.category == .badData && error.message.hasPrefix("\(path) is no JSON"))
    }
    #expect(
      throws: AnsatzError(
        .missingInput, "cannot read the noise model /nowhere.json; name a JSON file")
    ) { try NoiseModel(contentsOf: "/nowhere.json") }
  }

  @Test("Reading with errors: observables, distributions and outcomes agree")
  func readout() throws {
    let errors = ReadoutErrors([
      ReadoutError(zeroAsOne: 0.1, oneAsZero: 0.3), ReadoutError(zeroAsOne: 0.02, oneAsZero: 0),
    ])
    let truth = [0.1, 0.2, 0.3, 0.4]
    // The confusion matrices as a Kronecker product, element by element.
    let a = [[0.9, 0.3], [0.1, 0.7]]
    let b = [[0.98, 0], [0.02, 1]]
    let read = (0..<4).map { i -> Double in
      var sum = 0.0
      for j in 0..<4 { sum += a[i >> 1][j >> 1] * b[i & 1][j & 1] * truth[j] }
      return sum
    }
    for (x, y) in zip(errors.read(truth), read) { #expect(abs(x - y) < 1e-15) }
    func mean(_ p: [Double], _ sum: PauliSum) -> Double {
      var total = 0.0
      for term in sum.terms {
        for j in 0..<4 {
          var sign = 1.0
          for factor in term.string.factors where j >> (1 - factor.qubit) & 1 == 1 { sign = -sign }
          total += term.coefficient * sign * p[j]
        }
      }
      return total
    }
    for observable in [2 * Z(0) - 0.5 * Z(0) * Z(1), Z(1) + 0.25 * PauliString.identity] {
      let found = mean(truth, try errors.read(observable))
      #expect(abs(found - mean(read, observable)) < 1e-15)
    }
    var random = RandomStream(seed: 9)
    let shots = 20_000
    let outcomes = errors.read([Int](repeating: 2, count: shots), using: &random)
    // Reads 10 as 00 with probability 0.3 · 0.98; five standard errors.
    let share = Double(outcomes.count { $0 == 0 }) / Double(shots)
    #expect(abs(share - 0.294) < 5 * (0.294 * 0.706 / Double(shots)).squareRoot())
  }
}
