import AnsatzMath
import AnsatzNN

/// Three noisy clouds in four dimensions: learnable, not separable.
func clouds<S: Scalar>(_ type: S.Type = S.self, rows: Int = 57) -> (x: Tensor<S>, y: [Int]) {
  var random = RandomStream(seed: 11, stream: "clouds")
  let labels = (0..<rows).map { $0 % 3 }
  let x = labels.flatMap { label in
    (0..<4).map { i in S(random.normal() + (i == label ? 1.5 : 0)) }
  }
  return (Tensor(shape: [rows, 4], elements: x), labels)
}

/// Everything that must be saved at once: dropout, Adam, a schedule, validation, early stopping,
/// clipping and penalties.
let demandingOptions = TrainingOptions(
  epochs: 12, batchSize: 8, optimizer: "adam", learningRate: 0.05,
  schedule: "warm-up:length=1.5+cosine", clipNorm: 1, l1: 1e-4, l2: 1e-3, validationFraction: 0.25,
  patience: 5, seed: 42)

func makeTrainer<S: Scalar>(
  _ type: S.Type = S.self, options: TrainingOptions = demandingOptions, dropout: Double = 0.3
) throws -> Trainer<S> {
  let (x, y) = clouds(S.self)
  let network = try Network<S>(
    Sequential {
      Dense(7)
      Tanh()
      Dropout(dropout)
      Dense(5).frozen()
      ReLU()
      Dense(3)
    }, inputs: 4, seed: options.seed)
  return try Trainer(
    network, loss: CrossEntropy(), features: x, labels: y, classCount: 3, options: options)
}
