import AnsatzMath

/// How often reading a qubit gives the wrong bit.
///
/// The confusion matrix is `[[1 - a, b], [a, 1 - b]]`, rows what is read and columns what it was,
/// with a the probability to read 1 for 0 and b that to read 0 for 1.
///
/// Elsewhere: Qiskit's `ReadoutError` takes the transpose, rows what it was; PennyLane's
/// `readout_prob` and Cirq's `bit_flip` before a measurement have `a = b`.
public struct ReadoutError: Hashable, Sendable {
  /// The probability to read 1 where the qubit is 0.
  public let zeroAsOne: Double
  /// The probability to read 0 where the qubit is 1.
  public let oneAsZero: Double

  /// Every result read as it is.
  public static let none = ReadoutError(zeroAsOne: 0, oneAsZero: 0)

  /// The two ways to misread a bit.
  public init(zeroAsOne: Double, oneAsZero: Double) {
    self.zeroAsOne = zeroAsOne
    self.oneAsZero = oneAsZero
  }

  /// What is wrong with it, if anything.
  public var problem: String? {
    ChannelParameter("zeroAsOne").problem(ofShare: zeroAsOne)
      ?? ChannelParameter("oneAsZero").problem(ofShare: oneAsZero)
  }

  /// ⟨Z⟩ as it is read is `contrast · ⟨Z⟩ + offset`.
  public var contrast: Double { 1 - zeroAsOne - oneAsZero }
  /// What misreading adds to the mean of Z.
  public var offset: Double { oneAsZero - zeroAsOne }
}

/// The readout errors of the qubits of a circuit.
public struct ReadoutErrors: Hashable, Sendable {
  /// One for each qubit.
  public let errors: [ReadoutError]

  /// One error for each qubit.
  public init(_ errors: [ReadoutError]) { self.errors = errors }

  /// The most letters of a string that is read with errors of an offset: it becomes a sum of 2ᵏ.
  private static let largestWord = 16

  /// The observable whose exact expectation value is the one that is read: each letter P of a string
  /// is measured as a bit and becomes `contrast · P + offset`.
  ///
  /// - Throws: `AnsatzError` for strings so long that there are too many terms.
  public func read(_ observable: any Observable) throws(AnsatzError) -> PauliSum {
    var terms: [(Double, PauliString)] = []
    for term in observable.pauliSum.terms {
      var products: [(coefficient: Double, factors: [(Pauli, Int)])] = [(term.coefficient, [])]
      for factor in term.string.factors {
        let error = errors.indices.contains(factor.qubit) ? errors[factor.qubit] : .none
        let offsets = products.map { ($0.coefficient * error.offset, $0.factors) }
        products = products.map {
          ($0.coefficient * error.contrast, $0.factors + [(factor.pauli, factor.qubit)])
        }
        if error.offset != 0 { products += offsets }
        guard products.count <= 1 << Self.largestWord else {
          throw AnsatzError(
            .unavailable,
            "\(term.string) read with errors is a sum of more than \(1 << Self.largestWord) strings; "
              + "measure strings of at most \(Self.largestWord) letters")
        }
      }
      terms += products.map { ($0.coefficient, PauliString($0.factors)) }
    }
    return PauliSum(terms)
  }

  /// The distribution of what is read, from that of what is there, `[2ⁿ]`.
  public func read(_ probabilities: [Double]) -> [Double] {
    var result = probabilities
    for (qubit, error) in errors.enumerated() where error != .none {
      let bit = 1 << (errors.count - 1 - qubit)
      for j in result.indices where j & bit == 0 && j | bit < result.count {
        let (zero, one) = (result[j], result[j | bit])
        result[j] = (1 - error.zeroAsOne) * zero + error.oneAsZero * one
        result[j | bit] = error.zeroAsOne * zero + (1 - error.oneAsZero) * one
      }
    }
    return result
  }

  /// Reads outcomes with errors.
  public func read(_ outcomes: [Int], using random: inout RandomStream) -> [Int] {
    let count = errors.count
    return outcomes.map { outcome in
      var result = outcome
      for (qubit, error) in errors.enumerated() where error != .none {
        let bit = 1 << (count - 1 - qubit)
        let probability = outcome & bit == 0 ? error.zeroAsOne : error.oneAsZero
        if random.uniform() < probability { result ^= bit }
      }
      return result
    }
  }
}
