import AnsatzMath
import AnsatzNN

/// What takes a circuit's place in the twin without it: a small classical layer with the circuit's
/// widths and exactly as many trainable numbers.
///
/// `y = tanh(tanh(x W₁ + b₁) W₂ + x D + c)`, with as many hidden units as the count allows and what is
/// left over spent on single entries of D and c; the others are zero. Like expectation values, the
/// outputs lie in [-1, 1]. Without any parameters, output j is the tanh of the sum of every m-th
/// input from j on.
struct ClassicalStandIn: Layer {
  let inputs: Int
  let outputs: Int
  let parameterCount: Int

  var name: String { "stand-in" }
  var inputCount: Int? { inputs }
  func outputCount(inputCount: Int) -> Int { outputs }

  /// A hidden unit has one weight for each input and output, and a bias.
  private var hiddenCount: Int { parameterCount / (inputs + 1 + outputs) }
  private var directCount: Int { parameterCount % (inputs + 1 + outputs) }

  func initialParameters(inputCount: Int, using random: inout RandomStream) -> [Parameter] {
    let initializer = Initializer.glorotUniform
    var parameters: [Parameter] = []
    if hiddenCount > 0 {
      parameters = [
        Parameter(
          "hidden weight",
          initializer.tensor(
            shape: [inputs, hiddenCount], inputs: inputs, outputs: hiddenCount, using: &random)),
        Parameter("hidden bias", Tensor(shape: [hiddenCount]), isPenalized: false),
        Parameter(
          "output weight",
          initializer.tensor(
            shape: [hiddenCount, outputs], inputs: hiddenCount, outputs: outputs, using: &random)),
      ]
    }
    if directCount > 0 {
      parameters.append(
        Parameter(
          "direct",
          initializer.tensor(
            shape: [directCount], inputs: inputs, outputs: outputs, using: &random)))
    }
    return parameters
  }

  func forward<S: Scalar>(
    _ input: Variable<S>, parameters: [Variable<S>], on tape: Tape<S>, context: inout ForwardContext
  ) throws -> Variable<S> {
    var terms: [Variable<S>] = []
    if hiddenCount > 0 {
      let hidden = try Tanh().forward(
        tape.affine(input, weight: parameters[0], bias: parameters[1]), parameters: [], on: tape,
        context: &context)
      terms.append(tape.matrixProduct(hidden, parameters[2]))
    }
    if directCount > 0 { terms.append(direct(input, parameters[parameters.count - 1], on: tape)) }
    if terms.isEmpty {
      let ones = tape.constant(Tensor<S>(repeating: 1, shape: [inputs]))
      terms.append(direct(input, ones, on: tape))
    }
    let sum = terms.count == 2 ? tape.sum(terms[0], terms[1]) : terms[0]
    return try Tanh().forward(sum, parameters: [], on: tape, context: &context)
  }

  /// x D + c, where the vector holds the entries of D and c that are not zero.
  private func direct<S: Scalar>(
    _ input: Variable<S>, _ entries: Variable<S>, on tape: Tape<S>
  ) -> Variable<S> {
    let x = input.value
    var matrix = Tensor<S>(shape: [inputs, outputs])
    var bias = Tensor<S>(shape: [outputs])
    let places = places(count: entries.value.count)
    for (place, value) in zip(places, entries.value.elements) {
      if let row = place.input {
        matrix[row, place.output] = value
      } else {
        bias.elements[place.output] = value
      }
    }
    let (weights, value) = (matrix, matrixProduct(x, matrix).addingToRows(bias))
    return tape.record(value, parents: [input, entries]) { upstream, needed in
      guard needed[1] else { return [matrixProduct(upstream, weights, transposeB: true), nil] }
      let byMatrix = matrixProduct(x, upstream, transposeA: true)
      let byBias = upstream.sumOverRows()
      let gradient = places.map { place in
        place.input.map { byMatrix[$0, place.output] } ?? byBias.elements[place.output]
      }
      return [
        needed[0] ? matrixProduct(upstream, weights, transposeB: true) : nil,
        Tensor(shape: [gradient.count], elements: gradient),
      ]
    }
  }

  /// Which entries are spent first: each input to one output, then the biases, then the rest. The
  /// input is nil for a bias.
  private func places(count: Int) -> [(input: Int?, output: Int)] {
    func diagonal(_ shift: Int) -> [(input: Int?, output: Int)] {
      (0..<inputs).map { (input: $0, output: ($0 + shift) % outputs) }
    }
    let biases = (0..<outputs).map { (input: Int?.none, output: $0) }
    let order = diagonal(0) + biases + (1..<max(1, outputs)).flatMap(diagonal)
    return Array(order.prefix(count))
  }
}
