import AnsatzCircuits
import AnsatzData
import AnsatzMath
import AnsatzNN
import Testing

/// A user's model, as the documentation shows one.
struct Wide: Model {
  static let name = "wide"
  static let summary = "one wide hidden layer"
  var width = 64
  var rate = 1.0
  var smooth = false
  var loss = "hinge"

  func network(features: Int, classes: Int) throws -> Sequential {
    let outputs = try outputCount(classes: classes)
    return Sequential {
      Dense(width)
      if smooth { GELU() } else { ReLU() }
      Dense(outputs)
    }
  }

  var training: TrainingOptions { TrainingOptions(epochs: 7, learningRate: rate) }
}

@Suite struct ModelTests {
  func registry() throws -> ModelRegistry { try ModelRegistry(StandardModels.all + [Wide.self]) }

  @Test("hyperparameters are listed with their defaults and set from text")
  func hyperparameters() throws {
    let model = try registry().model(named: "wide")
    #expect(
      model.settingValues.map { "\($0.name)=\($0.value.text)" }
        == ["loss=hinge", "rate=1", "smooth=false", "width=64"])
    let set = try registry().model(
      named: "wide", setting: ["width=8", "rate=0.25", "smooth=true", "loss=mse"])
    let wide = try #require(set as? Wide)
    #expect(wide.width == 8 && wide.rate == 0.25 && wide.smooth && wide.loss == "mse")
    let mlp = try registry().model(named: "mlp", setting: ["hidden=32,8", "activation=gelu"])
    #expect((mlp as? MLP)?.hidden == [32, 8])
    #expect(try (MLP().setting(["hidden=[5]"])).hidden == [5])
    #expect(try (MLP().setting(["hidden="])).hidden == [])
    #expect(try Wide().setting(["rate=3"]).rate == 3)
  }

  @Test("mistakes in hyperparameters are named")
  func mistakes() throws {
    func text(_ model: String, _ override: String) throws -> String {
      let registry = try registry()
      return errorText { _ = try registry.model(named: model, setting: [override]) }
    }
    #expect(
      try text("wide", "widht=3")
        == "model 'wide' has no setting 'widht'; did you mean 'width'?")
    #expect(
      try text("wide", "width=2.5")
        == "width of model 'wide' must be a whole number, not '2.5'")
    #expect(try text("wide", "width=many").hasSuffix("must be a whole number, not 'many'"))
    #expect(try text("wide", "smooth=maybe").contains("must be true or false"))
    #expect(
      try text("mlp", "hidden=3,x").contains(
        "a whole number from 1 to 1000000, or several separated"))
    #expect(
      try text("wide", "width").hasPrefix("cannot read 'width' of model 'wide'; write NAME=VALUE"))
    #expect(try text("wyde", "width=1") == "unknown model 'wyde'; did you mean 'wide'?")
    #expect(
      errorText { _ = try ModelRegistry(StandardModels.all + [MLP.self]) }
        == "there are two models or circuits named 'mlp'; rename one of them")
  }

  @Test("a record brings the model back with its hyperparameters")
  func records() throws {
    let model = MLP(hidden: [3, 2], activation: "tanh", dropout: 0.1)
    let record = try ModelRecord(model, features: 4, classNames: ["a", "b"])
    let copy = try #require(registry().model(of: record) as? MLP)
    #expect(copy.hidden == [3, 2] && copy.activation == "tanh" && copy.dropout == 0.1)
    var changed = record
    changed.hyperparameters = .object(["hidden": .string("x")])
    #expect(
      errorText { _ = try registry().model(of: changed) }
        == "the hyperparameters of the checkpoint are not those of model 'mlp'")
  }

  @Test(
    "every model of the list makes networks, learns a step and comes back from its record",
    arguments: StandardModels.all.map { $0.name }, [2, 3])
  func everyModel(name: String, classes: Int) throws {
    let x = Inputs("x", 2)
    let small = try Circuit("small", qubits: 2) {
      AngleEmbedding(x, on: 0..<2)
      StronglyEntangling(layers: 1, on: 0..<2)
    }
    let registry = try ModelRegistry(StandardModels.all, circuits: [small])
    let settings = name == CircuitModel.name ? ["circuit=small"] : []
    let model = try registry.model(named: name, setting: settings)
    #expect(!type(of: model).summary.isEmpty && !type(of: model).summary.hasSuffix("."))
    let record = try ModelRecord(model, features: 3, classNames: ["a", "b", "c"])
    let copy = try registry.model(of: record)
    #expect(copy.settingValues.map(\.value) == model.settingValues.map(\.value))

    let loss = try LossRegistry.standard.loss(model.loss)
    for features in 1...5 {
      let layers = try model.network(features: features, classes: classes)
      let labels = (0..<8).map { $0 % classes }
      let data = randomTensor([8, features], seed: UInt64(features))
      var options = model.training
      (options.epochs, options.batchSize, options.seed) = (1, 4, 5)
      func trainer() throws -> Trainer<Double> {
        try Trainer(
          Network(layers, inputs: features, seed: 5), loss: loss, features: data, labels: labels,
          classCount: classes, options: options)
      }
      var whole = try trainer()
      let start = whole.network.parameters
      _ = try whole.step()
      let saved = Checkpoint(whole, record: record)
      _ = try whole.step()
      var resumed = try trainer()
      try resumed.restore(saved)
      _ = try resumed.step()
      #expect(resumed.network.parameters == whole.network.parameters, "\(features) features")
      #expect(whole.network.parameters != start)
    }
  }

  @Test("the MLP has the layers and the count of its hyperparameters")
  func mlp() throws {
    let sequential = try MLP(hidden: [8, 4], activation: "tanh", dropout: 0.5)
      .network(features: 3, classes: 2)
    #expect(
      sequential.layers.map(\.name)
        == ["dense", "tanh", "dropout", "dense", "tanh", "dropout", "dense"])
    let network = try Network<Double>(sequential, inputs: 3, seed: 0)
    #expect(network.trainableParameterCount == 4 * 8 + 9 * 4 + 5 * 2)
    #expect(
      try MLP(hidden: [], loss: "hinge").network(features: 3, classes: 2).widths(inputs: 3) == [1])
    #expect(
      errorText { _ = try MLP(hidden: [2], activation: "rely").network(features: 1, classes: 2) }
        == "unknown activation 'rely'; did you mean 'relu'?")
  }

  @Test(
    "a network classifier learns iris, in both precisions and with every loss",
    arguments: LossRegistry.standard.names)
  func classifier(loss: String) throws {
    let iris = try EmbeddedDatasets.named("iris").load()
    var preprocessing = Preprocessing()
    try preprocessing.fit(iris.features)
    let x = try preprocessing.transform(iris.features)
    func accuracy<S: Scalar>(_ type: S.Type) throws -> Double {
      var classifier = NetworkClassifier<S>(
        MLP(loss: loss), options: TrainingOptions(epochs: 40, seed: 3))
      #expect(classifier.parameterCount == 0 && classifier.name == "mlp")
      #expect(errorText { _ = try classifier.predict(x) }.contains("before it was fitted"))
      try classifier.fit(x, labels: iris.labels, classCount: 3, observer: SilentObserver())
      #expect(classifier.parameterCount == 5 * 16 + 17 * 3)
      let hits = zip(try classifier.predict(x), iris.labels).filter { $0 == $1 }.count
      return Double(hits) / Double(iris.labels.count)
    }
    // On its own training rows; any working loss reaches 0.95 or more here.
    #expect(try accuracy(Double.self) > 0.94)
    #expect(try accuracy(Float.self) > 0.94)
  }
}
