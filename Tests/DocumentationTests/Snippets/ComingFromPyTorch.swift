import Ansatz
import Numerics

/// The right-hand sides of docs/coming-from-pytorch.md, each on a line of its own.
func comingFromPyTorch() throws {
  let inputs = Inputs("x", 4)
  let circuit = try Circuit(qubits: 4) {
    AngleEmbedding(inputs, on: 0..<4)
    BasicEntangler(layers: 2, on: 0..<4)
  }
  let x = Tensor(rows: [[0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1], [0.5, 0.1, 0.5, 0.1]])
  let y = [0, 1, 2]
  let record = try ModelRecord(MLP(), features: 4, classNames: ["a", "b", "c"])

  // Layers
  _ = try Sequential {
    Dense(4)
    Dense(4, bias: false)
    ReLU()
    LeakyReLU(slope: 0.1)
    GELU()
    Sigmoid()
    Tanh()
    Softmax()
    Dropout(0.2)
    Dense(4, initializer: .heNormal)
    Dense(4).frozen()
    try QuantumLayer(circuit, measuring: Z(0), Z(1))
  }

  // Models
  let layers = Sequential([Dense(8), ReLU(), Dense(3)])
  var network = try Network<Double>(layers, inputs: 4, seed: 7)
  _ = try Network<Float>(layers, inputs: 4, seed: 7)
  _ = try network(x)
  _ = network.trainableParameterCount
  _ = network.parameters.map(\.name)
  try network.setParameter("1.dense.bias", to: Tensor(shape: [8]))
  _ = CrossEntropy()
  _ = BinaryCrossEntropy()
  _ = MeanSquaredError()
  _ = Hinge()

  // Training
  _ = TrainingOptions(optimizer: "momentum:momentum=0.9", learningRate: 0.1)
  _ = TrainingOptions(optimizer: "adam", learningRate: 0.01)
  _ = TrainingOptions(optimizer: "adamw:decay=0.01")
  _ = TrainingOptions(optimizer: "rmsprop")
  _ = TrainingOptions(epochs: 20, schedule: "cosine")
  _ = TrainingOptions(schedule: "step:every=10,factor=0.5")
  _ = TrainingOptions(clipNorm: 1)
  _ = TrainingOptions(batchSize: 16)
  _ = TrainingOptions(validationFraction: 0.2, patience: 10)
  let brief = TrainingOptions(epochs: 2)
  var trainer = try Trainer(
    network, loss: CrossEntropy(), features: x, labels: y, classCount: 3, options: brief)
  while try trainer.step() {}
  _ = accuracy(of: try trainer.predict(x), labels: y)
  _ = try Checkpoint(trainer, record: record).weights.encoded()
  _ = try Checkpoint(trainer, record: record).optimizer.encoded()
  _ = ThreadPool(threads: 2)

  // Tensors and gradients by hand
  let a = Tensor(rows: [[1.0, 2.0], [3.0, 4.0]])
  _ = Tensor<Double>(shape: [2, 3])
  _ = matrixProduct(a, a)
  _ = a.transposed()
  _ = a.converted(to: Float.self)
  var random = RandomStream(seed: 7, stream: "mine")
  _ = random.normal()
  let tape = Tape<Double>()
  let v = tape.trainable(a)
  let loss = tape.mean(tape.matrixProduct(v, v))
  _ = try tape.gradients(of: loss, withRespectTo: [v])
  _ = tape.record(2 * a, parents: [v]) { upstream, _ in [2 * upstream] }
  var (weights, state) = ([1.0, 2.0], Adam().makeState(count: 2, of: Double.self))
  Adam().update(&weights, gradient: [0.1, 0.2], state: &state, learningRate: 0.01)
}
