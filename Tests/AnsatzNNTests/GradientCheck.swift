import AnsatzMath
import AnsatzNN
import Testing

/// Compares the tape's gradients with central differences, for every element of every input.
///
/// The output is contracted with fixed random weights, so that each of its elements counts.
func expectGradientsMatch(
  _ inputs: [Tensor<Double>], tolerance: Double = 1e-8,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ function: (_ tape: Tape<Double>, _ variables: [Variable<Double>]) throws -> Variable<Double>
) throws {
  var random = RandomStream(seed: 5, stream: "gradient check")
  let tape = Tape<Double>()
  let variables = inputs.map { tape.trainable($0) }
  let output = try function(tape, variables)
  let upstream = Tensor<Double>(
    shape: output.value.shape,
    elements: (0..<output.value.count).map { _ in random.uniform(in: -1..<1) })
  let gradients = try tape.gradients(of: output, upstream: upstream, withRespectTo: variables)

  func value(_ inputs: [Tensor<Double>]) throws -> Double {
    let tape = Tape<Double>()
    return try (function(tape, inputs.map { tape.constant($0) }).value * upstream).sum()
  }
  // Central differences with h = 1e-5: the error is about h² ≈ 1e-10 from curvature and
  // 1e-16 / h = 1e-11 from rounding.
  let h = 1e-5
  for (k, input) in inputs.enumerated() {
    #expect(gradients[k].shape == input.shape, sourceLocation: sourceLocation)
    for i in 0..<input.count {
      var (low, high) = (inputs, inputs)
      low[k].elements[i] -= h
      high[k].elements[i] += h
      let expected = try (value(high) - value(low)) / (2 * h)
      #expect(
        abs(gradients[k].elements[i] - expected) < tolerance, "input \(k), element \(i)",
        sourceLocation: sourceLocation)
    }
  }
}

/// A tensor of normal numbers.
func randomTensor(_ shape: [Int], seed: UInt64 = 1) -> Tensor<Double> {
  var random = RandomStream(seed: seed, stream: "test tensor")
  return Tensor(shape: shape, elements: (0..<shape.reduce(1, *)).map { _ in random.normal() })
}

/// The text of the error that the body throws.
func errorText(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch { return "\(error)" }
}
