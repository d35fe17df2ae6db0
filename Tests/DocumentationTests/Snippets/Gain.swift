import Ansatz

/// Multiplies every value by a trainable gain: `y = g ∘ x`, with `gain` of shape `[inputs]`.
public struct Gain: Layer {
  public init() {}

  public var name: String { "gain" }

  public func initialParameters(
    inputCount: Int, using random: inout RandomStream
  ) throws -> [Parameter] {
    [Parameter("gain", Tensor(repeating: 1, shape: [inputCount]))]
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, parameters: [Variable<S>], on tape: Tape<S>, context: inout ForwardContext
  ) throws -> Variable<S> {
    let (x, gain) = (input.value, parameters[0].value)
    return tape.record(scaledRows(x, by: gain), parents: [input, parameters[0]]) {
      upstream, needed in
      [
        needed[0] ? scaledRows(upstream, by: gain) : nil,
        needed[1] ? (upstream * x).sumOverRows() : nil,
      ]
    }
  }
}

private func scaledRows<S: Scalar>(_ x: Tensor<S>, by gain: Tensor<S>) -> Tensor<S> {
  var result = x
  for i in 0..<x.count { result.elements[i] *= gain.elements[i % gain.count] }
  return result
}
