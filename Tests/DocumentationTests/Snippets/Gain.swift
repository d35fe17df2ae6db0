import Ansatz

/// Multiplies by a trainable gain along the last axis: `y = g ∘ x`, with `gain` of shape `[width]`.
public struct Gain: Layer {
  public init() {}

  public var name: String { "gain" }

  public func makeParameters(
    for input: Shape, using random: inout RandomStream
  ) throws -> [Parameter] {
    [Parameter("gain", Tensor(repeating: 1, shape: [input.width]))]
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    let (x, gain) = (input.value, parameters[0].value)
    return pass.tape.record(scaled(x, by: gain), parents: [input, parameters[0]]) {
      upstream, needed in
      [
        needed[0] ? scaled(upstream, by: gain) : nil,
        needed[1] ? summed(upstream * x, width: gain.count) : nil,
      ]
    }
  }

  public static var examples: [LayerExample] {
    [LayerExample(Gain(), [3]), LayerExample(Gain(), [2, 3])]
  }
}

private func scaled<S: Scalar>(_ x: Tensor<S>, by gain: Tensor<S>) -> Tensor<S> {
  var result = x
  for i in 0..<x.count { result.elements[i] *= gain.elements[i % gain.count] }
  return result
}

private func summed<S: Scalar>(_ x: Tensor<S>, width: Int) -> Tensor<S> {
  var result = Tensor<S>(shape: [width])
  for i in 0..<x.count { result.elements[i % width] += x.elements[i] }
  return result
}
