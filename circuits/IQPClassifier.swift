import Ansatz

/// Three features in an IQP embedding, then two strongly entangling layers.
///
/// - Source: Havlíček et al., arXiv:1804.11326.
public func iqpClassifier() throws -> Circuit {
  let x = Inputs("x", 3)
  return try Circuit("iqp-classifier", qubits: 3) {
    IQPEmbedding(x, on: 0..<3)
    StronglyEntangling(layers: 2, on: 0..<3)
  }
}
