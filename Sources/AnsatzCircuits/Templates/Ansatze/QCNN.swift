/// A quantum convolutional network: convolution and pooling in turn until one qubit, the first,
/// remains.
///
/// It has `⌈log₂ qubits⌉` levels, each with weights of its own. Weights: `prefix.convolution` of
/// shape `[levels, k]`, k = 15 for the general block and 2 for the real one, and `prefix.pooling` of
/// shape `[levels, 2]`. Measure the first qubit.
///
/// - Source: Cong, Choi and Lukin, arXiv:1810.03787; Hur, Kim and Park, arXiv:2108.00661.
public struct QCNN: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(on qubits: some Sequence<Int>, block: PairBlock = .general, prefix: String = "qcnn") {
    var list = Array(qubits)
    let levels = list.isEmpty ? 0 : Int.bitWidth - (list.count - 1).leadingZeroBitCount
    let convolution = Weights("\(prefix).convolution", levels, block.weightCount)
    let pooling = Weights("\(prefix).pooling", levels, 2)
    var result: [CircuitOperation] = []
    for level in 0..<levels {
      result += QCNNConvolution.operations(on: list, block: block) { convolution[level, $0] }
      let pool = QCNNPooling(on: list) { pooling[level, $0] }
      result += pool.operations
      list = pool.remaining
    }
    operations = result
  }
}
