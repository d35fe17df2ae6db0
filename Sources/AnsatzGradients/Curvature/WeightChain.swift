import AnsatzMath
import AnsatzSimulator

/// How some gate parameters depend on the weights, to second order, at one sample.
struct WeightChain {
  /// `[parameters, weights]`
  private let jacobian: Tensor<Double>
  private let seconds: [(parameter: Int, first: Int, second: Int, value: Double)]

  /// - Parameter parameters: Each an angle of the program's list, and what part of it the parameter
  ///   is: a parameter that moves an angle by half as much has the scale 0.5.
  /// - Throws: `AnsatzError` where a derivative of an angle is infinite.
  init(
    _ program: Program, _ values: ProgramValues<Double>, sample: Int,
    parameters: [(occurrence: Int, scale: Double)]
  ) throws(AnsatzError) {
    try values.checkPartials(of: program, weights: true, inputs: false)
    let count = program.weightCount
    var elements = [Double](repeating: 0, count: parameters.count * count)
    var seconds: [(parameter: Int, first: Int, second: Int, value: Double)] = []
    let row = Array(values.inputs.row(sample))
    row.withUnsafeBufferPointer { row in
      values.weights.withUnsafeBufferPointer { weights in
        for (index, (occurrence, scale)) in parameters.enumerated() {
          let angle = program.angles[occurrence]
          for (weight, partial) in angle.weightPartials {
            elements[index * count + weight] = partial.value(inputs: row, weights: weights) / scale
          }
          for (first, second, partial) in angle.weightSeconds {
            seconds.append(
              (index, first, second, partial.value(inputs: row, weights: weights) / scale))
          }
        }
      }
    }
    jacobian = Tensor(shape: [parameters.count, count], elements: elements)
    self.seconds = seconds
  }

  /// `Jᵀ M J`, from parameters to weights.
  func congruence(_ matrix: Tensor<Double>) -> Tensor<Double> {
    matrixProduct(jacobian, matrixProduct(matrix, jacobian), transposeA: true)
  }

  /// `[rows, parameters] → [rows, weights]`
  func transported(_ rows: Tensor<Double>) -> Tensor<Double> { matrixProduct(rows, jacobian) }

  func gradient(_ derivatives: [Double]) -> [Double] {
    transported(Tensor(shape: [1, derivatives.count], elements: derivatives)).elements
  }

  /// `Jᵀ H J + Σ_p g_p ∂²p`
  func hessian(_ matrix: Tensor<Double>, gradient: [Double]) -> Tensor<Double> {
    var result = congruence(matrix)
    for (parameter, first, second, value) in seconds {
      result[first, second] += gradient[parameter] * value
    }
    return result
  }
}
