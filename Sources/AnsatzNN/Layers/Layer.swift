import AnsatzMath

/// One stage of a network, as a configuration value: what to compute, not the weights.
///
/// To add a layer, write one file with a struct that conforms, and list it in `StandardLayers`.
/// Only `name`, `forward` and `examples` are needed; the defaults describe a layer without
/// parameters and children that keeps the shape. The network keeps the parameter tensors, in its
/// own precision, and passes them to `forward` in the order declared.
///
/// ```swift
/// struct Gain: Layer {
///   let name = "gain"
///   func makeParameters(for input: Shape, using random: inout RandomStream) -> [Parameter] {
///     [Parameter("gain", Tensor(repeating: 1, shape: [input.width]))]
///   }
///   func forward<S: Scalar>(
///     _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
///   ) throws -> Variable<S> {
///     let (x, gain) = (input.value, parameters[0].value)
///     let value = …
///     return pass.tape.record(value, parents: [input, parameters[0]]) { upstream, needed in
///       [needed[0] ? … : nil, needed[1] ? … : nil]
///     }
///   }
/// }
/// ```
///
/// `needed[1]` is false when the layer is frozen, and `needed[0]` when nothing trainable comes
/// before it, so costly gradients can be skipped.
public protocol Layer: Sendable {
  /// A short name for messages and for the names of parameters: `dense`, `relu`.
  var name: String { get }

  /// The shape of the output, for an input of the given shape.
  ///
  /// - Throws: `ShapeError` for a shape it does not take; `AnsatzError` if it cannot work as
  ///   configured.
  func outputShape(of input: Shape) throws -> Shape

  /// The layer's own parameters at the start of training, in double precision, in the order in
  /// which `forward` receives them; those of its children are made by the children.
  func makeParameters(for input: Shape, using random: inout RandomStream) throws -> [Parameter]

  /// How many numbers `makeParameters` will make, if they may be very many: what a network needs is
  /// known from it before any is made.
  func parameterCount(for input: Shape) -> Int

  /// Computes the output and records the operation: `[batch] + input → [batch] + output`.
  func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S>

  /// The layers it is made of, each with parameters of its own.
  var children: [any Layer] { get }

  /// The same layer with each of its children replaced.
  func mapChildren(_ transform: (any Layer) throws -> any Layer) rethrows -> Self

  /// The shape of what each child is given, for an input of the given shape.
  func childShapes(of input: Shape) throws -> [Shape]

  /// What a child's parameters are called by, after this layer's own path: `2.dense`. Nil leaves
  /// the path as it is, for a layer that only wraps another.
  func pathComponent(ofChild index: Int) -> String?

  /// Whether training changes the parameters of this layer and of those inside it.
  var isTrainable: Bool { get }

  /// The layer as a circuit, if it runs one.
  var quantumLayer: QuantumLayer? { get }

  /// Layers of this kind with input shapes they take; every law that holds for layers is tested on
  /// them.
  static var examples: [LayerExample] { get }
}

extension Layer {
  public func outputShape(of input: Shape) throws -> Shape { input }
  public func makeParameters(
    for input: Shape, using random: inout RandomStream
  ) throws -> [Parameter] { [] }
  public var children: [any Layer] { [] }
  public func mapChildren(_ transform: (any Layer) throws -> any Layer) rethrows -> Self { self }
  public func childShapes(of input: Shape) throws -> [Shape] { children.map { _ in input } }
  public func pathComponent(ofChild index: Int) -> String? {
    "\(index + 1).\(children[index].name)"
  }
  public var isTrainable: Bool { true }
  public var quantumLayer: QuantumLayer? { nil }
  public static var examples: [LayerExample] { [] }
  /// 0: too few to matter for memory.
  public func parameterCount(for input: Shape) -> Int { 0 }
}

/// A layer with an input shape it takes.
public struct LayerExample: Sendable {
  /// The layer.
  public let layer: any Layer
  /// The shape of a sample.
  public let input: Shape
  /// What messages call it.
  public let label: String

  /// An example; the label is the layer's name and the shape if not given.
  public init(_ layer: any Layer, _ input: Shape, _ label: String? = nil) {
    self.layer = layer
    self.input = input
    self.label = label ?? "\(layer.name) on \(input)"
  }
}

extension Layer {
  /// The layer itself, then all that it is made of, depth first.
  public var descendants: [any Layer] { [self] + children.flatMap(\.descendants) }

  /// The circuits in it, however deep.
  public var quantumLayers: [QuantumLayer] { descendants.compactMap(\.quantumLayer) }

  /// Whether a circuit is in it, so that there is something to take away.
  public var hasCircuit: Bool { !quantumLayers.isEmpty }

  /// How many numbers `makeParameters` will make in the layer and in all it is made of, as far as the
  /// layers say; a Double, since their sum may be beyond any whole number.
  func countOfAllParameters(for input: Shape) throws -> Double {
    try zip(children, childShapes(of: input)).reduce(Double(parameterCount(for: input))) {
      $0 + (try $1.0.countOfAllParameters(for: $1.1))
    }
  }

  /// The layer with every part replaced for which the closure gives another; what is replaced is
  /// not looked into.
  public func replacing(
    _ replacement: (any Layer) throws -> (any Layer)?
  ) rethrows -> any Layer {
    if let other = try replacement(self) { return other }
    return try mapChildren { try $0.replacing(replacement) }
  }
}
