import AnsatzMath
import Synchronization

/// One forward pass: the tape it is recorded on, and what layers need to know beyond their input.
public struct Pass<S: Scalar> {
  /// Where operations are recorded.
  public let tape: Tape<S>
  /// What outlives the pass.
  public var context: ForwardContext

  /// A pass on a tape that the caller keeps.
  public init(on tape: Tape<S>, _ context: ForwardContext = .inference) {
    self.tape = tape
    self.context = context
  }

  /// Whether weights are being trained; dropout drops only then.
  public var isTraining: Bool { context.isTraining }
}

/// What a forward pass needs to know beyond its input.
public struct ForwardContext: Sendable {
  /// Whether weights are being trained; dropout drops only then.
  public var isTraining: Bool
  /// The random numbers of dropout and of shots; advanced by the layers that draw from it.
  public var dropout: RandomStream
  /// How circuits are measured.
  public var measurement: Measurement
  /// Counts the circuits that quantum layers run, if anyone asks.
  public var circuitEvaluations: EvaluationCounter?

  /// For a pass of one's own.
  public init(
    isTraining: Bool, dropout: RandomStream, measurement: Measurement = .exact,
    circuitEvaluations: EvaluationCounter? = nil
  ) {
    self.isTraining = isTraining
    self.dropout = dropout
    self.measurement = measurement
    self.circuitEvaluations = circuitEvaluations
  }

  /// For predictions: nothing random happens, unless circuits are measured with shots.
  public static let inference = ForwardContext(
    isTraining: false, dropout: RandomStream(seed: 0, stream: "dropout"))

  /// For predictions with circuits measured in some way.
  public static func inference(_ measurement: Measurement) -> ForwardContext {
    var context = inference
    context.measurement = measurement
    return context
  }
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
