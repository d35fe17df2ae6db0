import AnsatzMath

/// A tensor in a computation: a handle that a tape may know how to differentiate.
public struct Variable<S: Scalar>: Sendable {
  /// The value that the operation gave.
  public let value: Tensor<S>
  /// The node that produced it; nil for constants.
  let node: Int?

  /// Whether some trainable weight stands behind this value.
  public var requiresGradient: Bool { node != nil }
}

/// A record of the operations of one forward pass, for reverse-mode differentiation.
///
/// There is no hidden tape: whoever wants gradients makes one, passes it along and lets it go.
/// An operation records its value and its backward pass in one call:
///
/// ```swift
/// func squared<S: Scalar>(_ x: Variable<S>, on tape: Tape<S>) -> Variable<S> {
///   let input = x.value
///   return tape.record(input * input, parents: [x]) { upstream, _ in [2 * (upstream * input)] }
/// }
/// ```
///
/// Values behind which no trainable weight stands are constants: nothing is recorded for them.
public final class Tape<S: Scalar> {
  /// The vector-Jacobian product of one operation.
  ///
  /// It receives the derivative of the loss in the operation's value, of the value's shape, and for
  /// each parent whether its gradient is needed; it returns one gradient for each parent, of the
  /// parent's shape, or nil where none is needed. It should capture tensors, not variables.
  public typealias Backward = (_ upstream: Tensor<S>, _ needed: [Bool]) throws -> [Tensor<S>?]

  private struct Node {
    var parents: [Int?]
    var backward: Backward?
  }

  private var nodes: [Node] = []

  /// Without operations.
  public init() {}

  /// A value that is not differentiated: data, targets, frozen weights.
  public func constant(_ value: Tensor<S>) -> Variable<S> { Variable(value: value, node: nil) }

  /// A value whose gradient can be asked for: a trainable weight.
  public func trainable(_ value: Tensor<S>) -> Variable<S> {
    nodes.append(Node(parents: [], backward: nil))
    return Variable(value: value, node: nodes.count - 1)
  }

  /// Records an operation: its value and, beside it, how gradients flow back through it.
  ///
  /// When no parent requires a gradient the result is a constant and `backward` is dropped.
  public func record(
    _ value: Tensor<S>, parents: [Variable<S>], backward: @escaping Backward
  ) -> Variable<S> {
    guard parents.contains(where: \.requiresGradient) else { return constant(value) }
    nodes.append(Node(parents: parents.map(\.node), backward: backward))
    return Variable(value: value, node: nodes.count - 1)
  }

  /// The gradients of `output` in the given variables, each of its variable's shape; zero where the
  /// output does not depend on it.
  ///
  /// - Parameter upstream: The weights of the output's elements, of its shape; nil means ones, so
  ///   that a scalar output gives its gradient.
  /// - Throws: What a backward pass throws; `CancellationError` while `StopFlag` is raised.
  public func gradients(
    of output: Variable<S>, upstream: Tensor<S>? = nil, withRespectTo variables: [Variable<S>]
  ) throws -> [Tensor<S>] {
    var flowing = [Tensor<S>?](repeating: nil, count: nodes.count)
    var kept: Set<Int> = []
    for variable in variables { if let node = variable.node { kept.insert(node) } }
    if let last = output.node {
      let seed = upstream ?? Tensor(repeating: 1, shape: output.value.shape)
      precondition(seed.shape == output.value.shape)
      flowing[last] = seed
      for index in stride(from: last, through: 0, by: -1) {
        guard let backward = nodes[index].backward, let upstream = flowing[index] else { continue }
        try StopFlag.check()
        if !kept.contains(index) { flowing[index] = nil }
        let parents = nodes[index].parents
        let gradients = try backward(upstream, parents.map { $0 != nil })
        precondition(gradients.count == parents.count)
        for (parent, gradient) in zip(parents, gradients) {
          guard let parent, let gradient else { continue }
          if var sum = flowing[parent] {
            flowing[parent] = nil
            sum.add(gradient)
            flowing[parent] = sum
          } else {
            flowing[parent] = gradient
          }
        }
      }
    }
    return variables.map { variable in
      variable.node.flatMap { flowing[$0] } ?? Tensor(shape: variable.value.shape)
    }
  }
}
