import AnsatzCircuits
import AnsatzData
import AnsatzMath
import AnsatzNN
import Foundation
import Synchronization
import Testing

@Suite struct TrainerTests {
  @Test("training learns what can be learnt")
  func learns() throws {
    var trainer = try makeTrainer(
      Double.self, options: TrainingOptions(epochs: 60, learningRate: 0.03, seed: 1), dropout: 0)
    let (x, y) = clouds(Double.self)
    let before = try trainer.evaluate(x, labels: y)
    try trainer.run()
    let after = try trainer.evaluate(x, labels: y)
    #expect(after.loss < before.loss / 2)
    // The clouds overlap; a third would be chance.
    #expect(after.accuracy > 0.75)
    #expect(trainer.progress.history.count == 60)
    #expect(trainer.progress.stepCount == 60 * 2)
    #expect(try !trainer.step())
  }

  @Test("the same seed gives the same bits, another seed others", arguments: [UInt64(3), 4])
  func reproducible(seed: UInt64) throws {
    func weights(_ seed: UInt64) throws -> [NetworkParameter<Float>] {
      var options = demandingOptions
      options.seed = seed
      var trainer = try makeTrainer(Float.self, options: options)
      try trainer.run()
      return trainer.network.parameters
    }
    #expect(try weights(seed) == weights(seed))
    #expect(try weights(seed) != weights(seed + 10))
  }

  @Test("a batch size beyond the rows makes one batch of all")
  func hugeBatch() throws {
    var trainer = try makeTrainer(
      Double.self, options: TrainingOptions(epochs: 2, batchSize: .max), dropout: 0)
    #expect(trainer.batchesPerEpoch == 1)
    try trainer.run()
    #expect(trainer.progress.stepCount == 2)
  }

  @Test("one step of SGD follows the gradient of loss and penalties together")
  func penalties() throws {
    let (l1, l2, rate) = (0.03, 0.02, 0.1)
    var trainer = try makeTrainer(
      Double.self,
      options: TrainingOptions(
        epochs: 1, batchSize: 1000, optimizer: "sgd", learningRate: rate, l1: l1, l2: l2),
      dropout: 0)
    let start = trainer.network
    let (x, y) = clouds(Double.self)
    func objective(_ network: Network<Double>) throws -> Double {
      let tape = Tape<Double>()
      let outputs = tape.constant(try network(x))
      let targets: Tensor<Double> = CrossEntropy().targets(labels: y, classes: 3)
      var total = CrossEntropy().forward(outputs, targets: targets, on: tape).value.elements[0]
      for parameter in network.parameters where parameter.name.hasSuffix("weight") {
        for w in parameter.tensor.elements { total += l1 * abs(w) + l2 * w * w }
      }
      return total
    }
    _ = try trainer.step()
    let h = 1e-6
    for (index, parameter) in start.parameters.enumerated() {
      for i in stride(from: 0, to: parameter.tensor.count, by: 3) {
        func shifted(_ shift: Double) throws -> Double {
          var (network, tensor) = (start, parameter.tensor)
          tensor.elements[i] += shift
          try network.setParameter(parameter.name, to: tensor)
          return try objective(network)
        }
        let slope = parameter.isTrainable ? try (shifted(h) - shifted(-h)) / (2 * h) : 0
        let moved =
          trainer.network.parameters[index].tensor.elements[i] - parameter.tensor.elements[i]
        // Central differences with h = 1e-6 are good to about 1e-10; the rate scales that.
        #expect(abs(moved + rate * slope) < 1e-9, "\(parameter.name) \(i)")
      }
    }
  }

  @Test("clipping bounds the length of an SGD step")
  func clipping() throws {
    func stepLength(clip: Double?) throws -> Double {
      var trainer = try makeTrainer(
        Double.self,
        options: TrainingOptions(
          epochs: 1, batchSize: 1000, optimizer: "sgd", learningRate: 0.5, clipNorm: clip))
      let start = trainer.network
      _ = try trainer.step()
      return zip(start.parameters, trainer.network.parameters).reduce(0) { total, pair in
        let difference = pair.1.tensor - pair.0.tensor
        return total + (difference * difference).sum()
      }.squareRoot()
    }
    let free = try stepLength(clip: nil)
    // Differences of weights near 1 round at 1e-16 each.
    #expect(try abs(stepLength(clip: free) - free / 1) > 0)
    #expect(try abs(stepLength(clip: 0.01) - 0.5 * 0.01) < 1e-14)
  }

  @Test("the schedule sets the rate of every step")
  func schedule() throws {
    var trainer = try makeTrainer(
      Double.self,
      options: TrainingOptions(
        epochs: 4, batchSize: 19, learningRate: 0.2, schedule: "step:every=2,factor=0.5"))
    #expect(trainer.batchesPerEpoch == 3)
    var rates: [Double] = []
    repeat { rates.append(trainer.learningRate) } while try trainer.step()
    #expect(rates == [Double](repeating: 0.2, count: 6) + [Double](repeating: 0.1, count: 6))
    #expect(trainer.progress.history.map(\.learningRate) == [0.2, 0.2, 0.1, 0.1])
  }

  @Test("early stopping waits for its patience and restores the best epoch")
  func earlyStopping() throws {
    var options = TrainingOptions(
      epochs: 200, batchSize: 8, learningRate: 0.1, validationFraction: 0.3, patience: 4, seed: 5)
    var trainer = try makeTrainer(Double.self, options: options, dropout: 0)
    try trainer.run()
    let history = trainer.progress.history
    let losses = history.compactMap(\.validationLoss)
    #expect(losses.count == history.count)
    let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
    #expect(trainer.progress.bestEpoch == best + 1)
    #expect(history.count == best + 1 + 4)
    #expect(trainer.progress.stoppedEarly(of: 200))
    // Training for just as long as the best epoch, the schedule being constant, must end with the
    // same weights.
    options.epochs = best + 1
    options.patience = nil
    var short = try makeTrainer(Double.self, options: options, dropout: 0)
    try short.run()
    #expect(short.network.parameters == trainer.network.parameters)
    options.epochs = history.count
    options.restoresBest = false
    var last = try makeTrainer(Double.self, options: options, dropout: 0)
    try last.run()
    #expect(last.network.parameters != trainer.network.parameters)
  }

  @Test("validation rows are not trained on, and given ones replace the split")
  func validation() throws {
    let (x, y) = clouds(Double.self)
    let network = try Network<Double>(Sequential { Dense(3) }, inputs: 4, seed: 0)
    func trainer(fraction: Double, given: Bool) throws -> Trainer<Double> {
      try Trainer(
        network, loss: CrossEntropy(), features: x, labels: y, classCount: 3,
        validation: given ? (x.rows(at: [0, 1, 2]), [0, 1, 2]) : nil,
        options: TrainingOptions(epochs: 2, batchSize: 1, validationFraction: fraction))
    }
    #expect(try trainer(fraction: 0, given: false).batchesPerEpoch == 57)
    // 57 rows: 0.25 of them are 14.25.
    #expect(try trainer(fraction: 0.25, given: false).batchesPerEpoch == 57 - 14)
    #expect(try trainer(fraction: 0.25, given: true).batchesPerEpoch == 57)
  }

  @Test("a loss that is not finite names epoch, batch and mend")
  func notFinite() throws {
    // One step makes weights of about 1e200, whose squared error overflows in the next.
    let (x, y) = clouds(Double.self)
    var trainer = try Trainer(
      Network<Double>(Sequential { Dense(3) }, inputs: 4, seed: 0), loss: MeanSquaredError(),
      features: x, labels: y, classCount: 3,
      options: TrainingOptions(epochs: 3, batchSize: 20, optimizer: "sgd", learningRate: 1e200))
    let text = errorText { try trainer.run() }
    #expect(
      text == "the loss became inf in epoch 1, batch 2; lower the learning rate (now 1e+200) or "
        + "clip the gradient, and check that the features are scaled")
  }

  /// A circuit between two dense layers, which takes finite numbers only.
  private func hybridLayers() throws -> Sequential {
    let (x, w) = (Inputs("x", 2), Weights("w", 2))
    let circuit = try Circuit(qubits: 2) {
      for q in 0..<2 { RY(x[q], on: q) }
      for q in 0..<2 { RY(w[q], on: q) }
    }
    let quantum = try QuantumLayer(circuit, measuring: [Z(0), Z(1)])
    return Sequential {
      Dense(2)
      quantum
      Dense(3)
    }
  }

  @Test(
    "weights that overflow name epoch, batch and learning rate, whatever layer comes next",
    arguments: ["sgd", "adam", "momentum"], [1e307, 1e308])
  func divergingWeights(optimizer: String, rate: Double) throws {
    let (x, y) = clouds(Double.self)
    var trainer = try Trainer(
      Network<Double>(hybridLayers(), inputs: 4, seed: 0), loss: MeanSquaredError(), features: x,
      labels: y, classCount: 3,
      options: TrainingOptions(
        epochs: 40, batchSize: 20, optimizer: optimizer, learningRate: rate))
    let text = errorText { try trainer.run() }
    #expect(text.contains(" in epoch 1, batch "), "\(text)")
    #expect(text.contains("lower the learning rate (now \(rate))"), "\(text)")
  }

  @Test("a circuit's inputs that overflow are the layer's before it, not the user's")
  func divergingLayer() throws {
    let (x, y) = clouds(Double.self)
    var network = try Network<Double>(hybridLayers(), inputs: 4, seed: 0)
    try network.setParameter("1.dense.weight", to: Tensor(repeating: 1.7e308, shape: [4, 2]))
    var trainer = try Trainer(
      network, loss: CrossEntropy(), features: x, labels: y, classCount: 3)
    #expect(
      errorText { try trainer.run() }.hasPrefix("the output of layer 1 (dense) became "))
    #expect(throws: NonFiniteValues.self) { try network(x) }
  }

  @Test("features that are not finite are named by row and place")
  func nonFiniteFeatures() throws {
    let (x, y) = clouds(Double.self)
    for value in [Double.nan, .infinity] {
      var broken = x
      broken.elements[4 * 9 + 2] = value
      let text = errorText {
        _ = try Trainer(
          Network<Double>(Sequential { Dense(3) }, inputs: 4, seed: 0), loss: CrossEntropy(),
          features: broken, labels: y, classCount: 3)
      }
      #expect(text.hasPrefix("feature 3 of row 10 is not a finite number"))
    }
  }

  @Test("a prediction that is not finite is an error with its row")
  func nonFinitePrediction() throws {
    let (x, y) = clouds(Double.self)
    var network = try Network<Double>(Sequential { Dense(3) }, inputs: 4, seed: 0)
    try network.setParameter("1.dense.weight", to: Tensor(repeating: 10, shape: [4, 3]))
    let trainer = try Trainer(
      network, loss: CrossEntropy(), features: x, labels: y, classCount: 3)
    var large = x
    for i in 0..<4 { large.elements[4 * 5 + i] = 1.7e308 }
    #expect(
      errorText { _ = try trainer.predict(large) }.hasPrefix("row 6 has no finite prediction"))
  }

  @Test("noise and shots of the options reach the circuits, or are refused where there is none")
  func measuredOptions() throws {
    let (x, y) = clouds(Double.self)
    let noise = try JSONValue.decoder.decode(
      JSONValue.self,
      from: Data(
        #"{"rules": [{"gateQubits": 1, "channel": "Depolarizing", "probability": 0.2}]}"#.utf8))
    func loss(_ layers: Sequential, noise: JSONValue? = nil, shots: Int? = nil) throws -> Double {
      var trainer = try Trainer(
        Network<Double>(layers, inputs: 4, seed: 0), loss: CrossEntropy(), features: x, labels: y,
        classCount: 3, options: TrainingOptions(epochs: 1, noise: noise, shots: shots))
      try trainer.run()
      return try #require(trainer.progress.history.last).trainingLoss
    }
    let quantum = try hybridLayers()
    #expect(try loss(quantum, shots: 10) != loss(quantum))
    #expect(try loss(quantum, noise: noise) != loss(quantum))
    #expect(
      errorText { _ = try loss(Sequential { Dense(3) }, shots: 10) }.contains("has no circuit"))
  }

  @Test("options out of bounds are all listed")
  func badOptions() {
    let options = TrainingOptions(
      epochs: 0, batchSize: 0, optimizer: "adm", learningRate: .nan, schedule: "cos", clipNorm: 0,
      l1: -1, l2: .infinity, validationFraction: 1, patience: 0)
    let text = errorText { try options.validate() }
    for part in [
      "epochs must be 1 or more, not 0", "batch size must be 1 or more, not 0",
      "learning rate must be greater than 0, not nan", "clip norm must be greater than 0, not 0.0",
      "l1 must be 0 or more, not -1.0", "l2 must be 0 or more, not inf",
      "validation fraction must be at least 0 and less than 1, not 1.0",
      "patience must be 1 or more, not 0", "did you mean 'adam'?", "unknown schedule 'cos'",
    ] { #expect(text.contains(part), "\(part)") }
    #expect(errorText { try TrainingOptions().validate() } == "no error")
  }

  @Test("data that do not fit are named")
  func badData() throws {
    let (x, y) = clouds(Double.self)
    let network = try Network<Double>(Sequential { Dense(3) }, inputs: 4, seed: 0)
    func text(_ x: Tensor<Double>, _ y: [Int], _ classes: Int, _ loss: any Loss = CrossEntropy())
      -> String
    {
      errorText {
        _ = try Trainer(network, loss: loss, features: x, labels: y, classCount: classes)
      }
    }
    #expect(text(x, Array(y.dropLast()), 3).hasPrefix("56 labels for features of shape [57, 4]"))
    #expect(text(x, y, 2).contains("label 2 is not a class number in 0..<2"))
    #expect(text(x, y.map { _ in 0 }, 1).contains("only one class"))
    #expect(text(x.reshaped([114, 2]), y + y, 3).contains("2 features, but the network takes 4"))
    #expect(
      text(x, y.map { min($0, 1) }, 2, Hinge()).contains(
        "'hinge' needs 1 outputs for 2 classes, but the network gives 3"))
  }

  private final class Recorder: FitObserver {
    let fractions = Mutex<[Double]>([])
    let limit: Int
    init(limit: Int) { self.limit = limit }
    func progressed(to fraction: Double) { fractions.withLock { $0.append(fraction) } }
    var isCancelled: Bool { fractions.withLock { $0.count >= limit } }
  }

  @Test("the observer sees progress from 0 to 1 and can stop the run")
  func observer() throws {
    let all = Recorder(limit: .max)
    var trainer = try makeTrainer(
      Double.self, options: TrainingOptions(epochs: 2, batchSize: 19))
    try trainer.run(observer: all)
    let expected = [0, 1.0 / 6, 2.0 / 6, 3.0 / 6, 4.0 / 6, 5.0 / 6, 1]
    let seen = all.fractions.withLock { $0 }
    #expect(seen.count == expected.count)
    #expect(zip(seen, expected).allSatisfy { abs($0 - $1) < 1e-15 })
    var stopped = try makeTrainer(Double.self)
    #expect(throws: CancellationError.self) { try stopped.run(observer: Recorder(limit: 3)) }
    #expect(stopped.progress.stepCount == 3)
  }

  @Test("a classifier whose fit is stopped keeps the weights it has, those of as many steps")
  func stoppedFit() throws {
    let (x, y) = clouds(Double.self)
    let options = TrainingOptions(epochs: 5, batchSize: 19, seed: 3)
    var stopped = NetworkClassifier<Double>(MLP(), options: options)
    #expect(throws: CancellationError.self) {
      try stopped.fit(x, labels: y, classCount: 3, observer: Recorder(limit: 4))
    }
    var steps = try Trainer<Double>(
      Network(MLP().network(features: x.rowSize, classes: 3), inputs: x.rowSize, seed: 3),
      loss: CrossEntropy(), features: x, labels: y, classCount: 3, options: options)
    for _ in 0..<4 { _ = try steps.step() }
    #expect(stopped.trainer?.network.parameters == steps.network.parameters)
    #expect(try stopped.predict(x).count == y.count)
  }

  /// Reports one circuit for each row, as a quantum layer does.
  private struct Counting: Layer {
    let name = "counting"
    func forward<S: Scalar>(
      _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
    ) throws -> Variable<S> {
      pass.context.circuitEvaluations?.add(input.value.rowCount)
      return input
    }
  }

  @Test("circuits run in training steps are counted")
  func countsCircuits() throws {
    let (x, y) = clouds(Double.self)
    var trainer = try Trainer(
      Network<Double>(Sequential([Counting(), Dense(3)]), inputs: 4, seed: 0),
      loss: CrossEntropy(), features: x, labels: y, classCount: 3,
      options: TrainingOptions(epochs: 2, batchSize: 30))
    try trainer.run()
    #expect(trainer.progress.circuitEvaluations == 2 * 57)
  }

  private func measuredTrainer(_ options: TrainingOptions) throws -> Trainer<Double> {
    let x = Inputs("x", 2)
    let circuit = try Circuit(qubits: 2) {
      AngleEmbedding(x, on: 0..<2)
      StronglyEntangling(layers: 1, on: 0..<2)
    }
    let layers = try Sequential {
      Dense(2)
      try Residual { try QuantumLayer(circuit, measuring: Z(0), Z(1)) }
      Dense(3)
    }
    let (features, labels) = clouds(Double.self, rows: 9)
    return try Trainer(
      Network(layers, inputs: 4, seed: 5), loss: CrossEntropy(), features: features,
      labels: labels, classCount: 3, options: options)
  }

  @Test("Shots and noise given to a trainer change what it sees, in evaluation too")
  func measuredTraining() throws {
    func losses(_ options: TrainingOptions) throws -> [Double] {
      var trainer = try measuredTrainer(options)
      let (x, y) = clouds(Double.self, rows: 9)
      let before = try trainer.evaluate(x, labels: y).loss
      try trainer.run()
      return [before] + trainer.progress.history.map(\.trainingLoss)
    }
    let exact = try losses(TrainingOptions(epochs: 2))
    let few = try losses(TrainingOptions(epochs: 2, shots: 5))
    #expect(zip(exact, few).allSatisfy { $0 != $1 })
    #expect(try few == losses(TrainingOptions(epochs: 2, shots: 5)))
    let noise = JSONValue.object([
      "rules": .array([.object(["channel": .string("Depolarizing"), "probability": .number(0.1)])])
    ])
    #expect(
      zip(exact, try losses(TrainingOptions(epochs: 2, noise: noise))).allSatisfy { $0 != $1 })
    #expect(throws: AnsatzError.self) {
      try makeTrainer(Double.self, options: TrainingOptions(shots: 5))
    }
  }

  @Test("With shots the loss's spread over seeds shrinks as the square root of their number")
  func shotSpread() throws {
    func spread(_ shots: Int) throws -> Double {
      let losses = try (0..<60).map { seed in
        var trainer = try measuredTrainer(
          TrainingOptions(epochs: 1, batchSize: 9, shots: shots, seed: UInt64(seed)))
        try trainer.run()
        return trainer.progress.history[0].trainingLoss
      }
      let mean = losses.reduce(0, +) / 60
      return (losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59).squareRoot()
    }
    // Ten times as small for a hundred times the shots; a ratio of two spreads of 60 is off by 13 %.
    let ratio = try spread(50) / spread(5000)
    #expect(ratio > 6 && ratio < 16)
  }
}
