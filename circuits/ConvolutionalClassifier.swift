import Ansatz

/// Four features in a quantum convolutional network: a layer of shared two-qubit blocks, a pooling
/// layer that leaves two qubits, and the same again; qubit 3 is measured.
///
/// - Source: Cong, Choi and Lukin, arXiv:1810.03787.
public func convolutionalClassifier() throws -> Circuit {
  let x = Inputs("x", 4)
  let convolution = Weights("convolution", 2, 5)
  let pooling = Weights("pooling", 2, 2)
  func convolve(_ layer: Int, _ a: Int, _ b: Int) -> [CircuitOperation] {
    RY(convolution[layer, 0], on: a).operations + RY(convolution[layer, 1], on: b).operations
      + RZZ(convolution[layer, 2], a, b).operations
      + RXX(convolution[layer, 3], a, b).operations
      + RYY(convolution[layer, 4], a, b).operations
  }
  func pool(_ layer: Int, from a: Int, to b: Int) -> [CircuitOperation] {
    CRZ(pooling[layer, 0], control: a, target: b).operations
      + Controlled(whenZero: a) { RX(pooling[layer, 1], on: b) }.operations
  }
  return try Circuit("convolutional-classifier", qubits: 4) {
    for q in 0..<4 { RY(.pi * x[q], on: q) }
    for (a, b) in [(0, 1), (2, 3), (1, 2), (3, 0)] { OperationList(convolve(0, a, b)) }
    OperationList(pool(0, from: 0, to: 1))
    OperationList(pool(0, from: 2, to: 3))
    OperationList(convolve(1, 1, 3))
    OperationList(pool(1, from: 1, to: 3))
  }
}
