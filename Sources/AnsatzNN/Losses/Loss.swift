import AnsatzMath
import AnsatzSettings
import Synchronization

/// What training minimises, and how the outputs of a network stand for classes.
///
/// A value without state, one file each, listed in `LossRegistry`; a package of one's own registers its
/// losses there.
public protocol Loss: Sendable {
  /// The name that options, files and messages use.
  static var name: String { get }
  /// What it measures, in one sentence without a full stop.
  static var summary: String { get }
  /// With its default settings.
  init()

  /// How many outputs a network needs for that many classes (2 or more).
  func outputCount(classes: Int) -> Int

  /// The outputs to aim at, `[labels, outputCount]`, for class numbers 0..<classes.
  func targets<S: Scalar>(labels: [Int], classes: Int) -> Tensor<S>

  /// The mean loss over a batch as a scalar of shape `[]`; outputs and targets have equal shapes.
  func forward<S: Scalar>(
    _ outputs: Variable<S>, targets: Tensor<S>, on tape: Tape<S>
  ) -> Variable<S>

  /// The class number that each row of outputs stands for.
  func labels<S: Scalar>(outputs: Tensor<S>) -> [Int]

  /// The probability of every class, `[batch, classes]`, or nil if the loss does not give any.
  func probabilities<S: Scalar>(outputs: Tensor<S>) -> Tensor<S>?
}

extension Loss {
  /// What options and files call it.
  public var name: String { Self.name }

  /// One output above or below zero for two classes, else the largest.
  public func labels<S: Scalar>(outputs: Tensor<S>) -> [Int] {
    mostLikelyClasses(outputs)
  }

  public func probabilities<S: Scalar>(outputs: Tensor<S>) -> Tensor<S>? { nil }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func mostLikelyClasses<S: Scalar>(_ outputs: Tensor<S>) -> [Int] {
  let width = outputs.rowSize
  return (0..<outputs.rowCount).map { row in
    if width == 1 { return outputs.elements[row] > 0 ? 1 : 0 }
    var best = 0
    for i in 1..<max(1, width)
    where outputs.elements[row * width + i] > outputs.elements[row * width + best] { best = i }
    return best
  }
}

/// Targets of a loss with one output for two classes, else one for each: `yes` for the class itself,
/// `no` for the others.
public func oneAgainstRest<S: Scalar>(labels: [Int], classes: Int, yes: S, no: S) -> Tensor<S> {
  guard classes > 2 else {
    return Tensor(shape: [labels.count, 1], elements: labels.map { $0 == 1 ? yes : no })
  }
  var targets = Tensor<S>(repeating: no, shape: [labels.count, classes])
  for (row, label) in labels.enumerated() { targets[row, label] = yes }
  return targets
}

/// The losses that can be chosen by name.
public struct LossRegistry: Sendable {
  /// Those that models and the command line know: the library's, then those registered.
  public static var standard: LossRegistry { LossRegistry(own + registered.withLock { $0 }) }

  private static let own: [any Loss.Type] = [
    CrossEntropy.self, BinaryCrossEntropy.self, MeanSquaredError.self, Hinge.self,
  ]
  private static let registered = Mutex<[any Loss.Type]>([])

  /// Makes a loss of one's own known by its name, once for the process, before a model asks for it.
  ///
  /// - Throws: `AnsatzError` if another loss has the name; the same loss again is no mistake.
  public static func register(_ loss: any Loss.Type) throws {
    try registered.withLock { losses in
      guard let other = (own + losses).first(where: { $0.name == loss.name }) else {
        losses.append(loss)
        return
      }
      guard other == loss else {
        throw AnsatzError(
          .badConfiguration, "there are two losses named '\(loss.name)'; rename one of them")
      }
    }
  }

  /// In the order of listings.
  public let types: [any Loss.Type]

  /// A registry of these types.
  public init(_ types: [any Loss.Type]) { self.types = types }

  /// The names of all, in the order of listings.
  public var names: [String] { types.map { $0.name } }

  /// The loss of a name.
  ///
  /// - Throws: `AnsatzError` for an unknown name, with a suggestion.
  public func loss(_ name: String) throws -> any Loss {
    try Catalogue("loss", types) { $0.name }.named(name).init()
  }
}
