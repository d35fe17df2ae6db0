import AnsatzCircuits
import AnsatzMath

/// What a circuit with measurements gives.
public struct BranchingResult: Sendable {
  /// The probability of every basis state of the final mixture, `[2ⁿ]`; qubit 0 is the most
  /// significant bit. Empty if not asked for.
  ///
  /// By shots, of the states that the shots went through.
  public internal(set) var probabilities: [Double]
  /// The expectation values of the observables asked for, in the final mixture.
  public internal(set) var expectations: [Double]
  /// The distribution of the classical registers: exact probabilities, those above 1e-12; nil by
  /// shots. The text lists the last register first, the highest bit of each first.
  public internal(set) var outcomes: [String: Double]?
  /// How many shots gave each value of the registers; nil if run exactly.
  public internal(set) var counts: [String: Int]?
  /// The probability that every postselection succeeded, or the share of shots where it did.
  public internal(set) var postselected: Double
}

/// Adds branches up.
struct BranchSummary {
  let program: BranchingProgram
  let observables: CompiledObservables
  private var probabilities: [Double]
  private var expectations: [Double]
  private var outcomes: [BitValues: Double] = [:]
  private var counts: [BitValues: Int] = [:]
  private var weight = 0.0

  /// More different outcomes than this are not listed.
  private static let maximumOutcomes = 1 << 22

  init(_ program: BranchingProgram, _ observables: CompiledObservables, probabilities: Bool) {
    self.program = program
    self.observables = observables
    self.probabilities = [Double](
      repeating: 0, count: probabilities ? 1 << program.circuit.qubitCount : 0)
    expectations = [Double](repeating: 0, count: observables.count)
  }

  /// - Parameter random: The source of results if the branches are shots, else nil.
  mutating func add(_ branches: [Branch], random: inout RandomStream?) throws(AnsatzError) {
    for branch in branches {
      let share = branch.weight.value
      weight += share
      branch.state.toInterleaved()
      let state = branch.state.amplitudes
      for (k, value) in observables.expectations(in: state).enumerated() {
        expectations[k] += share * value
      }
      for row in probabilities.indices {
        let (re, im) = (state.pointer[2 * row], state.pointer[2 * row + 1])
        probabilities[row] += share * (re * re + im * im)
      }
      if program.slots.count > 0 { try addOutcomes(of: branch, &random) }
    }
  }

  private mutating func addOutcomes(
    of branch: Branch, _ random: inout RandomStream?
  ) throws(AnsatzError) {
    let terminal = program.terminal
    func bits(_ index: Int) -> BitValues {
      var bits = branch.bits
      for (place, measured) in terminal.enumerated() {
        bits[measured.slot] = index >> place & 1 == 1
      }
      return bits
    }
    let marginal = terminal.isEmpty ? [1] : marginal(of: branch.state, terminal.map(\.bit))
    switch branch.weight {
    case .shots(let shots):
      guard !terminal.isEmpty, var stream = random else {
        counts[branch.bits, default: 0] += shots
        break
      }
      let drawn = countOutcomes(
        marginal[...], shots: shots, qubitCount: terminal.count, using: &stream)
      random = stream
      for entry in drawn.entries { counts[bits(entry.outcome), default: 0] += entry.count }
    case .probability(let share):
      for (index, probability) in marginal.enumerated() where probability > 1e-15 {
        outcomes[bits(index), default: 0] += share * probability
      }
    }
    guard max(outcomes.count, counts.count) <= Self.maximumOutcomes else {
      throw AnsatzError(
        .unavailable,
        "the registers have more than \(Self.maximumOutcomes) outcomes; run the circuit by shots "
          + "(--shots N) or measure fewer qubits")
    }
  }

  /// The distribution of some bits, the first the lowest.
  private func marginal(of state: StateBuffer<Double>, _ bits: [Int]) -> [Double] {
    var marginal = [Double](repeating: 0, count: 1 << bits.count)
    let amplitudes = state.amplitudes
    for row in 0..<amplitudes.rowCount {
      let (re, im) = (amplitudes.pointer[2 * row], amplitudes.pointer[2 * row + 1])
      var place = 0
      for (index, bit) in bits.enumerated() { place |= (row >> bit & 1) << index }
      marginal[place] += re * re + im * im
    }
    return marginal
  }

  /// - Parameters:
  ///   - total: The weight at the start.
  ///   - shots: Whether weights are shots.
  func result(of total: Double, shots: Bool) throws(AnsatzError) -> BranchingResult {
    guard weight > 0 else {
      throw AnsatzError(
        .badData, "no shot passed the postselection; use more shots or select another outcome")
    }
    let slots = program.slots
    func listed<Value, Listed>(
      _ values: [BitValues: Value], _ value: (Value) -> Listed?
    ) -> [String: Listed] {
      var list: [String: Listed] = [:]
      for (bits, own) in values { list[slots.text { bits[$0] }] = value(own) }
      return list
    }
    return BranchingResult(
      probabilities: probabilities.map { $0 / weight },
      expectations: expectations.map { $0 / weight },
      outcomes: shots || slots.count == 0
        ? nil : listed(outcomes) { $0 / weight > 1e-12 ? $0 / weight : nil },
      counts: shots && slots.count > 0 ? listed(counts) { $0 } : nil,
      postselected: weight / total)
  }
}
