import AnsatzMath
import Numerics

extension ComplexMatrix {
  /// A matrix on some qubits as one on all of them, entry by entry; qubit 0 most significant.
  public func embedded(on qubits: [Int], of count: Int) -> ComplexMatrix {
    let size = 1 << count
    var large = ComplexMatrix.diagonal([Complex<Double>](repeating: 0, count: size))
    func part(_ index: Int) -> Int {
      qubits.reduce(0) { 2 * $0 + (index >> (count - 1 - $1) & 1) }
    }
    let others = qubits.reduce(size - 1) { $0 & ~(1 << (count - 1 - $1)) }
    for i in 0..<size {
      for j in 0..<size where i & others == j & others { large[i, j] = self[part(i), part(j)] }
    }
    return large
  }

  /// exp(A) by its series, after halving A until its entries are small.
  public func exponential() -> ComplexMatrix {
    let halvings = 6
    let small = Complex(1 / Double(1 << halvings)) * self
    var term = ComplexMatrix.identity(rows)
    var sum = term
    for k in 1...24 {
      term = Complex(1 / Double(k)) * (term * small)
      sum = sum + term
    }
    for _ in 0..<halvings { sum = sum * sum }
    return sum
  }
}
