import AnsatzMath
import AnsatzNN
import Foundation
import Testing

extension LayerExample: CustomTestStringConvertible {
  public var testDescription: String { label }
}

@Suite struct LayerTests {
  static let examples = StandardLayers.all.flatMap { $0.examples }

  private func network<S: Scalar>(_ example: LayerExample, _ type: S.Type) throws -> Network<S> {
    try Network(Sequential([example.layer]), input: example.input, seed: 3)
  }

  private func batch(_ rows: Int, of example: LayerExample) -> Tensor<Double> {
    randomTensor([rows] + example.input.extents)
  }

  @Test("every layer there is is listed, with examples of several shapes")
  func allAreListed() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Sources/AnsatzNN").standardizedFileURL
    let listed = Set(StandardLayers.all.map { "\($0)" })
    #expect(listed.count == StandardLayers.all.count)
    var count = 0
    let files = try #require(FileManager.default.enumerator(atPath: sources.path))
    for case let file as String in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
      for match in text.matches(of: /(?m)^(?:public )?struct (\w+): (?:Layer|Activation)\b/) {
        count += 1
        #expect(listed.contains(String(match.1)), "add \(match.1).self to StandardLayers.all")
      }
    }
    #expect(count == listed.count)
    for type in StandardLayers.all { #expect(!type.examples.isEmpty, "\(type) has no example") }
  }

  @Test(
    "the gradients of a layer in its input and its parameters are those of differences",
    arguments: examples)
  func gradients(of example: LayerExample) throws {
    let network = try network(example, Double.self)
    try expectGradientsMatch(
      [batch(4, of: example)] + network.parameters.map(\.tensor)
    ) { tape, v in
      // The same stream in every evaluation, so that dropout drops the same values.
      var context = ForwardContext(isTraining: true, dropout: RandomStream(seed: 9))
      return try network.forward(
        v[0], parameters: Array(v.dropFirst()), on: tape, context: &context)
    }
  }

  @Test("a layer gives the shape it promises, in both precisions", arguments: examples)
  func shapes(of example: LayerExample) throws {
    let (double, single) = (
      try network(example, Double.self), try network(example, Float.self)
    )
    let x = batch(5, of: example)
    let (y64, y32) = (try double(x), try single(x.converted()))
    #expect(y64.shape == [5] + double.output.extents)
    #expect(y32.shape == y64.shape)
    for (a, b) in zip(y64.elements, y32.elements) {
      // Float holds about 7 digits; values here are of the order of 1.
      #expect(abs(a - Double(b)) < 1e-5)
    }
  }

  @Test("a batch is its samples one by one", arguments: examples)
  func samples(of example: LayerExample) throws {
    let network = try network(example, Double.self)
    let x = batch(3, of: example)
    let y = try network(x)
    for row in 0..<3 {
      let single = try network(x.rows(at: [row]))
      #expect(single.shape == [1] + network.output.extents)
      // BLAS and the engine may sum a single row in another order.
      #expect(zip(single.elements, y.row(row)).allSatisfy { abs($0 - $1) < 1e-13 })
    }
  }

  @Test(
    "parameters have paths of their own, and go into another network by them", arguments: examples)
  func paths(of example: LayerExample) throws {
    let network = try network(example, Double.self)
    let names = network.parameters.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.hasPrefix("1.\(example.layer.name).") })
    var other = try Network<Double>(Sequential([example.layer]), input: example.input, seed: 4)
    for parameter in network.parameters {
      try other.setParameter(parameter.name, to: parameter.tensor)
    }
    let x = batch(2, of: example)
    #expect(try other(x) == network(x))
  }

  @Test("a frozen layer computes the same, and no parameter in it is trained", arguments: examples)
  func frozen(_ example: LayerExample) throws {
    let (free, fixed) = (
      try network(example, Double.self),
      try Network<Double>(Sequential([example.layer.frozen()]), input: example.input, seed: 3)
    )
    #expect(free.parameters.map(\.name) == fixed.parameters.map(\.name))
    #expect(free.parameters.map(\.tensor) == fixed.parameters.map(\.tensor))
    #expect(fixed.trainableParameterCount == 0)
    let x = batch(2, of: example)
    #expect(try free(x) == fixed(x))
  }

  @Test(
    "replacing each child by itself changes nothing; by a frozen one, all are frozen",
    arguments: examples)
  func children(of example: LayerExample) throws {
    let layer = example.layer
    #expect(try layer.childShapes(of: example.input).count == layer.children.count)
    #expect(layer.mapChildren { $0 }.children.map(\.name) == layer.children.map(\.name))
    let replaced = layer.replacing { $0.children.isEmpty ? $0.frozen() : nil }
    let network = try Network<Double>(Sequential([replaced]), input: example.input, seed: 3)
    #expect(network.trainableParameterCount == 0)
    #expect(
      try network.parameters.map(\.tensor)
        == self.network(example, Double.self).parameters.map(\.tensor))
  }

  @Test("data of another shape are refused, naming both", arguments: examples)
  func wrongShape(_ example: LayerExample) throws {
    let network = try network(example, Double.self)
    let wrong = example.input.replacingWidth(example.input.width + 1)
    let text = errorText { _ = try network(randomTensor([2] + wrong.extents)) }
    #expect(text.contains("but the data have shape \([2] + wrong.extents)"))
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
    var pass = Pass(
      on: Tape<Double>(), ForwardContext(isTraining: true, dropout: RandomStream(seed: 4)))
    let y = try Dropout(0.25).forward(pass.tape.constant(x), ParameterView([]), in: &pass).value
    #expect(Set(y.elements) == [0, 1 / 0.75])
    // The mean of 10⁴ values, each with variance p / (1 - p) = 1/3: σ = 0.006; five σ.
    #expect(abs(y.sum() / 1e4 - 1) < 0.03)
    #expect(pass.context.dropout != RandomStream(seed: 4))
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
        .makeParameters(for: [50], using: &random)[0].value
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
