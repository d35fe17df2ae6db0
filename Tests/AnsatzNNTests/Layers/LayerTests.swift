import AnsatzMath
import AnsatzNN
import Foundation
import Testing

/// A layer to check, with a name for messages.
struct LayerCase: Sendable, CustomTestStringConvertible {
  let layer: any Layer
  let testDescription: String

  init(_ layer: any Layer, _ description: String? = nil) {
    self.layer = layer
    testDescription = description ?? layer.name
  }

  static let all =
    ActivationRegistry.standard.types.map { LayerCase($0.init()) } + [
      LayerCase(LeakyReLU(slope: 0.3), "leaky-relu with slope 0.3"),
      LayerCase(Dense(4)), LayerCase(Dense(2, bias: false), "dense without bias"),
      LayerCase(Dense(3).frozen(), "frozen dense"), LayerCase(Dropout(0.4)),
      LayerCase(Scale(by: .pi / 2)), LayerCase(Bias(initial: 0.2)),
    ]
}

@Suite struct LayerTests {
  /// Layers whose gradients other suites check: they need a circuit or a size.
  static let checkedElsewhere = ["QuantumLayer", "MeasuredQuantumLayer", "ClassicalTwin"]

  @Test("every layer there is is among those checked")
  func allAreChecked() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Sources/AnsatzNN").standardizedFileURL
    let checked = Set(LayerCase.all.map { "\(type(of: $0.layer))" } + Self.checkedElsewhere)
    var count = 0
    for folder in ["Layers", "Activations"] {
      let files = try FileManager.default.contentsOfDirectory(
        atPath: sources.appending(path: folder).path)
      for file in files.sorted() where file.hasSuffix(".swift") {
        let text = try String(
          contentsOf: sources.appending(path: "\(folder)/\(file)"), encoding: .utf8)
        for match in text.matches(of: /public struct (\w+): (?:Layer|Activation)\b/) {
          count += 1
          #expect(checked.contains(String(match.1)), "add LayerCase(\(match.1)()) to the list")
        }
      }
    }
    #expect(count >= 14)
  }

  @Test(
    "the gradients of a layer in its input and its parameters are those of differences",
    arguments: LayerCase.all)
  func gradients(of layerCase: LayerCase) throws {
    let layer = layerCase.layer
    var random = RandomStream(seed: 3)
    let parameters = try layer.initialParameters(inputCount: 3, using: &random)
    try expectGradientsMatch([randomTensor([5, 3])] + parameters.map(\.value)) { tape, v in
      // The same stream in every evaluation, so that dropout drops the same values.
      var context = ForwardContext(isTraining: true, dropout: RandomStream(seed: 9))
      return try layer.forward(
        v[0], parameters: Array(v.dropFirst()), on: tape, context: &context)
    }
  }

  @Test("a layer gives the width it promises, in both precisions", arguments: LayerCase.all)
  func widths(of layerCase: LayerCase) throws {
    let network64 = try Network<Double>(Sequential([layerCase.layer]), inputs: 3, seed: 1)
    let network32 = try Network<Float>(Sequential([layerCase.layer]), inputs: 3, seed: 1)
    let x = randomTensor([5, 3])
    let (y64, y32) = (try network64(x), try network32(x.converted()))
    #expect(y64.shape == [5, network64.outputCount])
    for (a, b) in zip(y64.elements, y32.elements) {
      // Float holds about 7 digits; values here are of the order of 1.
      #expect(abs(a - Double(b)) < 1e-5)
    }
  }

  @Test("activations have their textbook values")
  func activationValues() throws {
    func value(_ layer: any Layer, _ x: Double) throws -> Double {
      let network = try Network<Double>(Sequential([layer]), inputs: 1, seed: 0)
      return try network(Tensor(shape: [1, 1], elements: [x])).elements[0]
    }
    #expect(try abs(value(Sigmoid(), 2) - 0.8807970779778823) < 1e-15)
    #expect(try value(Sigmoid(), -1000) == 0)
    #expect(try abs(value(Tanh(), 0.5) - 0.46211715726000973) < 1e-15)
    #expect(try [value(ReLU(), -2), value(ReLU(), 2)] == [0, 2])
    #expect(try [value(LeakyReLU(), -2), value(LeakyReLU(), 2)] == [-0.02, 2])
    // x Φ(x) at 1 and -1, from tables of the normal distribution: Φ(1) = 0.841344746068543.
    #expect(try abs(value(GELU(), 1) - 0.8413447460685429) < 1e-15)
    #expect(try abs(value(GELU(), -1) + 0.15865525393145707) < 1e-15)
    let softmax = try Network<Double>(Sequential([Softmax()]), inputs: 2, seed: 0)
    let y = try softmax(Tensor(rows: [[1000, 1000 + Double.log(3)]]))
    #expect(abs(y.elements[0] - 0.25) < 1e-13)
  }

  @Test("dropout keeps the mean while training and does nothing else")
  func dropout() throws {
    let x = Tensor<Double>(repeating: 1, shape: [100, 100])
    var context = ForwardContext(isTraining: true, dropout: RandomStream(seed: 4))
    let tape = Tape<Double>()
    let y = try Dropout(0.25).forward(
      tape.constant(x), parameters: [], on: tape, context: &context
    ).value
    #expect(Set(y.elements) == [0, 1 / 0.75])
    // The mean of 10⁴ values, each with variance p / (1 - p) = 1/3: σ = 0.006; five σ.
    #expect(abs(y.sum() / 1e4 - 1) < 0.03)
    #expect(context.dropout != RandomStream(seed: 4))
    let network = try Network<Double>(Sequential([Dropout(0.25)]), inputs: 100, seed: 0)
    #expect(try network(x) == x)
  }

  @Test("initializers have the deviation they are named for")
  func initializers() throws {
    let expected = [
      "glorot-uniform": 2.0 / 80, "glorot-normal": 2.0 / 80, "he-uniform": 2.0 / 50,
      "he-normal": 2.0 / 50, "zeros": 0,
    ]
    for initializer in Initializer.standard {
      var random = RandomStream(seed: 2)
      let w = try Dense(30, initializer: Initializer.named(initializer.name))
        .initialParameters(inputCount: 50, using: &random)[0].value
      let variance = (w * w).sum() / Double(w.count)
      // 1500 draws give the variance to a few percent; five standard errors are below 20 %.
      #expect(abs(variance - (expected[initializer.name] ?? -1)) <= 0.2 * variance)
    }
    #expect(
      errorText { _ = try Initializer.named("he-unifrom") }
        == "unknown initializer 'he-unifrom'; did you mean 'he-uniform'?")
  }

  @Test("initializers with numbers are read back from their names, and refused if they do not fit")
  func initializerNames() throws {
    for initializer in Initializer.standard + [
      .normal(0.1), .uniform(in: -1..<0.5), .constant(-2.5),
    ] {
      let read = try Initializer.named(initializer.name)
      #expect(read.name == initializer.name)
      func draws(_ rule: Initializer) -> Tensor<Double> {
        var random = RandomStream(seed: 3, stream: "names")
        return rule.tensor(shape: [20], inputs: 3, outputs: 2, using: &random)
      }
      #expect(draws(read) == draws(initializer))
    }
    #expect(try Initializer.named("uniform(-1,1)").name == "uniform(-1.0, 1.0)")
    for name in [
      "normal()", "normal(-1)", "normal(nan)", "uniform(1, 1)", "uniform(1)", "constant(1, 2)",
      "constant(inf)",
    ] {
      #expect(
        errorText { _ = try Initializer.named(name) }
          == "cannot read the initializer '\(name)'; write normal(DEVIATION), uniform(LOW, HIGH) or "
          + "constant(VALUE)")
    }
    #expect(errorText { _ = try Initializer.named("norml(0.1)") }.contains("normal(0.1)"))
  }
}
