import AnsatzMath

/// Multiplies every value by a constant: `y = factor · x`.
///
/// `Scale(by: .pi / 2)` after `Tanh()` makes angles in (-π/2, π/2).
public struct Scale: Layer {
  /// What every value is multiplied by.
  public let factor: Double

  /// Multiplies every value by the factor.
  public init(by factor: Double) { self.factor = factor }

  public var name: String { "scale" }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> { pass.tape.scaled(input, by: S(factor)) }

  public static var examples: [LayerExample] {
    [LayerExample(Scale(by: .pi / 2), [3]), LayerExample(Scale(by: 0), [2, 3])]
  }
}
