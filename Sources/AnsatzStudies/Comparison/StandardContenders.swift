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
    var examined = network(
      name, hasCircuit ? .hybrid : .model, model, options: options, in: precision)
    examined.advice = growthAdvice(for: model, features: features, classes: classes)
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

/// How a model could be made larger: more qubits if it has them as a hyperparameter, else more layers.
private func growthAdvice(for model: any Model, features: Int, classes: Int) -> String? {
  func count(_ name: String) -> Int? {
    guard case .integer(let value)? = model.settingValues.first(where: { $0.name == name })?.value
    else { return nil }
    return value
  }
  let data = "\(features) features and \(classes) classes"
  if let qubits = count("qubits"), qubits < min(20, max(features, classes)) {
    // At least one a class; beyond twelve they cost more than one tries lightly.
    let more = min(20, max(classes, min(features, 2 * qubits, 12), qubits + 1))
    return "\(qubits) qubits stand against \(data); try --set qubits=\(more)"
  }
  if let layers = count("layers"), layers <= 500 {
    return "try --set layers=\(2 * layers)"
  }
  return nil
}
