import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator

/// A circuit with the values of its inputs and weights: where a function of the state is
/// differentiated.
public struct CircuitPoint: Sendable {
  /// The circuit, compiled.
  public let program: Program
  /// `[samples, inputCount]`
  public let inputs: Tensor<Double>
  /// `[weightCount]`
  public let weights: [Double]

  /// A batch of samples, at the same weights.
  public init(_ program: Program, inputs: Tensor<Double>, weights: [Double]) {
    self.program = program
    self.inputs = inputs
    self.weights = weights
  }

  /// One sample.
  public init(_ circuit: Circuit, inputs: [Double] = [], weights: [Double] = []) {
    self.init(
      Program(circuit), inputs: Tensor(shape: [1, inputs.count], elements: inputs),
      weights: weights)
  }

  /// The function's value for each sample.
  ///
  /// - Throws: `AnsatzError` for values that do not fit, or a function of other qubits.
  public func values(of function: StateFunction) throws -> [Double] {
    let (run, size) = (try self.run(), 2 << program.qubitCount)
    try function.check(qubitCount: program.qubitCount)
    let flat = try run.states(inserting: [Insertion?](repeating: nil, count: inputs.shape[0]))
    return try (0..<inputs.shape[0]).map {
      try function.value(Array(flat[$0 * size..<($0 + 1) * size]))
    }
  }

  /// Every sample once, as it is.
  func run() throws(AnsatzError) -> BatchRun<Double> {
    let values = try ProgramValues(program, inputs: inputs, weights: weights)
    return BatchRun(
      program, values: values, evaluations: (0..<inputs.shape[0]).map { Evaluation(sample: $0) },
      pool: .shared)
  }
}
