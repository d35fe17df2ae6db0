import AnsatzMath
import AnsatzSimulator

/// Takes derivatives in the angles to derivatives in weights and inputs.
///
/// All sums run over samples in order, so they do not depend on how the batch was cut up.
struct ChainRule<S: Scalar> {
  let program: Program
  let values: ProgramValues<S>
  let request: GradientRequest

  /// - Parameter angleDerivatives: `[samples × angles]`, the upstream gradient folded in.
  /// - Throws: `AnsatzError` where an angle's derivative is infinite, as that of acos at ±1.
  func gradient(
    angleDerivatives: [Double], evaluations: Int
  ) throws(AnsatzError) -> CircuitGradient<S> {
    try values.checkPartials(of: program, weights: request.weights, inputs: request.inputs)
    let samples = values.inputs.shape[0]
    var weights = [Double](repeating: 0, count: request.weights ? program.weightCount : 0)
    var inputs = [Double](repeating: 0, count: request.inputs ? samples * program.inputCount : 0)
    addConstantPartials(angleDerivatives, samples: samples, weights: &weights, inputs: &inputs)
    addOtherPartials(angleDerivatives, samples: samples, weights: &weights, inputs: &inputs)
    return CircuitGradient(
      weights: scalars(weights),
      inputs: request.inputs
        ? Tensor(shape: [samples, program.inputCount], elements: scalars(inputs)) : nil,
      evaluations: evaluations)
  }

  /// Angles that are sums of multiples of inputs and weights: the common case.
  private func addConstantPartials(
    _ derivatives: [Double], samples: Int, weights: inout [Double], inputs: inout [Double]
  ) {
    let (angleCount, inputCount) = (program.angles.count, program.inputCount)
    if request.weights {
      var totals = [Double](repeating: 0, count: angleCount)
      for sample in 0..<samples {
        for index in 0..<angleCount { totals[index] += derivatives[sample * angleCount + index] }
      }
      for (index, angle) in program.angles.enumerated() where angle.hasConstantPartials {
        for (weight, partial) in angle.weightPartials {
          weights[weight] += totals[index] * (partial.constantValue ?? 0)
        }
      }
    }
    guard request.inputs else { return }
    for (index, angle) in program.angles.enumerated() where angle.hasConstantPartials {
      for (input, partial) in angle.inputPartials {
        let factor = partial.constantValue ?? 0
        for sample in 0..<samples {
          inputs[sample * inputCount + input] +=
            factor * derivatives[sample * angleCount + index]
        }
      }
    }
  }

  /// Angles whose partial derivatives depend on the values.
  private func addOtherPartials(
    _ derivatives: [Double], samples: Int, weights: inout [Double], inputs: inout [Double]
  ) {
    let others = program.angles.enumerated().filter { !$0.element.hasConstantPartials }
    guard !others.isEmpty else { return }
    let (angleCount, inputCount) = (program.angles.count, program.inputCount)
    values.weights.withUnsafeBufferPointer { weightValues in
      for sample in 0..<samples {
        let row = values.inputs.row(sample).map { Double($0) }
        row.withUnsafeBufferPointer { row in
          for (index, angle) in others {
            let derivative = derivatives[sample * angleCount + index]
            if request.weights {
              for (weight, partial) in angle.weightPartials {
                weights[weight] += derivative * partial.value(inputs: row, weights: weightValues)
              }
            }
            if request.inputs {
              for (input, partial) in angle.inputPartials {
                inputs[sample * inputCount + input] +=
                  derivative * partial.value(inputs: row, weights: weightValues)
              }
            }
          }
        }
      }
    }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func scalars<S: Scalar>(_ values: [Double]) -> [S] { values.map { S($0) } }

extension ChainRule {
  /// The standard errors of the weights' derivatives, from independent errors of the angles'.
  ///
  /// - Parameter angleVariances: `[samples × angles]`
  func weightErrors(angleVariances: [Double]) -> [Double] {
    var variances = [Double](repeating: 0, count: program.weightCount)
    let angleCount = program.angles.count
    for sample in 0..<values.inputs.shape[0] {
      let jacobian = weightJacobian(sample: sample)
      for angle in 0..<angleCount {
        for (weight, partial) in jacobian[angle] {
          variances[weight] += partial * partial * angleVariances[sample * angleCount + angle]
        }
      }
    }
    return variances.map { $0.squareRoot() }
  }

  /// For each angle its partial derivatives in weights.
  func weightJacobian(sample: Int) -> [[(weight: Int, partial: Double)]] {
    let row = values.inputs.row(sample).map { Double($0) }
    return row.withUnsafeBufferPointer { row in
      values.weights.withUnsafeBufferPointer { weights in
        program.angles.map { angle in
          angle.weightPartials.map { ($0.weight, $0.partial.value(inputs: row, weights: weights)) }
        }
      }
    }
  }
}
