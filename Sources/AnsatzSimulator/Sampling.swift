import AnsatzCircuits
import AnsatzMath

/// Outcomes of repeated measurements of all qubits.
public struct Samples: Equatable, Sendable {
  public let qubitCount: Int
  /// One basis state a shot, in the order drawn; qubit 0 is the most significant bit.
  public let outcomes: [Int]

  /// How often each outcome came up, by its bit string with qubit 0 first.
  public var counts: [String: Int] {
    var counts: [Int: Int] = [:]
    for outcome in outcomes { counts[outcome, default: 0] += 1 }
    return Dictionary(uniqueKeysWithValues: counts.map { (bitString($0.key), $0.value) })
  }

  /// The mean of Z on a qubit.
  public func meanZ(_ qubit: Int) -> Double {
    let shift = qubitCount - 1 - qubit
    let ones = outcomes.reduce(0) { $0 + ($1 >> shift & 1) }
    return 1 - 2 * Double(ones) / Double(max(1, outcomes.count))
  }

  private func bitString(_ outcome: Int) -> String {
    String((0..<qubitCount).map { outcome >> (qubitCount - 1 - $0) & 1 == 1 ? "1" : "0" })
  }
}

/// Draws basis states with the given probabilities by inverting their cumulative sum.
///
/// - Parameter probabilities: `[2ⁿ]`; the sum need not be exactly 1.
@_specialize(exported:true,where S == Double)
@_specialize(exported:true,where S == Float)
public func sample<S: Scalar>(
  _ probabilities: ArraySlice<S>, shots: Int, qubitCount: Int, using random: inout RandomStream
) -> Samples {
  var cumulative: [Double] = []
  cumulative.reserveCapacity(probabilities.count)
  var total = 0.0
  for probability in probabilities {
    total += Double(probability)
    cumulative.append(total)
  }
  var outcomes: [Int] = []
  outcomes.reserveCapacity(max(0, shots))
  for _ in 0..<max(0, shots) {
    let draw = random.uniform() * total
    var (low, high) = (0, cumulative.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > draw { high = middle } else { low = middle + 1 }
    }
    outcomes.append(low)
  }
  return Samples(qubitCount: qubitCount, outcomes: outcomes)
}
