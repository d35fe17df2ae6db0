import AnsatzCircuits
import AnsatzMath
import Numerics

/// One state vector whose memory is kept between runs.
///
/// For large states: running again costs no allocation and no copy.
public final class StateBuffer<S: Scalar> {
  public let qubitCount: Int
  private let memory: AlignedBuffer<S>
  private let pool: ThreadPool

  /// - Throws: `AnsatzError` if the state does not fit into memory.
  public init(qubitCount: Int, pool: ThreadPool = .shared) throws(AnsatzError) {
    guard (1...Circuit.maximumQubitCount).contains(qubitCount) else {
      throw AnsatzError(
        .usage, "\(qubitCount) qubits; a state has 1...\(Circuit.maximumQubitCount)")
    }
    let (bytes, overflow) = MemoryLayout<S>.stride.multipliedReportingOverflow(
      by: 2 << qubitCount)
    try MemoryLimit.check(bytes: overflow ? -1 : bytes, qubits: qubitCount)
    self.qubitCount = qubitCount
    self.pool = pool
    memory = AlignedBuffer(count: 2 << qubitCount)
    amplitudes.setToZeroState()
  }

  /// Overwrites the state with the final state of a circuit run from |0…0⟩.
  ///
  /// - Parameter inputs: One sample.
  public func run(
    _ program: Program, inputs: [S] = [], weights: [S] = []
  ) throws(AnsatzError) {
    guard program.qubitCount == qubitCount else {
      throw AnsatzError(
        .usage, "a circuit of \(program.qubitCount) qubits does not fit a state of \(qubitCount)")
    }
    let values = try ProgramValues(
      program, inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights)
    let runner = BlockRunner<S>(program, values: values)
    let block = [Evaluation(sample: 0)][...]
    try runner.forward(amplitudes, block: block, coefficients: runner.coefficients(for: block))
  }

  /// The amplitude of a basis state; qubit 0 is the most significant bit.
  public subscript(index: Int) -> Complex<S> {
    precondition((0..<1 << qubitCount).contains(index))
    return Complex(memory.pointer[2 * index], memory.pointer[2 * index + 1])
  }

  public func expectation(of observable: any Observable) throws(CircuitError) -> Double {
    let compiled = try CompiledObservables([observable], qubitCount: qubitCount)
    return Double(compiled.expectations(in: amplitudes)[0])
  }

  private var amplitudes: Amplitudes<S> {
    Amplitudes(
      pointer: memory.pointer, qubitCount: qubitCount,
      pool: qubitCount >= 14 ? pool : nil)
  }
}
