import AnsatzMath
import AnsatzNN
import Testing

/// An operation on inputs of certain shapes, in either precision, with what the laws need to know.
struct OperationExample: CustomTestStringConvertible, Sendable {
  let operation: TestedOperation
  let shapes: [[Int]]
  /// Numbers above 0.2, for logarithms and roots.
  var isPositive: Bool { operation.takesPositiveNumbers }

  var testDescription: String { "\(operation) of \(shapes)" }

  /// Inputs without ties, so that differences do not step over a corner.
  func inputs(seed: UInt64) -> [Tensor<Double>] {
    shapes.enumerated().map { index, shape in
      var tensor = randomTensor(shape, seed: seed * 31 + UInt64(index))
      if isPositive { tensor.elements = tensor.elements.map { 0.2 + abs($0) } }
      return tensor
    }
  }

  /// The output and its gradients in the inputs that are trainable, contracted with fixed weights.
  func result<S: Scalar>(
    _ inputs: [Tensor<S>], trainable: [Bool]
  ) throws -> (value: Tensor<S>, gradients: [Tensor<S>?]) {
    let tape = Tape<S>()
    let variables = zip(inputs, trainable).map { $1 ? tape.trainable($0) : tape.constant($0) }
    let output = try operation.apply(tape, variables)
    var random = RandomStream(seed: 11, stream: "upstream")
    let upstream = Tensor<S>(
      shape: output.value.shape,
      elements: (0..<output.value.count).map { _ in S(random.uniform(in: -1..<1)) })
    let chosen = variables.indices.filter { trainable[$0] }
    let gradients = try tape.gradients(
      of: output, upstream: upstream, withRespectTo: chosen.map { variables[$0] })
    var result = [Tensor<S>?](repeating: nil, count: inputs.count)
    for (index, gradient) in zip(chosen, gradients) { result[index] = gradient }
    return (output.value, result)
  }
}

/// Whether two tensors have one shape and are within the tolerance, relative above 1.
func isClose<S: Scalar, T: Scalar>(_ a: Tensor<S>, _ b: Tensor<T>, _ tolerance: Double) -> Bool {
  a.shape == b.shape
    && zip(a.elements, b.elements).allSatisfy {
      abs(Double($0) - Double($1)) <= tolerance * max(1, abs(Double($1)))
    }
}

/// What holds of every operation, whatever its shapes.
@Suite struct OperationLaws {
  @Test("gradients are those of central differences", arguments: TestedOperation.examples)
  func gradients(example: OperationExample) throws {
    // Slopes up to some tens make the error of differences larger than the usual 1e-10.
    try expectGradientsMatch(example.inputs(seed: 1), tolerance: 1e-7) {
      try example.operation.apply($0, $1)
    }
  }

  @Test("single precision agrees with double precision", arguments: TestedOperation.examples)
  func precisions(example: OperationExample) throws {
    let inputs = example.inputs(seed: 2)
    let all = inputs.map { _ in true }
    let exact = try example.result(inputs, trainable: all)
    let single = try example.result(inputs.map { $0.converted(to: Float.self) }, trainable: all)
    // Some tens of roundings of 6e-8 each, amplified by slopes up to some tens.
    #expect(isClose(single.value, exact.value, 1e-4))
    for (gradient, expected) in zip(single.gradients, exact.gradients) {
      #expect(isClose(try #require(gradient), try #require(expected), 1e-3))
    }
  }

  @Test(
    "an input's gradient does not depend on which others are asked for",
    arguments: TestedOperation.examples)
  func subsets(example: OperationExample) throws {
    let inputs = example.inputs(seed: 3)
    let full = try example.result(inputs, trainable: inputs.map { _ in true })
    for subset in 0..<(1 << inputs.count) {
      let trainable = inputs.indices.map { subset >> $0 & 1 == 1 }
      let part = try example.result(inputs, trainable: trainable)
      #expect(part.value == full.value)
      for index in inputs.indices where trainable[index] {
        #expect(part.gradients[index] == full.gradients[index])
      }
    }
  }

  @Test("every operation has examples")
  func isComplete() {
    let tried = Set(TestedOperation.examples.map(\.operation))
    #expect(tried == Set(TestedOperation.allCases))
  }
}
