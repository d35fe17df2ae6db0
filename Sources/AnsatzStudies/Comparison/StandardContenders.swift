import AnsatzBaselines
import AnsatzMath
import AnsatzNN

extension Contender {
  /// A model as the hybrid of a comparison, and its twins if it has a circuit.
  ///
  /// - Parameters:
  ///   - name: Its name in the table, and the beginning of its twins' names.
  ///   - options: How the hybrid and its twins are trained; each fit has its own seed.
  ///   - features: The number of features after preprocessing.
  public static func hybrid<S: Scalar>(
    _ name: String, _ model: any Model, options: TrainingOptions,
    in precision: S.Type = Double.self, features: Int, classes: Int, withTwins: Bool = true
  ) throws -> [Contender] {
    let layers = try model.network(features: features, classes: classes)
    let hasCircuit = layers.hasCircuit
    let examined = network(
      name, hasCircuit ? .hybrid : .model, model, options: options, in: precision)
    guard withTwins, hasCircuit else { return [examined] }
    let twins = [Ablation.withoutCircuit, .frozenCircuit].filter { $0.changes(layers) }.map {
      ablation in
      network(
        "\(name) \(ablation.rawValue)", .twin, model, options: options, ablation: ablation,
        in: precision)
    }
    return [examined] + twins
  }

  /// The classical baselines: logistic regression, a multilayer perceptron, a support vector
  /// machine, nearest neighbours, and the majority class.
  public static var baselines: [Contender] {
    let perceptron = network(
      MLP.name, .baseline, MLP(), options: MLP().training, in: Double.self)
    var contenders = BaselineRegistry.all.map { baseline in
      Contender(baseline.name, .baseline) { _ in baseline.make() }
    }
    contenders.insert(perceptron, at: min(1, contenders.count))
    return contenders
  }

  private static func network<S: Scalar>(
    _ name: String, _ role: Role, _ model: any Model, options: TrainingOptions,
    ablation: Ablation = .none, in precision: S.Type
  ) -> Contender {
    Contender(name, role) { seed in
      var options = options
      options.seed = seed
      return NetworkClassifier<S>(model, options: options, name: name, ablation: ablation)
    }
  }
}
