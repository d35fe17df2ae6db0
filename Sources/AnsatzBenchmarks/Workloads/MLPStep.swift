import Ansatz

/// One Adam step of a small classical network.
struct MLPStep: Workload {
  let name = "mlp-step"
  let summary = "batch: one Adam step of a 64-128-128-10 network"
  let sizes = ["64"]
  let precisions = ["f32", "f64"]
  let expected = ["64": ["loss": 2.250120139957181]]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let batch = size[0]
    let start = try network(S.self)
    let inputs = Tensor<S>(
      shape: [batch, 64], elements: (0..<batch * 64).map { S(Formula.input($0) / .pi) })
    let loss = CrossEntropy()
    let targets: Tensor<S> = loss.targets(
      labels: (0..<batch).map { $0 % 10 }, classes: 10)
    let optimizer = Adam()
    var context = ForwardContext.inference

    func step(_ network: inout Network<S>, _ states: inout [OptimizerState<S>]) throws {
      let result = try network.lossAndGradients(
        loss, inputs: inputs, targets: targets, context: &context)
      network.update(
        along: result.gradients, with: optimizer, states: &states, learningRate: 0.001)
    }

    var network = start
    var states = network.makeStates(for: optimizer)
    for _ in 0..<10 { try step(&network, &states) }
    let final = try network.lossAndGradients(
      loss, inputs: inputs, targets: targets, context: &context
    ).loss
    let ((), times) = try timing.measure { try step(&network, &states) }
    return Report(
      fields: [("n", 64), ("batch", batch)], times: times, check: [("loss", final)])
  }

  private func network<S: Scalar>(_ type: S.Type) throws -> Network<S> {
    let layers = Sequential {
      Dense(128)
      ReLU()
      Dense(128)
      ReLU()
      Dense(10)
    }
    var network = try Network<S>(layers, inputs: 64, seed: 0)
    for parameter in network.parameters {
      guard parameter.tensor.rank == 2 else { continue }
      let values = (0..<parameter.tensor.count).map {
        S((Formula.fraction(Double($0 + 1) * 0.6180339887498949) - 0.5) * 0.2)
      }
      try network.setParameter(
        parameter.name, to: Tensor(shape: parameter.tensor.shape, elements: values))
    }
    return network
  }
}
