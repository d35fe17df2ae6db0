import Ansatz

/// Two features in a second-order feature map, then a trained layer.
///
/// - Source: Havlíček et al., arXiv:1804.11326.
public func zzClassifier() throws -> Circuit {
  let x = Inputs("x", 2)
  return try Circuit("zz-classifier", qubits: 2) {
    for _ in 0..<2 {
      for q in 0..<2 {
        H(q)
        Phase(2 * x[q], on: q)
      }
      CNOT(control: 0, target: 1)
      Phase(2 * (.pi - x[0]) * (.pi - x[1]), on: 1)
      CNOT(control: 0, target: 1)
    }
    StronglyEntangling(layers: 2, on: 0..<2, prefix: "w")
  }
}
