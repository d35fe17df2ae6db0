import AnsatzMath

/// Adds what a layer gives to what it is given: `y = x + f(x)`.
///
/// - Source: He et al., "Deep residual learning for image recognition" (2016), arXiv:1512.03385.
public struct Residual: Layer {
  /// The layer beside which the input is passed on.
  public let layer: any Layer

  /// The layer, with its input added to its output.
  public init(_ layer: any Layer) { self.layer = layer }

  /// Several layers one after the other, with the input of the first added to the output of the
  /// last.
  public init(@LayerBuilder _ layers: () throws -> [any Layer]) rethrows {
    layer = Sequential(try layers())
  }

  public var name: String { "residual" }
  public var children: [any Layer] { [layer] }

  public func mapChildren(_ transform: (any Layer) throws -> any Layer) rethrows -> Residual {
    Residual(try transform(layer))
  }

  public func outputShape(of input: Shape) throws -> Shape {
    let output = try layer.outputShape(of: input)
    guard output == input else {
      throw AnsatzError(
        .usage,
        "what is added to its input must have its shape \(input), but \(layer.name) gives "
          + "\(output)")
    }
    return output
  }

  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    pass.tape.sum(input, try layer.forward(input, parameters.child(0), in: &pass))
  }

  public static var examples: [LayerExample] {
    let residual = Residual {
      Dense(5)
      Tanh()
      Dense(3)
    }
    return [LayerExample(residual, [3]), LayerExample(residual, [4, 3])]
  }
}
