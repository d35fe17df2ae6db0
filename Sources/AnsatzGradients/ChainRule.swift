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
  func gradient(angleDerivatives: [Double], evaluations: Int) -> CircuitGradient<S> {
    let samples = values.inputs.shape[0]
    let (inputCount, angleCount) = (program.inputCount, program.angles.count)
    var weights = [Double](repeating: 0, count: request.weights ? program.weightCount : 0)
    var inputs = [Double](repeating: 0, count: request.inputs ? samples * inputCount : 0)
    values.weights.withUnsafeBufferPointer { weightValues in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, inputCount)) { row in
        let rowValues = UnsafeBufferPointer(row)
        for sample in 0..<samples {
          for i in 0..<inputCount {
            row[i] = Double(values.inputs.elements[sample * inputCount + i])
          }
          for (index, angle) in program.angles.enumerated() {
            let derivative = angleDerivatives[sample * angleCount + index]
            if request.weights {
              for (weight, partial) in angle.weightPartials {
                weights[weight] +=
                  derivative * partial.value(inputs: rowValues, weights: weightValues)
              }
            }
            if request.inputs {
              for (input, partial) in angle.inputPartials {
                inputs[sample * inputCount + input] +=
                  derivative * partial.value(inputs: rowValues, weights: weightValues)
              }
            }
          }
        }
      }
    }
    return CircuitGradient(
      weights: weights.map { S($0) },
      inputs: request.inputs
        ? Tensor(shape: [samples, inputCount], elements: inputs.map { S($0) }) : nil,
      evaluations: evaluations)
  }
}
