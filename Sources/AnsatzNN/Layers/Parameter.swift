import AnsatzMath

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

/// Where the parameters of a layer and of its children stand in the flat list of a network: its own
/// first, then each child's.
struct ParameterLayout: Sendable {
  let ownNames: [String]
  let children: [ParameterLayout]
  /// Where each child's parameters begin, counted from the layer's own first.
  let childOffsets: [Int]
  let count: Int

  init(ownNames: [String], children: [ParameterLayout]) {
    self.ownNames = ownNames
    self.children = children
    var offsets: [Int] = []
    var next = ownNames.count
    for child in children {
      offsets.append(next)
      next += child.count
    }
    childOffsets = offsets
    count = next
  }

  /// The circuits in a layer of this layout, each with where its weights stand in the list.
  func circuits(
    in layer: any Layer, from first: Int = 0
  ) -> [(layer: QuantumLayer, parameters: Range<Int>)] {
    let own = layer.quantumLayer.map { ($0, first..<first + ownNames.count) }
    return [own].compactMap { $0 }
      + layer.children.enumerated().flatMap { index, child in
        children[index].circuits(in: child, from: first + childOffsets[index])
      }
  }
}

/// The parameters of one layer in a forward pass, and by `child` those of the layers inside it.
public struct ParameterView<S: Scalar> {
  private let variables: [Variable<S>]
  private let first: Int
  private let layout: ParameterLayout

  init(_ variables: [Variable<S>], first: Int = 0, layout: ParameterLayout) {
    self.variables = variables
    self.first = first
    self.layout = layout
  }

  /// Parameters of a layer without children, in the order it declares them; for calls of one's own.
  public init(_ variables: [Variable<S>]) {
    self.init(
      variables,
      layout: ParameterLayout(ownNames: variables.indices.map { "\($0)" }, children: []))
  }

  /// How many parameters the layer itself has.
  public var count: Int { layout.ownNames.count }
  /// Whether the layer itself has no parameters.
  public var isEmpty: Bool { layout.ownNames.isEmpty }
  /// The layer's own parameters.
  public var own: [Variable<S>] { Array(variables[first..<first + count]) }
  /// One of the layer's own parameters, in the order declared.
  public subscript(index: Int) -> Variable<S> { variables[first + index] }
  /// The parameters of one of the layer's children.
  public func child(_ index: Int) -> ParameterView {
    ParameterView(
      variables, first: first + layout.childOffsets[index], layout: layout.children[index])
  }
}

/// Makes the parameters of a tree of layers, each from a random stream of its own, so that a change
/// in one layer leaves the start of the others as it was.
struct ParameterMaker<S: Scalar> {
  let seed: UInt64
  var parameters: [NetworkParameter<S>] = []

  /// Adds the parameters of a layer and of all inside it.
  ///
  /// - Parameters:
  ///   - path: What their names begin with, with a dot at the end unless it is empty.
  ///   - place: The numbers of the children that lead here: `2.1`.
  mutating func add(
    _ layer: any Layer, for input: Shape, path: String = "", place: String = "",
    isTrainable: Bool = true
  ) throws -> ParameterLayout {
    let isTrainable = isTrainable && layer.isTrainable
    var random = RandomStream(seed: seed, stream: "initialization of layer \(place)")
    let own = try layer.makeParameters(for: input, using: &random)
    for parameter in own {
      parameters.append(
        NetworkParameter(
          name: path + parameter.name, tensor: parameter.value.converted(),
          isTrainable: isTrainable && parameter.isTrainable, isPenalized: parameter.isPenalized))
    }
    let shapes = try layer.childShapes(of: input)
    let children = try layer.children.enumerated().map { index, child in
      guard let component = layer.pathComponent(ofChild: index) else {
        return try add(
          child, for: shapes[index], path: path, place: place, isTrainable: isTrainable)
      }
      return try add(
        child, for: shapes[index], path: "\(path)\(component).",
        place: place.isEmpty ? "\(index + 1)" : "\(place).\(index + 1)", isTrainable: isTrainable)
    }
    return ParameterLayout(ownNames: own.map(\.name), children: children)
  }
}
