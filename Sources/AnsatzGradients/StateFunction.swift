import AnsatzCircuits
import AnsatzMath
import Numerics

/// A real function of a circuit's final state that can be differentiated: an expectation value, a
/// variance, a probability, an entropy, a fidelity.
///
/// At a given state every one of them has a Hermitian E with `dF = Tr(E dρ)`. The methods that shift
/// gates or measure overlaps take E as it is at the point and differentiate its expectation value,
/// which is exact; finite differences and SPSA use the values alone.
public struct StateFunction: Sendable {
  /// Real and imaginary parts in turn; qubit 0 is the most significant bit of the place.
  typealias State = [Double]
  typealias Operator = @Sendable (State) -> State

  /// What messages call it.
  public let name: String
  let qubits: [Int]
  /// The one number of qubits it takes, if not any that has those.
  var qubitCount: Int?
  let value: @Sendable (State) throws -> Double
  /// From a state, E as what it does to states.
  let linearized: @Sendable (State) throws -> Operator

  init(
    _ name: String, qubits: [Int], value: @escaping @Sendable (State) throws -> Double,
    linearized: @escaping @Sendable (State) throws -> Operator
  ) {
    self.name = name
    self.qubits = qubits
    self.value = value
    self.linearized = linearized
  }

  /// A function that is linear in ρ.
  init(_ name: String, qubits: [Int], linear: @escaping Operator) {
    self.init(name, qubits: qubits, value: { meanValue(linear, in: $0) }) { _ in linear }
  }

  func check(qubitCount: Int) throws(AnsatzError) {
    if let own = self.qubitCount, own != qubitCount {
      throw AnsatzError(
        .usage, "\(name): the state has \(own) qubits, but this circuit has \(qubitCount)")
    }
    if let qubit = qubits.first(where: { !(0..<qubitCount).contains($0) }) {
      throw AnsatzError(
        .usage,
        "\(name): qubit \(qubit) is out of range; this circuit has qubits 0...\(qubitCount - 1)")
    }
    if Set(qubits).count < qubits.count {
      throw AnsatzError(.usage, "\(name): a qubit is named twice")
    }
  }

  /// `a·F + b·G`
  public static func combination(
    _ a: Double, _ first: StateFunction, _ b: Double, _ second: StateFunction, name: String
  ) -> StateFunction {
    StateFunction(
      name, qubits: Set(first.qubits + second.qubits).sorted(),
      value: { a * (try first.value($0)) + b * (try second.value($0)) },
      linearized: { state in
        let (left, right) = (try first.linearized(state), try second.linearized(state))
        return { other in zip(left(other), right(other)).map { a * $0 + b * $1 } }
      })
  }
}

/// `⟨ψ|E|ψ⟩`
func meanValue(_ apply: StateFunction.Operator, in state: [Double]) -> Double {
  innerProduct(state, apply(state)).real
}

/// `⟨a|b⟩`
func innerProduct(_ a: [Double], _ b: [Double]) -> Complex<Double> {
  var (re, im) = (0.0, 0.0)
  for i in stride(from: 0, to: a.count, by: 2) {
    re += a[i] * b[i] + a[i + 1] * b[i + 1]
    im += a[i] * b[i + 1] - a[i + 1] * b[i]
  }
  return Complex(re, im)
}

/// The bit of a qubit in the places of a state of that many numbers.
func placeBit(_ qubit: Int, ofNumbers count: Int) -> Int {
  count >> (qubit + 2)
}
