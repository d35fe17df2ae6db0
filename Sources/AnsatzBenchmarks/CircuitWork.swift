import Ansatz

/// What circuit workloads do with their circuit: a training step on a batch, or the energy of one
/// state and its gradient.
struct CircuitWork {
  let circuit: Circuit

  /// Loss, weight and input gradients of a batch.
  ///
  /// Outputs `z(b, i) = ⟨Z_i⟩`; the loss is the mean over b and i of `(z(b, i) - t(b, i))²`, with
  /// `t(b, i) = 1` if `b + i` is even, else -1.
  func trainingStep<S: Scalar>(
    batch: Int, fields: [(String, Int)], timing: Timing, precision: S.Type
  ) throws -> Report {
    let n = circuit.qubitCount
    let program = Program(circuit)
    let observables = try CompiledObservables((0..<n).map { Z($0) }, qubitCount: n)
    let weights = Formula.weights(circuit.weightCount, as: S.self)
    let inputs: Tensor<S> = inputs(batch: batch)
    let targets = (0..<batch * n).map { S(($0 / n + $0 % n) % 2 == 0 ? 1 : -1) }
    let method = Adjoint()
    let (result, times) = try timing.measure {
      let pass = try program.forward(
        observables, inputs: inputs, weights: weights, keepStates: true)
      let (loss, upstream) = squaredError(pass.expectations, targets)
      let gradient = try method.gradient(
        of: pass, upstream: upstream, request: GradientRequest())
      return (loss, gradient)
    }
    return Report(
      fields: fields, times: times,
      check: [
        ("loss", result.0), ("wgrad", Formula.norm(result.1.weights)),
        ("xgrad", Formula.norm(result.1.inputs?.elements ?? [])),
      ],
      floor: program.planDescription(observables)?.measuredFloor(
        samples: batch, gradient: true, precision: S.self))
  }

  /// The energy of `H = -Σ Z_i Z_{i+1} - Σ X_i` and its gradient in all weights; inputs, if the
  /// circuit reads any, are those of sample 0.
  func energyGradient<S: Scalar>(
    fields: [(String, Int)], timing: Timing, precision: S.Type
  ) throws -> Report {
    let n = circuit.qubitCount
    let energy = PauliSum(
      (0..<n - 1).map { (-1, PauliString([(.z, $0), (.z, $0 + 1)])) }
        + (0..<n).map { (-1, PauliString([(.x, $0)])) })
    let program = Program(circuit)
    let observables = try CompiledObservables([energy], qubitCount: n)
    let weights = Formula.weights(circuit.weightCount, as: S.self)
    let inputs: Tensor<S> = inputs(batch: 1)
    let (result, times) = try timing.measure {
      let pass = try program.forward(
        observables, inputs: inputs, weights: weights, keepStates: true)
      let gradient = try Adjoint().gradient(
        of: pass, upstream: Tensor(repeating: 1, shape: [1, 1]),
        request: GradientRequest(weights: true, inputs: false))
      return (Double(pass.expectations.elements[0]), gradient.weights)
    }
    return Report(
      fields: fields, times: times,
      check: [("energy", result.0), ("grad", Formula.norm(result.1))],
      floor: program.planDescription(observables)?.measuredFloor(
        samples: 1, gradient: true, precision: S.self))
  }

  /// The training step of a batch, or with a batch of one the energy gradient.
  func either<S: Scalar>(
    batch: Int, timing: Timing, precision: S.Type
  ) throws -> Report {
    let fields = [("n", circuit.qubitCount), ("batch", batch)]
    return batch == 1
      ? try energyGradient(fields: fields, timing: timing, precision: S.self)
      : try trainingStep(batch: batch, fields: fields, timing: timing, precision: S.self)
  }

  private func inputs<S: Scalar>(batch: Int) -> Tensor<S> {
    let count = circuit.inputCount
    return Tensor(
      shape: [batch, count], elements: (0..<batch * count).map { S(Formula.input($0)) })
  }
}

/// The mean squared error and its derivative in the values.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func squaredError<S: Scalar>(
  _ values: Tensor<S>, _ targets: [S]
) -> (Double, Tensor<S>) {
  var upstream = values
  var total = 0.0
  let scale = 2 / S(values.count)
  for i in 0..<values.count {
    let difference = values.elements[i] - targets[i]
    total += Double(difference * difference)
    upstream.elements[i] = scale * difference
  }
  return (total / Double(values.count), upstream)
}
