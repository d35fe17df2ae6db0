import AnsatzCircuits
import AnsatzMath

/// What stands in for a quantum layer in its classical twin: a small tanh network with exactly as
/// many trainable numbers.
///
/// `y = tanh(x W₁ + b₁) W₂ + b₂ + x V`, `[…, inputs] → […, outputs]`. There are as many
/// hidden units as the count pays for (each costs `inputs + 1 + outputs`); what is left over goes to
/// entries of b₂, then of V, in order, and the other entries of those stay 0. Parameter: `weights`
/// of shape `[parameterCount]`.
///
/// Where the circuit takes its inputs as amplitudes, x is what the circuit sees of them: the sample,
/// padded and divided by its length. The raw sample may be thousands of times as long, and no learning
/// rate would suit both.
public struct ClassicalTwin: Layer {
  /// The width of the circuit's inputs.
  public let inputs: Int
  /// The number of the circuit's observables.
  public let outputs: Int
  /// The number of the circuit's weights.
  public let parameterCount: Int

  /// The inputs that the circuit takes as amplitudes; nil for none.
  let embedded: EmbeddedInputs?

  /// The twin of a circuit of that size, whose inputs are angles.
  public init(inputs: Int, outputs: Int, parameterCount: Int) {
    self.init(inputs: inputs, outputs: outputs, parameterCount: parameterCount, embedded: nil)
  }

  /// The twin of a circuit.
  ///
  /// - Parameter outputs: The number of its observables.
  public init(of circuit: Circuit, outputs: Int) {
    self.init(
      inputs: circuit.inputCount, outputs: outputs, parameterCount: circuit.weightCount,
      embedded: EmbeddedInputs(of: circuit))
  }

  private init(inputs: Int, outputs: Int, parameterCount: Int, embedded: EmbeddedInputs?) {
    self.inputs = inputs
    self.outputs = outputs
    self.parameterCount = parameterCount
    self.embedded = embedded
  }

  public var name: String { "classical-twin" }

  public func outputShape(of input: Shape) throws -> Shape {
    guard input.width == inputs else { throw ShapeError(wanted: "\(inputs) inputs") }
    return input.replacingWidth(outputs)
  }

  /// The hidden units: the fewest that leave no more over than b₂ and V can hold.
  private var hiddenCount: Int { parameterCount / (inputs + 1 + outputs) }

  /// The parts in the order of the parameter vector: shape, and how many entries are trained.
  private var parts: [(shape: [Int], used: Int)] {
    let hidden = hiddenCount
    var rest = parameterCount - hidden * (inputs + 1 + outputs)
    func take(_ count: Int) -> Int {
      let used = min(rest, count)
      rest -= used
      return used
    }
    let last = [([outputs], take(outputs)), ([inputs, outputs], take(inputs * outputs))]
    return [
      ([inputs, hidden], inputs * hidden), ([hidden], hidden),
      ([hidden, outputs], hidden * outputs),
    ] + last
  }

  public func makeParameters(
    for input: Shape, using random: inout RandomStream
  ) throws -> [Parameter] {
    guard parameterCount > 0 else { return [] }
    var values: [Double] = []
    for (index, part) in parts.enumerated() {
      if part.shape.count == 1 {
        values += [Double](repeating: 0, count: part.used)
      } else {
        let full = Initializer.glorotUniform.tensor(
          shape: part.shape, inputs: index == 2 ? hiddenCount : inputs,
          outputs: index == 0 ? hiddenCount : outputs, using: &random)
        values += full.elements.prefix(part.used)
      }
    }
    return [Parameter("weights", Tensor(shape: [values.count], elements: values))]
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  public func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    let tape = pass.tape
    var pieces: [Variable<S>] = []
    var first = 0
    for part in parts {
      pieces.append(
        parameters.isEmpty
          ? tape.constant(Tensor(shape: part.shape))
          : tape.slice(parameters[0], from: first, count: part.used, shape: part.shape))
      first += part.used
    }
    return try tape.alongLastAxis(input) { input in
      let rows = embedded.map { tape.normalized(input, $0) } ?? input
      let skip = tape.affine(rows, weight: pieces[4], bias: pieces[3])
      guard hiddenCount > 0 else { return skip }
      let hidden = try Tanh().forward(
        tape.affine(rows, weight: pieces[0], bias: pieces[1]), ParameterView([]), in: &pass)
      return tape.sum(tape.matrixProduct(hidden, pieces[2]), skip)
    }
  }

  public static var examples: [LayerExample] {
    (0..<12).map { count in
      LayerExample(
        ClassicalTwin(inputs: 3, outputs: 2, parameterCount: count), count == 11 ? [2, 3] : [3],
        "classical twin of \(count) parameters")
    }
  }
}

extension Tape {
  /// The entries from `first` on, laid out in `shape` row-major; entries beyond `count` are 0.
  func slice(_ x: Variable<S>, from first: Int, count: Int, shape: [Int]) -> Variable<S> {
    let size = shape.reduce(1, *)
    let total = x.value.count
    let values = Array(x.value.elements[first..<first + count])
    let padded = values + [S](repeating: 0, count: size - count)
    return record(Tensor(shape: shape, elements: padded), parents: [x]) { upstream, _ in
      var gradient = Tensor<S>(shape: [total])
      for i in 0..<count { gradient.elements[first + i] = upstream.elements[i] }
      return [gradient]
    }
  }
}
