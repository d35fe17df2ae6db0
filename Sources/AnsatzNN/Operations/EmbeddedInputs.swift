import AnsatzCircuits
import AnsatzMath

/// The inputs that a circuit takes as the amplitudes of its start.
struct EmbeddedInputs: Sendable {
  /// Their places among the circuit's inputs.
  let places: Range<Int>
  /// The squares of all amplitudes that do not come from data, added up.
  let paddingSquare: Double

  /// - Returns: Nil if the circuit takes no input so.
  init?(of circuit: Circuit) {
    guard case .amplitudes(let embedding)? = circuit.operations.first else { return nil }
    var first = 0
    for bundle in circuit.inputs {
      if bundle == embedding.inputs.bundle { break }
      first += bundle.count
    }
    let count = embedding.inputs.count
    places = first..<first + count
    let size = Double(sign: .plus, exponent: embedding.qubits.count, significand: 1)
    let rest = size - Double(count)
    paddingSquare = rest * embedding.padding * embedding.padding
  }
}

extension Tape {
  /// Every row's embedded inputs over their length, padding counted; other inputs stay as they are.
  ///
  /// `y = x / √(‖x‖² + padding²)`, and 0 for a row without length. Backwards,
  /// `∂L/∂x = (g - y (y·g)) / √(‖x‖² + padding²)`.
  func normalized(_ x: Variable<S>, _ embedded: EmbeddedInputs) -> Variable<S> {
    let input = x.value
    var scaled = input
    // In Double, and divided by the largest first, so that no square overflows.
    let lengths = (0..<input.rowCount).map { row -> Double in
      let values = embedded.places.map { Double(input[row, $0]) }
      let padding = embedded.paddingSquare.squareRoot()
      let largest = values.reduce(padding) { max($0, abs($1)) }
      guard largest > 0 else { return .infinity }
      let square = (values + [padding]).reduce(0) { $0 + ($1 / largest) * ($1 / largest) }
      return largest * square.squareRoot()
    }
    for row in 0..<input.rowCount {
      for i in embedded.places { scaled[row, i] = S(Double(input[row, i]) / lengths[row]) }
    }
    return record(scaled, parents: [x]) { upstream, _ in
      var gradient = upstream
      for row in 0..<input.rowCount {
        let along = embedded.places.reduce(0) {
          $0 + Double(scaled[row, $1]) * Double(upstream[row, $1])
        }
        for i in embedded.places {
          gradient[row, i] = S(
            (Double(upstream[row, i]) - Double(scaled[row, i]) * along) / lengths[row])
        }
      }
      return [gradient]
    }
  }
}
