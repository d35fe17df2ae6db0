import AnsatzMath

/// Turns the last axis into probabilities: `yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)`.
///
/// The cross-entropy loss takes the values *before* a softmax; a network trained with it should not
/// end in this layer.
public struct Softmax: Activation {
  /// The function as it stands in the formula.
  public init() {}

  public var name: String { "softmax" }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    let tape = pass.tape
    return tape.alongLastAxis(input) { rows in
      let y = softmax(rows.value)
      return tape.record(y, parents: [rows]) { upstream, _ in [softmaxGradient(y, upstream)] }
    }
  }
}

/// The softmax of every row, shifted by the row's largest value so that nothing overflows.
@_specialize(where S == Double)
@_specialize(where S == Float)
func softmax<S: Scalar>(_ x: Tensor<S>) -> Tensor<S> {
  var y = x
  let width = x.rowSize
  y.elements.withUnsafeMutableBufferPointer { y in
    for start in stride(from: 0, to: y.count, by: max(1, width)) {
      let row = start..<start + width
      var largest = y[start]
      for i in row where y[i] > largest { largest = y[i] }
      var total: S = 0
      for i in row {
        y[i] = .exp(y[i] - largest)
        total += y[i]
      }
      for i in row { y[i] /= total }
    }
  }
  return y
}

/// `gᵢ ← yᵢ (gᵢ - Σⱼ gⱼ yⱼ)` in every row.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func softmaxGradient<S: Scalar>(_ y: Tensor<S>, _ upstream: Tensor<S>) -> Tensor<S> {
  var gradient = upstream
  let width = y.rowSize
  for start in stride(from: 0, to: y.count, by: max(1, width)) {
    var mean: S = 0
    for i in start..<start + width { mean += upstream.elements[i] * y.elements[i] }
    for i in start..<start + width {
      gradient.elements[i] = y.elements[i] * (upstream.elements[i] - mean)
    }
  }
  return gradient
}
