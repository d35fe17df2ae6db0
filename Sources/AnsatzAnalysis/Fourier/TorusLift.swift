import AnsatzCircuits
import AnsatzMath
import Numerics

/// A circuit whose frequencies have no common measure, with an input for each measure there is.
///
/// The input x turns angles at several speeds. Speeds that are whole multiples of one number b share a
/// new input t, which stands for b·x. As a function of all t the circuit repeats after 2π in each, so
/// its coefficients follow from a grid, and the frequency k in them is Σ k b in x.
struct TorusLift {
  let circuit: Circuit
  /// The positions of the new inputs, and the row in which they vary.
  let varying: [Int]
  let row: [Double]
  /// For each new input: which of the inputs it stands for, and its speed.
  let waves: [(input: Int, speed: Double)]

  /// - Throws: `AnsatzError` where an input is no multiple, as `EncodingFrequencies` does.
  init(
    _ circuit: Circuit, varying: [Int], inputs: [Double], weights: [Double]
  ) throws {
    let slopes = try InputSlopes(circuit, varying: varying, inputs: inputs, weights: weights)
    var waves: [(input: Int, speed: Double)] = []
    for place in varying.indices {
      var speeds: [Double] = []
      for operation in circuit.operations {
        guard case .gate(let gate) = operation else { continue }
        for angle in gate.angles {
          let speed = abs(try slopes.slopes(of: angle, gate: gate.displayName)[place])
          if speed > EncodingFrequencies.resolution { speeds.append(speed) }
        }
      }
      waves += Self.measures(of: speeds).map { (place, $0) }
    }
    self.waves = waves
    let taken = Set((circuit.inputs + circuit.weights).map(\.name))
    var name = "t"
    while taken.contains(name) { name += "_" }
    let t = Inputs(name, max(1, waves.count))
    let lifted = try circuit.operations.map { operation in
      guard case .gate(let gate) = operation else { return operation }
      let angles = try gate.angles.map { angle in
        let slope = try slopes.slopes(of: angle, gate: gate.displayName)
        // The inputs themselves are 0 in the row.
        var moved = angle
        for (place, speed) in slope.enumerated() where abs(speed) > EncodingFrequencies.resolution {
          let index = waves.firstIndex { $0.input == place && Self.isWhole(speed / $0.speed) }
          guard let index else { continue }
          moved = moved + Angle((speed / waves[index].speed).rounded()) * t[index]
        }
        return moved
      }
      var moved = GateOperation(gate.definition, angles: angles, qubits: [])
      (moved.controls, moved.openControls) = (gate.controls, gate.openControls)
      moved.targets = gate.targets
      return .gate(moved)
    }
    self.circuit = try Circuit(
      circuit.name, qubits: circuit.qubitCount, registers: circuit.registers, operations: lifted)
    var held = inputs
    for place in varying where place < held.count { held[place] = 0 }
    // The circuit's own bundles keep their order; the new one comes among them.
    var (row, positions) = ([Double](), [Int]())
    for bundle in self.circuit.inputs {
      if bundle == t.bundle {
        positions = Array(row.count..<row.count + waves.count)
        row += [Double](repeating: 0, count: bundle.count)
      } else {
        row += held.prefix(bundle.count)
        held.removeFirst(min(bundle.count, held.count))
      }
    }
    (self.row, self.varying) = (row, positions)
  }

  /// The series in the inputs themselves: coefficients of waves that are one there add up.
  func series(_ lifted: FourierSeries, at accessible: EncodingFrequencies) -> FourierSeries {
    let frequencies = accessible.frequencies.map(\.vector)
    var places: [[Double]: Int] = [:]
    for (place, frequency) in frequencies.enumerated() {
      places[EncodingFrequencies.key(frequency)] = place
    }
    var coefficients = [Complex<Double>](repeating: .zero, count: frequencies.count)
    for term in lifted.terms {
      var vector = [Double](repeating: 0, count: accessible.inputs.count)
      for (wave, turns) in zip(waves, term.frequency) { vector[wave.input] += turns * wave.speed }
      // Rounded otherwise, a frequency may have come to the next key.
      let place =
        places[EncodingFrequencies.key(vector)]
        ?? frequencies.indices.min {
          Self.distance(frequencies[$0], vector) < Self.distance(frequencies[$1], vector)
        }
      if let place { coefficients[place] += term.coefficient }
    }
    return FourierSeries(
      terms: zip(frequencies, coefficients).map {
        FourierSeries.Term(frequency: $0, coefficient: $1)
      })
  }

  private static func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  /// As few numbers as each speed is a small whole multiple of one of them.
  private static func measures(of speeds: [Double]) -> [Double] {
    var classes: [[Double]] = []
    for speed in speeds.sorted() {
      let place = classes.firstIndex { list in
        // With one of the class a speed has a measure with all.
        FrequencyLattice.commonMeasure(list + [speed], largest: largestMultiple) != nil
      }
      if let place {
        classes[place].append(speed)
      } else {
        classes.append([speed])
      }
    }
    return classes.compactMap { FrequencyLattice.commonMeasure($0, largest: largestMultiple) }
  }

  /// Speeds of one class are small multiples, or the grid would have many places.
  private static let largestMultiple = 64

  private static func isWhole(_ multiple: Double) -> Bool {
    abs(multiple) < Double(largestMultiple) + 0.5
      && abs(multiple - multiple.rounded()) < FrequencyLattice.tolerance
  }
}
