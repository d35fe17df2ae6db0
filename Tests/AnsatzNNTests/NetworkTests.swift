import AnsatzMath
import AnsatzNN
import AnsatzOptimizers
import Testing

@Suite struct NetworkTests {
  @Test("the builder takes loops, conditions and nested sequentials")
  func builder() throws {
    func make(dropout: Bool) -> Sequential {
      let head = Sequential {
        Dense(2)
        Bias()
      }
      return Sequential {
        for width in [8, 4] {
          Dense(width)
          ReLU()
        }
        if dropout { Dropout(0.5) }
        if dropout { Tanh() } else { Scale(by: 2) }
        head
      }
    }
    let names = ["dense", "relu", "dense", "relu"]
    #expect(make(dropout: true).layers.map(\.name) == names + ["dropout", "tanh", "dense", "bias"])
    #expect(make(dropout: false).layers.map(\.name) == names + ["scale", "dense", "bias"])
    #expect(try make(dropout: false).widths(inputs: 3) == [8, 8, 4, 4, 4, 2, 2])
  }

  @Test("a shape mismatch names both layers")
  func shapes() {
    let wrong = Sequential {
      Dense(3)
      Tanh()
      Dense(2, inputs: 4)
    }
    #expect(
      errorText { _ = try Network<Double>(wrong, inputs: 5, seed: 0) }
        == "layer 3 (dense) takes 4 inputs, but layer 2 (tanh) gives 3; "
        + "make the two equal or put a dense layer between them")
    let first = Sequential { Dense(2, inputs: 4) }
    #expect(
      errorText { _ = try first.widths(inputs: 30) }.hasPrefix(
        "layer 1 (dense) takes 4 inputs, but the data have 30 features"))
    #expect(
      errorText { _ = try Sequential { Dense(0) }.widths(inputs: 1) }
        == "layer 1 (dense): a dense layer needs at least 1 output, not 0")
    #expect(errorText { _ = try Sequential {}.widths(inputs: 1) }.contains("no layers"))
    #expect(
      errorText { _ = try Sequential { Dropout(1) }.widths(inputs: 1) }
        .contains("less than 1, not 1.0"))
  }

  @Test("data and losses that do not fit are named")
  func batches() throws {
    let network = try Network<Double>(Sequential { Dense(3) }, inputs: 2, seed: 0)
    #expect(errorText { _ = try network(randomTensor([4, 5])) }.contains("takes 2 inputs"))
    var context = ForwardContext.inference
    #expect(
      errorText {
        _ = try network.lossAndGradients(
          CrossEntropy(), inputs: randomTensor([4, 2]),
          targets: CrossEntropy().targets(labels: [0, 1, 0, 1], classes: 2), context: &context)
      } == "the loss 'cross-entropy' needs 2 outputs for these classes, but the last layer (dense) "
        + "gives 3")
  }

  @Test("the seed decides the start, and layers draw independently")
  func seeds() throws {
    let small = Sequential {
      Dense(3)
      Dense(2)
    }
    let changed = Sequential {
      Dense(3, bias: false)
      Dense(2)
    }
    let a = try Network<Double>(small, inputs: 4, seed: 7)
    #expect(try a.parameters == Network<Double>(small, inputs: 4, seed: 7).parameters)
    #expect(try a.parameters != Network<Double>(small, inputs: 4, seed: 8).parameters)
    #expect(
      a.parameters.map(\.name) == [
        "1.dense.weight", "1.dense.bias", "2.dense.weight", "2.dense.bias",
      ])
    let b = try Network<Double>(changed, inputs: 4, seed: 7)
    #expect(a.parameters[2].tensor == b.parameters[1].tensor)
    #expect(a.parameters[0].tensor != a.parameters[2].tensor)
  }

  @Test("frozen layers start alike, are not counted and do not move")
  func frozen() throws {
    func network(frozen: Bool) throws -> Network<Double> {
      try Network(
        Sequential {
          Dense(3)
          if frozen { Dense(3).frozen() } else { Dense(3) }
          Dense(2)
        }, inputs: 2, seed: 1)
    }
    var (free, fixed) = (try network(frozen: false), try network(frozen: true))
    #expect(free.parameters.map(\.tensor) == fixed.parameters.map(\.tensor))
    #expect(free.trainableParameterCount == 9 + 12 + 8)
    #expect(fixed.trainableParameterCount == 9 + 8)
    let start = fixed.parameters
    let x = randomTensor([4, 2])
    let targets: Tensor<Double> = CrossEntropy().targets(labels: [0, 1, 1, 0], classes: 2)
    var context = ForwardContext.inference
    let whole = try free.lossAndGradients(
      CrossEntropy(), inputs: x, targets: targets, context: &context)
    let part = try fixed.lossAndGradients(
      CrossEntropy(), inputs: x, targets: targets, context: &context)
    #expect(part.gradients == [0, 1, 4, 5].map { whole.gradients[$0] })
    var states = fixed.makeStates(for: Adam())
    fixed.update(along: part.gradients, with: Adam(), states: &states, learningRate: 0.1)
    for (index, parameter) in fixed.parameters.enumerated() {
      #expect((parameter.tensor == start[index].tensor) == !parameter.isTrainable)
    }
  }

  @Test("a large batch in blocks equals its rows one by one")
  func blocks() throws {
    let network = try Network<Double>(
      Sequential {
        Dense(3)
        Tanh()
      }, inputs: 2, seed: 3)
    let x = randomTensor([2500, 2])
    let y = try network(x)
    #expect(y.shape == [2500, 3])
    for row in [0, 1023, 1024, 2047, 2048, 2499] {
      let single = try network(x.rows(at: [row])).elements
      // BLAS may sum a single row in another order.
      #expect(zip(single, y.row(row)).allSatisfy { abs($0 - $1) < 1e-14 })
    }
  }

  /// 64-128-128-10, ReLU, softmax cross-entropy, batch 64: losses of the first `steps` Adam steps,
  /// then the loss after them.
  func workloadLosses<S: Scalar>(_ type: S.Type, steps: Int) throws -> [Double] {
    func fraction(_ x: Double) -> Double { x - x.rounded(.down) }
    let widths = [64, 128, 128, 10]
    var network = try Network<S>(
      Sequential {
        Dense(128)
        ReLU()
        Dense(128)
        ReLU()
        Dense(10)
      }, inputs: 64, seed: 0)
    for (layer, name) in ["1", "3", "5"].enumerated() {
      let (rows, columns) = (widths[layer], widths[layer + 1])
      let weights = (0..<rows * columns).map {
        S((fraction(Double($0 + 1) * 0.6180339887498949) - 0.5) * 0.2)
      }
      try network.setParameter(
        "\(name).dense.weight", to: Tensor(shape: [rows, columns], elements: weights))
    }
    let x = Tensor<S>(
      shape: [64, 64],
      elements: (0..<64 * 64).map { S(fraction(Double($0 + 1) * 0.7548776662466927)) })
    let targets: Tensor<S> = CrossEntropy().targets(labels: (0..<64).map { $0 % 10 }, classes: 10)
    let optimizer = Adam()
    var states = network.makeStates(for: optimizer)
    var context = ForwardContext.inference
    var losses: [Double] = []
    for _ in 0...steps {
      let result = try network.lossAndGradients(
        CrossEntropy(), inputs: x, targets: targets, context: &context)
      losses.append(result.loss)
      network.update(
        along: result.gradients, with: optimizer, states: &states, learningRate: 0.001)
    }
    return losses
  }

  @Test("ten Adam steps of the mlp-step workload reach the published loss")
  func workload() throws {
    let losses = try workloadLosses(Double.self, steps: 10)
    // Reference values of an independent implementation, printed to these digits.
    #expect(abs(losses[9] / 2.2564814 - 1) < 1e-6)
    #expect(abs(losses[10] / 2.250120139957181 - 1) < 1e-6)
    let single = try workloadLosses(Float.self, steps: 10)
    #expect(abs(single[10] / 2.2501205 - 1) < 1e-3)
  }
}
