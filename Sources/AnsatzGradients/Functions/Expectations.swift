import AnsatzCircuits
import AnsatzMath
import Numerics

extension StateFunction {
  /// `⟨ψ|O|ψ⟩`
  public static func expectation(of observable: any Observable) -> StateFunction {
    let sum = observable.pauliSum
    return StateFunction("<\(sum)>", qubits: qubits(of: sum)) { apply(sum, to: $0) }
  }

  /// `⟨ψ|O²|ψ⟩ - ⟨ψ|O|ψ⟩²`
  public static func variance(of observable: any Observable) -> StateFunction {
    let sum = observable.pauliSum
    return StateFunction(
      "Var(\(sum))", qubits: qubits(of: sum),
      value: { state in
        let image = apply(sum, to: state)
        let mean = innerProduct(state, image).real
        return innerProduct(image, image).real - mean * mean
      },
      linearized: { state in
        let mean = innerProduct(state, apply(sum, to: state)).real
        return { other in
          let image = apply(sum, to: other)
          return zip(apply(sum, to: image), image).map { $0 - 2 * mean * $1 }
        }
      })
  }

  private static func qubits(of sum: PauliSum) -> [Int] {
    Set(sum.terms.flatMap { $0.string.factors.map(\.qubit) }).sorted()
  }

  private static func apply(_ sum: PauliSum, to state: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: state.count)
    for term in sum.terms {
      var (x, z, factor) = (0, 0, Complex(term.coefficient))
      for part in term.string.factors {
        let bit = placeBit(part.qubit, ofNumbers: state.count)
        if part.pauli != .z { x |= bit }
        if part.pauli != .x { z |= bit }
        if part.pauli == .y { factor *= .i }
      }
      for j in 0..<state.count / 2 {
        let sign: Double = (j & z).nonzeroBitCount & 1 == 0 ? 1 : -1
        let (re, im) = (sign * state[2 * j], sign * state[2 * j + 1])
        result[2 * (j ^ x)] += factor.real * re - factor.imaginary * im
        result[2 * (j ^ x) + 1] += factor.real * im + factor.imaginary * re
      }
    }
    return result
  }
}
