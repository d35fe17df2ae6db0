/// A named array of numbers that a circuit is given when it runs.
public struct Bundle: Hashable, Sendable, CustomStringConvertible {
  /// What the numbers are for.
  public enum Role: String, Hashable, Sendable {
    /// Data: numbers that change from sample to sample.
    case inputs
    /// Numbers that training changes.
    case weights
  }

  /// Whether these are data or trained.
  public let role: Role
  /// What messages, diagrams and files call it.
  public let name: String
  /// The extents, row-major; one extent for a plain list.
  public let shape: [Int]

  /// A bundle of that shape; the name tells it from others of the circuit.
  public init(role: Role, name: String, shape: [Int]) {
    self.role = role
    self.name = name
    self.shape = shape
  }

  /// The numbers in it; `Int.max` if there are more than that.
  public var count: Int {
    shape.reduce(1) { total, extent in
      let (product, overflow) = total.multipliedReportingOverflow(by: extent)
      return overflow ? .max : product
    }
  }

  /// The most numbers a circuit takes in one bundle.
  static let maximumCount = 1 << 28

  /// Its numbers, in row-major order.
  public var symbols: [Symbol] { (0..<count).map { Symbol(bundle: self, index: $0) } }

  /// The names of its numbers, such as `w[0, 1]`.
  public var elementNames: [String] { symbols.map(\.description) }

  public var description: String {
    "\(name)[\(shape.map(String.init).joined(separator: ", "))]"
  }
}

/// One number of a bundle.
public struct Symbol: Hashable, Sendable, CustomStringConvertible {
  /// The bundle it stands in.
  public let bundle: Bundle
  /// The row-major position in the bundle.
  public let index: Int

  public var description: String {
    var rest = index
    var subscripts: [Int] = []
    for extent in bundle.shape.reversed() {
      subscripts.insert(rest % max(1, extent), at: 0)
      rest /= max(1, extent)
    }
    return "\(bundle.name)[\(subscripts.map(String.init).joined(separator: ", "))]"
  }
}

/// The data of one sample: numbers that change from sample to sample and are never trained.
///
/// Bundles of one circuit with the same name and shape are the same bundle; of the same name and
/// another shape or role, an error.
public struct Inputs: Hashable, Sendable {
  /// The array of symbols.
  public let bundle: Bundle

  /// Inputs of that name and shape; a single one if no extents are given.
  public init(_ name: String, _ extents: Int...) {
    bundle = Bundle(role: .inputs, name: name, shape: extents.isEmpty ? [1] : extents)
  }

  /// How many numbers these are.
  public var count: Int { bundle.count }

  /// The input at the given subscripts, as an angle. A subscript out of range makes an angle that
  /// the circuit refuses with a message.
  public subscript(subscripts: Int...) -> Angle { Angle(bundle, at: subscripts) }
}

/// Trainable numbers, shared by all samples.
///
/// A circuit's weights are ordered by the first appearance of their bundle, row-major inside it;
/// renaming a bundle does not change the order.
public struct Weights: Hashable, Sendable {
  /// The array of symbols.
  public let bundle: Bundle

  /// Weights of that name and shape; a single one if no extents are given.
  public init(_ name: String, _ extents: Int...) { self.init(name, shape: extents) }

  /// Weights of that name and shape; a single one if the shape is empty.
  public init(_ name: String, shape: [Int]) {
    bundle = Bundle(role: .weights, name: name, shape: shape.isEmpty ? [1] : shape)
  }

  /// How many numbers these are.
  public var count: Int { bundle.count }

  /// The weight at the given subscripts, as an angle. A subscript out of range makes an angle that
  /// the circuit refuses with a message.
  public subscript(subscripts: Int...) -> Angle { Angle(bundle, at: subscripts) }
}

extension Angle {
  init(_ bundle: Bundle, at subscripts: [Int]) {
    let listed = subscripts.map(String.init).joined(separator: ", ")
    guard subscripts.count == bundle.shape.count else {
      self.init(
        invalid: "\(bundle.name)[\(listed)] has \(subscripts.count) subscripts, \(bundle) takes "
          + "\(bundle.shape.count)")
      return
    }
    var index = 0
    for (position, extent) in zip(subscripts, bundle.shape) {
      guard (0..<max(0, extent)).contains(position) else {
        self.init(
          invalid: "\(bundle.name)[\(listed)] is out of range; \(bundle) takes subscripts "
            + bundle.shape.map { $0 > 0 ? "0...\($0 - 1)" : "none" }.joined(separator: ", "))
        return
      }
      index = index &* extent &+ position
    }
    self.init(.symbol(Symbol(bundle: bundle, index: index)))
  }
}
