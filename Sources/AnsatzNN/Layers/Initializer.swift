import AnsatzMath
import AnsatzSettings

/// How the weights of a layer start.
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
    Initializer("uniform(\(range))") { _, _, random in random.uniform(in: range) }
  }

  /// The initializers that can be chosen by name.
  public static let standard = [glorotUniform, glorotNormal, heUniform, heNormal, zeros]

  /// - Throws: `AnsatzError` for an unknown name, with a suggestion.
  public static func named(_ name: String) throws -> Initializer {
    try Catalogue("initializer", standard) { $0.name }.named(name)
  }
}
