import AnsatzMath
import Synchronization

/// One stage of a network, as a configuration value: what to compute, not the weights.
///
/// To add a layer, write one file with a struct that conforms. Only `name` and `forward` are
/// required; the defaults describe a layer without parameters that keeps the width. A layer with
/// parameters also says how many outputs it gives (`outputCount`), how many inputs it insists on
/// (`inputCount`, if any), how its parameters start (`initialParameters`) and, if they may be very many,
/// how many they are (`parameterCount`), so that memory is asked for first. The network keeps the
/// parameter tensors, in its own precision, and passes them to `forward` in the order declared.
///
/// ```swift
/// struct Gain: Layer {
///   let name = "gain"
///   func initialParameters(inputCount: Int, using random: inout RandomStream) -> [Parameter] {
///     [Parameter("gain", Tensor(repeating: 1, shape: [inputCount]))]
///   }
///   func forward<S: Scalar>(
///     _ input: Variable<S>, parameters: [Variable<S>], on tape: Tape<S>,
///     context: inout ForwardContext
///   ) throws -> Variable<S> {
///     let (x, gain) = (input.value, parameters[0].value)
///     let value = …
///     return tape.record(value, parents: [input, parameters[0]]) { upstream, needed in
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

  /// The only width this layer accepts, or nil if it takes any.
  var inputCount: Int? { get }

  /// The width of the output, for an input of the given width.
  ///
  /// - Throws: `AnsatzError` if the layer cannot work with that width or its own configuration.
  func outputCount(inputCount: Int) throws -> Int

  /// The parameters at the start of training, in double precision, in the order in which `forward`
  /// receives them.
  func initialParameters(
    inputCount: Int, using random: inout RandomStream
  ) throws -> [Parameter]

  /// How many numbers `initialParameters` will make: what a network needs is known from it before any
  /// is made.
  func parameterCount(inputCount: Int) throws -> Int

  /// Computes the output and records the operation: `[batch, inputs] → [batch, outputs]`.
  func forward<S: Scalar>(
    _ input: Variable<S>, parameters: [Variable<S>], on tape: Tape<S>, context: inout ForwardContext
  ) throws -> Variable<S>
}

extension Layer {
  public var inputCount: Int? { nil }
  public func outputCount(inputCount: Int) throws -> Int { inputCount }
  public func initialParameters(
    inputCount: Int, using random: inout RandomStream
  ) throws -> [Parameter] { [] }
  /// 0: too few to matter for memory.
  public func parameterCount(inputCount: Int) throws -> Int { 0 }
}

/// A named tensor of a layer, as it is before training.
public struct Parameter: Sendable {
  /// The name within the layer: `weight`, `bias`.
  public let name: String
  /// Its values before training.
  public let value: Tensor<Double>
  /// Whether training changes it.
  public var isTrainable: Bool
  /// Whether L1 and L2 penalties apply to it; by custom not to biases, and not to angles, whose
  /// size means nothing.
  public var isPenalized: Bool

  /// A tensor of a layer under a name.
  public init(
    _ name: String, _ value: Tensor<Double>, isTrainable: Bool = true, isPenalized: Bool = true
  ) {
    self.name = name
    self.value = value
    self.isTrainable = isTrainable
    self.isPenalized = isPenalized
  }
}

/// What a forward pass needs to know beyond its input.
public struct ForwardContext: Sendable {
  /// Whether weights are being trained; dropout drops only then.
  public var isTraining: Bool
  /// The random numbers of dropout; advanced by the layers that draw from it.
  public var dropout: RandomStream
  /// Counts the circuits that quantum layers run, if anyone asks.
  public var circuitEvaluations: EvaluationCounter?

  /// For a pass of one's own.
  public init(
    isTraining: Bool, dropout: RandomStream, circuitEvaluations: EvaluationCounter? = nil
  ) {
    self.isTraining = isTraining
    self.dropout = dropout
    self.circuitEvaluations = circuitEvaluations
  }

  /// For predictions: nothing random happens.
  public static let inference = ForwardContext(
    isTraining: false, dropout: RandomStream(seed: 0, stream: "dropout"))
}

/// A running total of circuit evaluations, forward passes and gradients together.
public final class EvaluationCounter: Sendable {
  private let total = Atomic<Int>(0)

  /// At 0.
  public init() {}

  /// Counts some more.
  public func add(_ count: Int) { total.add(count, ordering: .relaxed) }
  /// How many were counted.
  public var count: Int { total.load(ordering: .relaxed) }
}
