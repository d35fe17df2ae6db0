import AnsatzMath
import AnsatzSettings

/// How the weights of a layer, or of one bundle of a circuit, start.
public struct Initializer: Sendable {
  /// What options call it.
  public let name: String
  /// One weight of a layer with that many inputs and outputs.
  let draw: @Sendable (_ inputs: Int, _ outputs: Int, _ random: inout RandomStream) -> Double

  /// A rule that draws each value.
  public init(
    _ name: String,
    draw:
      @escaping @Sendable (_ inputs: Int, _ outputs: Int, _ random: inout RandomStream) -> Double
  ) {
    self.name = name
    self.draw = draw
  }

  /// A tensor of fresh weights, drawn in row-major order.
  public func tensor(
    shape: [Int], inputs: Int, outputs: Int, using random: inout RandomStream
  ) -> Tensor<Double> {
    let count = shape.reduce(1, *)
    return Tensor(shape: shape, elements: (0..<count).map { _ in draw(inputs, outputs, &random) })
  }

  /// Uniform in ±√(6 / (inputs + outputs)): keeps the variance through layers that are odd
  /// functions.
  ///
  /// - Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
  ///   networks" (2010), eq. (16).
  public static let glorotUniform = Initializer("glorot-uniform") { inputs, outputs, random in
    let limit = (6 / Double(inputs + outputs)).squareRoot()
    return random.uniform(in: -limit..<limit)
  }

  /// Normal with variance 2 / (inputs + outputs).
  public static let glorotNormal = Initializer("glorot-normal") { inputs, outputs, random in
    (2 / Double(inputs + outputs)).squareRoot() * random.normal()
  }

  /// Uniform in ±√(6 / inputs): keeps the variance through rectifiers.
  ///
  /// - Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015), eq. (10).
  public static let heUniform = Initializer("he-uniform") { inputs, _, random in
    let limit = (6 / Double(inputs)).squareRoot()
    return random.uniform(in: -limit..<limit)
  }

  /// Normal with variance 2 / inputs.
  public static let heNormal = Initializer("he-normal") { inputs, _, random in
    (2 / Double(inputs)).squareRoot() * random.normal()
  }

  /// Zero.
  public static let zeros = Initializer("zeros") { _, _, _ in 0 }

  /// Normal with mean 0 and the given standard deviation.
  public static func normal(_ deviation: Double) -> Initializer {
    Initializer("normal(\(deviation))") { _, _, random in deviation * random.normal() }
  }

  /// Uniform in the given range.
  public static func uniform(in range: Range<Double>) -> Initializer {
    Initializer("uniform(\(range.lowerBound), \(range.upperBound))") { _, _, random in
      random.uniform(in: range)
    }
  }

  /// The same number everywhere.
  public static func constant(_ value: Double) -> Initializer {
    Initializer("constant(\(value))") { _, _, _ in value }
  }

  /// The initializers that can be chosen by name.
  public static let standard = [glorotUniform, glorotNormal, heUniform, heNormal, zeros]

  /// The initializer of a name: one of `standard`, or `normal(0.1)`, `uniform(-1, 1)` or
  /// `constant(0.5)` with numbers of one's own. A model that keeps the name among its
  /// hyperparameters saves it with its weights.
  ///
  /// - Throws: `AnsatzError` for an unknown name, with a suggestion, and for numbers that do not fit.
  public static func named(_ name: String) throws -> Initializer {
    if let match = standard.first(where: { $0.name == name }) { return match }
    let kind = String(name.prefix { $0 != "(" })
    guard kind != name, name.hasSuffix(")"), ["normal", "uniform", "constant"].contains(kind) else {
      let names = standard.map(\.name) + ["normal(0.1)", "uniform(-1, 1)", "constant(0.5)"]
      return try Catalogue("initializer", names.map { ($0, zeros) }) { $0.0 }.named(name).1
    }
    let numbers = name.dropFirst(kind.count + 1).dropLast()
      .split(separator: ",", omittingEmptySubsequences: false)
      .map { Double($0.filter { $0 != " " }) ?? .nan }
    switch (kind, numbers.count) {
    case _ where !numbers.allSatisfy(\.isFinite): break
    case ("normal", 1) where numbers[0] >= 0: return .normal(numbers[0])
    case ("constant", 1): return .constant(numbers[0])
    case ("uniform", 2) where numbers[0] < numbers[1]:
      return .uniform(in: numbers[0]..<numbers[1])
    default: break
    }
    throw AnsatzError(
      .usage,
      "cannot read the initializer '\(name)'; write normal(DEVIATION), uniform(LOW, HIGH) or "
        + "constant(VALUE)")
  }
}
