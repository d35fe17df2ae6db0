import Ansatz

/// Four features on two qubits, uploaded in each of three trained layers.
///
/// - Source: Pérez-Salinas et al., arXiv:1907.02085.
public func reuploadingClassifier() throws -> Circuit {
  let x = Inputs("x", 4)
  return try Circuit("reuploading-classifier", qubits: 2) {
    DataReuploading(x, layers: 3, on: 0..<2)
  }
}
