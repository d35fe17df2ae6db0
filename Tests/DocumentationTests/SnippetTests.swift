import Ansatz
import ArgumentParser
import Foundation
import Numerics
import Testing

@testable import AnsatzData

/// The inverse that the example in docs/adding-a-gate.md names.
public struct SYdg: Gate {
  public let qubits: [Int]

  public init(_ qubit: Int) { qubits = [qubit] }

  public static let definition: GateDefinition = .init(
    name: "SYdg", summary: "the inverse of √Y", symbol: "√Y†", structure: .constant,
    inverse: .gate { _ in (SY.definition, []) }
  ) { _, _ in
    SY.definition.matrix([], 1).adjoint
  }
}

@Suite("Snippets do what their text says")
struct SnippetTests {
  @Test("The example gate squares to Y and its inverse undoes it")
  func exampleGate() throws {
    let twice = try Circuit(qubits: 1) {
      H(0)
      SY(0)
      SY(0)
      Y(0)
      H(0)
      SY(0)
      Inverse { SY(0) }
    }
    #expect(abs(try twice.probabilities()[0] - 1) < 1e-12)
  }

  @Test("The example channel shrinks ⟨Z⟩ by 1 - p and lifts it to X by p")
  func exampleChannel() throws {
    let circuit = try Circuit(qubits: 1) { HadamardFlip(probability: 0.3, on: 0) }
    let density = try circuit.densityMatrix()
    #expect(abs(try density.expectation(of: Z(0)) - 0.7) < 1e-12)
    #expect(abs(try density.expectation(of: X(0)) - 0.3) < 1e-12)
    #expect(try !TrajectoryProgram(circuit).hasPauliNoiseOnly)
  }

  @Test("The example of noise gives the closed form, and trajectories meet it")
  func noise() throws {
    let result = try noiseExample()
    // Only the two-qubit channel touches Z⊗Z here: H's noise on |+⟩ leaves ⟨Z⟩ = 0 and CNOT copies it.
    #expect(abs(result.exact - (1 - 16 * 0.01 / 15)) < 1e-12)
    // Five standard errors: one seed in 1.7 million.
    #expect(abs(result.sampled.value - result.exact) < 5 * result.sampled.standardError)
  }

  @Test("The examples of circuits give what follows from their text")
  func circuits() throws {
    let result = try circuitExamples()
    #expect(result.exact.keys.sorted() == ["00", "10", "11"])
    #expect(abs((result.exact["11"] ?? 0) - 0.5) < 1e-14)
    #expect(abs((result.exact["00"] ?? 0) - 0.25) < 1e-14)
    #expect(result.counts.values.reduce(0, +) == 1000)
    #expect(result.isSame)
    #expect((0...1).contains(result.projected))
    #expect(result.entropy > 0 && result.entropy <= 1 + 1e-12)
    #expect(result.text.contains("M") && result.picture.contains("</svg>"))
  }

  @Test("The examples of simulation agree with each other")
  func simulation() throws {
    let result = try simulationExamples()
    #expect(result.batch.shape == [3, 3])
    // ⟨Z₀Z₁⟩ from the probabilities of 00, 01, 10, 11.
    let p = result.probabilities
    #expect(abs(p[0] - p[1] - p[2] + p[3] - result.mean) < 1e-14)
    #expect(zip(result.amplitudes, p).allSatisfy { abs($0.lengthSquared - $1) < 1e-15 })
    #expect(abs(result.batch[0, 0] - (p[0] + p[1] - p[2] - p[3])) < 1e-14)
    #expect(result.counts.values.reduce(0, +) == 1000)
    // Five standard errors: one seed in 1.7 million.
    #expect(abs(result.estimate.value - result.mean) < 5 * result.estimate.standardError)
  }

  @Test("The examples of gradients agree with the closed form")
  func gradients() throws {
    let result = try gradientsExamples()
    // ⟨Z₁⟩ = cos²(w₀/2) + sin²(w₀/2) cos w₁: RZ changes nothing.
    let (w0, w1) = (0.3, 0.8)
    let expected = [
      (Double.cos(w1) - 1) * .sin(w0) / 2, -.sin(w0 / 2) * .sin(w0 / 2) * .sin(w1), 0,
    ]
    for i in 0..<3 {
      #expect(abs(result.exact[i] - expected[i]) < 1e-14)
      #expect(abs(result.shifted[i] - expected[i]) < 1e-14)
      #expect(abs(result.hessian.gradient[i] - expected[i]) < 1e-14)
    }
    #expect(abs(result.hessian.matrix[0, 0] - (Double.cos(w1) - 1) * .cos(w0) / 2) < 1e-13)
    // RZ on one qubit does not change entropy; RY across its axis has the metric 1/4.
    #expect(abs(result.entropy[2]) < 1e-13 && abs(result.entropy[1]) > 0.01)
    #expect(abs(result.metric[0, 0] - 0.25) < 1e-13)
    // The least of ⟨Z₀⟩ + ⟨Z₁⟩ is -2, at w₀ = w₁ = π; after 200 steps it has come nearly there.
    #expect(result.least < -1.9)
  }

  @Test("The examples of hybrid models, training and comparing do what their text says")
  func guides() throws {
    let model = try hybridModelsExamples()
    #expect(model.shape == [5, 3])
    #expect(model.parameters == (13 * 4 + 4) + 24 + (4 * 3 + 3))
    let training = try trainingExamples()
    #expect(training.accuracy > 0.9 && (1...15).contains(training.epochs))
    let comparison = try comparingExamples()
    #expect(
      comparison.contenders.map(\.name)
        == ["mine", "mine without-circuit", "mine frozen-circuit", "svm", "majority-class"])
    #expect(try #require(comparison.verdict).comparisons.count == 3)
  }

  @Test("The example layer's gradients are those of differences")
  func exampleLayer() throws {
    let tape = Tape<Double>()
    let (x, g) = ([0.3, -1.2, 0.7, 2.0], [1.5, -0.5])
    let input = tape.trainable(Tensor(shape: [2, 2], elements: x))
    let gain = tape.trainable(Tensor(shape: [2], elements: g))
    var pass = Pass(on: tape)
    let output = try Gain().forward(input, ParameterView([gain]), in: &pass)
    #expect(output.value.elements == [x[0] * g[0], x[1] * g[1], x[2] * g[0], x[3] * g[1]])
    let gradients = try tape.gradients(of: output, withRespectTo: [input, gain])
    #expect(gradients[0].elements == g + g)
    #expect(gradients[1].elements == [x[0] + x[2], x[1] + x[3]])
  }

  @Test(
    "The example loss has the value of its formula and the gradient of differences, by its name")
  func exampleLoss() throws {
    try LossRegistry.register(SquaredHinge.self)
    try LossRegistry.register(SquaredHinge.self)
    let loss = try LossRegistry.standard.loss("squared-hinge")
    let tape = Tape<Double>()
    let z = [0.25, -0.5, 3, 1.75]
    let outputs = tape.trainable(Tensor(shape: [4, 1], elements: z))
    let targets: Tensor<Double> = loss.targets(labels: [1, 1, 1, 0], classes: 2)
    let value = loss.forward(outputs, targets: targets, on: tape)
    // 1 - t z, where it is above 0.
    let gaps = [0.75, 1.5, 0, 2.75]
    let expected = gaps.map { $0 * $0 }.reduce(0, +) / 4
    #expect(value.value.elements == [expected])
    let gradient = try tape.gradients(of: value, withRespectTo: [outputs])[0]
    let slopes = zip(gaps, [-0.5, -0.5, -0.5, 0.5]).map { $0 * $1 }
    #expect(gradient.elements == slopes)

    // A model that names it trains with it.
    var model = try ModelRegistry(StandardModels.all).model(
      named: "mlp", setting: ["loss=squared-hinge", "hidden=4"])
    let iris = try EmbeddedDatasets.named("iris").load()
    let rows = Array(0..<100)
    var classifier = NetworkClassifier<Double>(
      model, options: TrainingOptions(epochs: 5, batchSize: 10, learningRate: 0.05))
    let features = try iris.features.matrix().rows(at: rows)
    let labels = rows.map { iris.labels[$0] }
    try classifier.fit(features, labels: labels, classCount: 2, observer: SilentObserver())
    #expect(accuracy(of: try classifier.predict(features), labels: labels) > 0.9)
    model = try ModelRegistry(StandardModels.all).model(named: "mlp")
    #expect(model.loss == "cross-entropy")

    struct Impostor: Loss {
      static let name = "hinge"
      static let summary = "another one"
      func outputCount(classes: Int) -> Int { classes }
      func targets<S: Scalar>(labels: [Int], classes: Int) -> Tensor<S> { Tensor(shape: [1, 1]) }
      func forward<S: Scalar>(
        _ outputs: Variable<S>, targets: Tensor<S>, on tape: Tape<S>
      ) -> Variable<S> { outputs }
    }
    #expect(
      throws: AnsatzError(
        .badConfiguration, "there are two losses named 'hinge'; rename one of them")
    ) { try LossRegistry.register(Impostor.self) }
  }

  @Test("The example of initial weights starts one bundle at 1 and the other near 0")
  func initialWeights() throws {
    let start = try initialExample()
    #expect(Array(start[..<2]) == [1, 1])
    // Ten standard deviations.
    #expect(start[2...].allSatisfy { $0 != 0 && abs($0) < 1 })
  }

  @Test("import Ansatz alone brings Complex")
  func complexNumbers() throws {
    let state = try Circuit(qubits: 1) {
      H(0)
      S(0)
    }.stateVector()
    #expect((state[1] - Complex(0, 0.5.squareRoot())).length < 1e-15)
    #expect(try importedComplex().imaginary == 1)
  }

  @Test("The example optimizer takes steps of equal size and can be chosen by name")
  func exampleOptimizer() throws {
    let registry = OptimizerRegistry(OptimizerRegistry.standard.types + [SignDescent.self])
    let optimizer = try #require(
      registry.optimizer("sign-descent:beta=0.5") as? SignDescent)
    var weights = [1.0, -1.0, 0.0]
    var state = optimizer.makeState(count: 3, of: Double.self)
    optimizer.update(&weights, gradient: [3, -0.1, 0], state: &state, learningRate: 0.25)
    #expect(weights == [0.75, -0.75, 0])
    // The mean 0.5 · 1.5 - 0.5 · 1 is still positive; the gradient itself is not.
    optimizer.update(&weights, gradient: [-1, -0.1, 0], state: &state, learningRate: 0.25)
    #expect(weights == [0.5, -0.5, 0] && state.stepCount == 2)
  }

  @Test("The example metric counts what it says, and the example of metrics names those that apply")
  func metrics() throws {
    let predictions = try ClassPredictions(
      truth: [0, 0, 0, 1], predicted: [0, 1, 0, 1], classCount: 2)
    #expect(try Specificity().value(of: .classes(predictions)) == 2 / 3.0)
    let result = try metricsExample()
    // Of the four pairs of a row of class 1 and one of class 0, (0.4, 0.5) alone is the wrong way.
    #expect(result.auc == 0.75 && result.values["roc-auc"] == 0.75)
    #expect(result.values["accuracy"] == 0.75 && result.values["rmse"] == nil)
  }

  @Test("The example model, data set and command work where they are registered")
  func exampleRegistrations() throws {
    let registry = try ModelRegistry(StandardModels.all + [PairModel.self])
    let model = try registry.model(named: "pairs", setting: ["qubits=2"])
    let network = try Network<Double>(
      model.network(features: 5, classes: 3), inputs: 5, seed: 0)
    #expect(network.outputCount == 3)
    #expect(throws: AnsatzError.self) {
      try PairModel().setting(["qubits=99"]).network(features: 5, classes: 2)
    }

    let moons = EmbeddedDatasets.moons
    let data = try moons.load()
    #expect(data.rowCount == moons.rowCount && data.classNames == ["down", "up"])
    #expect(data.features.columns.count == moons.featureCount)

    #expect(TemplatesCommand.helpMessage().contains("--containing <TEXT>"))
    #expect(throws: AnsatzError.self) {
      try TemplatesCommand.parse(["--containing", "no such template"]).run()
    }
  }

  @Test("What users of other libraries are told to write runs")
  func comingFrom() throws {
    try comingFromPennyLane()
    try comingFromQiskit()
    try comingFromQulacs()
    try comingFromPyTorch()
  }

  @Test("The Fourier examples give what the page says of them")
  func fourier() throws {
    let result = try fourierExamples()
    let frequencies = result.analysis.accessible.frequencies
    #expect(frequencies.map(\.vector) == (-3...3).map { [Double($0)] })
    #expect(frequencies.map(\.degeneracy) == [1, 6, 15, 20, 15, 6, 1])
    #expect(try result.analysis.reconstructionError() < 1e-10)
    #expect(result.spread.draws == 200)
    #expect(result.variance.variances.count == 4)
    #expect(result.expressibility.divergence > 0)
    // One qubit is never entangled.
    #expect(abs(result.entangling.mean) < 1e-12)
    #expect(result.landscape.values.count == 121)
  }

  @Test(
    "The examples of plots are a chart, a plane with a boundary, and a page with the chart in it")
  func plots() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let result = try plotExamples(in: folder.path)
    #expect(result.picture.contains("class=\"band\"") && result.page.contains(result.picture))
    // The boundary runs from corner to corner: every row of cells has two parts.
    #expect(result.plane.components(separatedBy: "class=\"cell\"").count - 1 == 2 * 60)
  }

  @Test("The README's example trains and gives what it prints")
  func readme() throws {
    let result = try readmeExample()
    #expect(abs(result.energy - result.expected) < 1e-12)
    #expect(result.accuracy > 0.9)
  }
}

/// The README's expectation value from the state vector, term by term.
func referenceEnergy(of circuit: Circuit) throws -> Double {
  let state = try circuit.stateVector(
    inputs: [0.1, 0.2, 0.3, 0.4], weights: [Double](repeating: 0.7, count: 8))
  var total = 0.0
  for (index, amplitude) in state.enumerated() {
    total += (index & 8 == 0 ? 1 : -1) * amplitude.lengthSquared
    total += 0.5 * (state[index ^ 6].conjugate * amplitude).real
  }
  return total
}
