import AnsatzMath
import AnsatzSettings

/// A rule that moves weights against a gradient.
///
/// An optimizer is a value that holds hyperparameters only. What it remembers between steps is an
/// `OptimizerState`, kept by the caller, so it can be saved and restored to the bit.
public protocol Optimizer: Configurable, Codable, Equatable {
  /// Names of the arrays the rule remembers, each as long as the weights.
  static var slotNames: [String] { get }

  /// Performs one step on the weights.
  ///
  /// - Parameters:
  ///   - weights: The weights, changed in place.
  ///   - gradient: The derivative of the loss in each weight.
  ///   - state: What `makeState` made for these weights and earlier steps have changed.
  ///   - learningRate: The step size η, already scheduled.
  /// - Precondition: weights, gradient and every slot have the same count.
  func update<S: Scalar>(
    _ weights: inout [S], gradient: [S], state: inout OptimizerState<S>, learningRate: Double)
}

extension Optimizer {
  /// The state before the first step, for that many weights.
  public func makeState<S: Scalar>(count: Int, of type: S.Type = S.self) -> OptimizerState<S> {
    OptimizerState(
      stepCount: 0, slots: Self.slotNames.map { _ in [S](repeating: 0, count: count) })
  }
}

/// What an optimizer remembers about one array of weights.
public struct OptimizerState<S: Scalar>: Codable, Equatable, Sendable {
  /// The number of steps taken.
  public var stepCount: Int
  /// Running sums or means, one array for each of the optimizer's `slotNames`.
  public var slots: [[S]]

  /// A state as it was saved.
  public init(stepCount: Int, slots: [[S]]) {
    self.stepCount = stepCount
    self.slots = slots
  }

  /// Moves a slot out, so that several can be changed at once without copies; put it back after.
  mutating func take(_ index: Int) -> [S] {
    var slot: [S] = []
    swap(&slot, &slots[index])
    return slot
  }
}
