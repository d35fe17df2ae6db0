import AnsatzMath
import AnsatzNN
import Testing

@Suite struct LossTests {
  static let names = LossRegistry.standard.names

  @Test("the gradient of a loss is that of differences", arguments: names, [2, 3])
  func gradients(name: String, classes: Int) throws {
    let loss = try LossRegistry.standard.loss(name)
    let labels = (0..<6).map { $0 % classes }
    let targets: Tensor<Double> = loss.targets(labels: labels, classes: classes)
    #expect(targets.shape == [6, loss.outputCount(classes: classes)])
    try expectGradientsMatch([randomTensor(targets.shape)]) { tape, v in
      loss.forward(v[0], targets: targets, on: tape)
    }
  }

  func value(_ loss: some Loss, _ outputs: [[Double]], _ labels: [Int], _ classes: Int) -> Double {
    let tape = Tape<Double>()
    return loss.forward(
      tape.constant(Tensor(rows: outputs)), targets: loss.targets(labels: labels, classes: classes),
      on: tape
    ).value.elements[0]
  }

  @Test("mean squared error is the mean over samples and outputs")
  func meanSquaredError() {
    #expect(value(MeanSquaredError(), [[0.5], [-2]], [1, 0], 2) == (0.25 + 1) / 2)
    #expect(value(MeanSquaredError(), [[1, 0, 0]], [0], 3) == 2.0 / 3)
  }

  @Test("cross-entropy is the logarithm of the softmax, and does not overflow")
  func crossEntropy() {
    let expected = -Double.log(.exp(2) / (.exp(1) + .exp(2) + .exp(-1)))
    #expect(abs(value(CrossEntropy(), [[1, 2, -1]], [1], 3) - expected) < 1e-15)
    #expect(value(CrossEntropy(), [[1000, 0]], [1], 2) == 1000)
    #expect(value(CrossEntropy(), [[1000, 0]], [0], 2) == 0)
  }

  @Test("binary cross-entropy is the logarithm of the sigmoid, and does not overflow")
  func binaryCrossEntropy() {
    let p = 1 / (1 + Double.exp(-0.7))
    let loss = BinaryCrossEntropy()
    #expect(abs(value(loss, [[0.7], [0.7]], [1, 0], 2) + (.log(p) + .log(1 - p)) / 2) < 1e-15)
    #expect(value(loss, [[-1000]], [1], 2) == 1000)
    #expect(value(loss, [[-1000]], [0], 2) == 0)
  }

  @Test("hinge is the shortfall from the margin")
  func hinge() {
    #expect(value(Hinge(), [[0.25], [0.25], [3]], [1, 0, 1], 2) == (0.75 + 1.25 + 0) / 3)
  }

  @Test("outputs that hit the targets stand for the labels", arguments: names, [2, 3, 5])
  func labels(name: String, classes: Int) throws {
    let loss = try LossRegistry.standard.loss(name)
    let labels = (0..<7).map { ($0 * 3 + 1) % classes }
    var outputs: Tensor<Double> = loss.targets(labels: labels, classes: classes)
    // Logits: half a class is the border.
    for i in outputs.elements.indices where name == "binary-cross-entropy" {
      outputs.elements[i] -= 0.5
    }
    #expect(loss.labels(outputs: outputs) == labels)
  }

  @Test("probabilities are those the loss assumes")
  func probabilities() throws {
    let logits = Tensor<Double>(rows: [[0, .log(3)]])
    let soft = try #require(CrossEntropy().probabilities(outputs: logits))
    #expect(zip(soft.elements, [0.25, 0.75]).allSatisfy { abs($0 - $1) < 1e-15 })
    let one = Tensor<Double>(rows: [[.log(3)]])
    let binary = try #require(BinaryCrossEntropy().probabilities(outputs: one))
    #expect(zip(binary.elements, [0.25, 0.75]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(Hinge().probabilities(outputs: one) == nil)
  }

  @Test("an unknown loss gets the near miss")
  func unknown() {
    #expect(
      errorText { _ = try LossRegistry.standard.loss("hing") }
        == "unknown loss 'hing'; did you mean 'hinge'?")
  }
}
