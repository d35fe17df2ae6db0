import AnsatzCircuits
import AnsatzMath
import AnsatzTestSupport
import Numerics
import Testing

/// Rounding of products of a few numbers up to 1.
private let tolerance = 1e-14

private let gates = StandardGates.all + StandardGates.examples

/// Laws that every gate of the registry obeys. A new gate meets them by being listed.
@Suite("Gates")
struct GateTests {
  private func angles(of gate: GateDefinition, seed: UInt64) -> [Double] {
    var random = RandomStream(seed: seed, stream: gate.name)
    return gate.parameterNames.map { _ in random.uniform(in: -4..<4) }
  }

  private func targets(of gate: GateDefinition) -> Int { gate.targetCount ?? 3 }

  @Test("Names are unique")
  func uniqueNames() {
    #expect(Set(gates.map(\.name)).count == gates.count)
  }

  @Test("Every matrix is unitary and of the right size", arguments: 0..<5)
  func unitary(seed: UInt64) {
    for gate in gates {
      let k = targets(of: gate)
      let matrix = gate.matrix(angles(of: gate, seed: seed), k)
      #expect(matrix.rows == 1 << k, "\(gate.name)")
      let product = matrix * matrix.adjoint
      #expect(product.maximumDifference(from: .identity(1 << k)) < tolerance, "\(gate.name)")
    }
  }

  @Test("Every inverse undoes its gate", arguments: 0..<5)
  func inverses(seed: UInt64) {
    for gate in gates {
      let k = targets(of: gate)
      let values = angles(of: gate, seed: seed)
      let (inverse, inverseAngles) = gate.inverse(of: values.map { Angle($0) })
      let back = inverse.controlledMatrix(
        angles: inverseAngles.compactMap(\.constant), targets: k)
      let product = back * gate.controlledMatrix(angles: values, targets: k)
      #expect(
        product.maximumDifference(from: .identity(product.rows)) < tolerance, "\(gate.name)")
      let (again, _) = inverse.inverse(of: inverseAngles)
      #expect(again.name == gate.name)
    }
  }

  @Test("Every structure says what the matrix says", arguments: 0..<5)
  func structures(seed: UInt64) {
    for gate in gates {
      let values = angles(of: gate, seed: seed)
      let k = targets(of: gate)
      let built = matrix(of: gate.structure, gate: gate, angles: values, targets: k)
      #expect(
        built.maximumDifference(from: gate.matrix(values, k)) < tolerance, "\(gate.name)")
    }
  }

  @Test("Every one-parameter gate is the exponential of its generator", arguments: 0..<5)
  func generators(seed: UInt64) {
    for gate in gates where gate.parameterNames.count == 1 {
      let values = angles(of: gate, seed: seed)
      let k = targets(of: gate)
      guard let generator = gate.generator(targets: k) else {
        Issue.record("\(gate.name) declares no generator")
        continue
      }
      // dU/dθ = -i G U, against the central difference: rounding 1e-16/1e-4 and 1e-8.
      let h = 1e-4
      let plus = gate.matrix([values[0] + h], k)
      let minus = gate.matrix([values[0] - h], k)
      let difference = Complex(1 / (2 * h)) * (plus + Complex(-1) * minus)
      let derivative = -Complex<Double>.i * (generator * gate.matrix(values, k))
      #expect(derivative.maximumDifference(from: difference) < 1e-8, "\(gate.name)")
      #expect(generator.maximumDifference(from: generator.adjoint) == 0, "\(gate.name)")
    }
  }

  /// The matrix a structure stands for, from Kronecker products and series alone.
  private func matrix(
    of structure: GateStructure, gate: GateDefinition, angles: [Double], targets: Int
  ) -> ComplexMatrix {
    switch structure {
    case .pauliRotation(let word):
      return rotation(word, angles[0])
    case .uniformRotation(let pauli):
      return rotation([Pauli](repeating: pauli, count: targets), angles[0])
    case .phase:
      return .diagonal(
        [Complex<Double>](repeating: 1, count: (1 << targets) - 1)
          + [Complex(length: 1, phase: angles[0])])
    case .constantPhase(let phase): return .diagonal([1, Complex(length: 1, phase: phase)])
    case .flip: return ComplexMatrix([[0, 1], [1, 0]])
    case .swap:
      return ComplexMatrix([[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
    case .constant: return gate.matrix([], targets)
    case .product(let factors):
      return factors.reduce(.identity(1 << targets)) { product, factor in
        let own = factor.angles(of: angles.map { Angle($0) }).compactMap(\.constant)
        let inner = matrix(
          of: factor.gate.structure, gate: factor.gate, angles: own,
          targets: factor.targets.count - factor.gate.controlCount)
        var small = ComplexMatrix.identity(1 << factor.targets.count)
        let offset = small.rows - inner.rows
        for i in 0..<inner.rows {
          for j in 0..<inner.rows { small[offset + i, offset + j] = inner[i, j] }
        }
        return small.embedded(on: factor.targets, of: targets) * product
      }
    case .fourier(let inverse):
      // From the definition's product form: column j is the tensor product of phases.
      let order = 1 << targets
      var result = ComplexMatrix.identity(order)
      for j in 0..<order {
        var column: [Complex<Double>] = [1]
        for bit in 1...targets {
          let phase = (inverse ? -1 : 1) * 2 * Double.pi * Double(j) / Double(1 << bit)
          let scale = 0.5.squareRoot()
          column = column.flatMap {
            [$0 * Complex(scale), $0 * Complex(length: scale, phase: phase)]
          }
        }
        for k in 0..<order { result[k, j] = column[k] }
      }
      return result
    }
  }

  private func rotation(_ word: [Pauli], _ angle: Double) -> ComplexMatrix {
    let pauli = word.map(Self.matrix(of:)).reduce(ComplexMatrix.identity(1)) { $0.kronecker($1) }
    return Complex(Double.cos(angle / 2)) * ComplexMatrix.identity(1 << word.count)
      + Complex(0, -Double.sin(angle / 2)) * pauli
  }

  private static func matrix(of pauli: Pauli) -> ComplexMatrix {
    switch pauli {
    case .x: ComplexMatrix([[0, 1], [1, 0]])
    case .y: ComplexMatrix([[0, -.i], [.i, 0]])
    case .z: ComplexMatrix([[1, 0], [0, -1]])
    }
  }

  @Test("The named equivalences hold")
  func equivalences() {
    func m(_ gate: GateDefinition, _ angles: Double...) -> ComplexMatrix {
      gate.controlledMatrix(angles: angles, targets: gate.targetCount ?? 1)
    }
    func equal(_ a: ComplexMatrix, _ b: ComplexMatrix) -> Bool {
      a.maximumDifference(from: b) < tolerance
    }
    let half = Double.pi / 2
    #expect(equal(m(H.definition) * m(X.definition) * m(H.definition), m(Z.definition)))
    #expect(equal(m(S.definition) * m(S.definition), m(Z.definition)))
    #expect(equal(m(T.definition) * m(T.definition), m(S.definition)))
    #expect(equal(m(SX.definition) * m(SX.definition), m(X.definition)))
    #expect(
      equal(Complex(length: 1, phase: half / 2) * m(RX.definition, half), m(SX.definition)))
    #expect(
      equal(
        m(RZ.definition, half) * m(RX.definition, 0.7) * m(RZ.definition, -half),
        m(RY.definition, 0.7)))
    #expect(
      equal(
        m(Rot.definition, 0.1, 0.2, 0.3),
        m(RZ.definition, 0.3) * m(RY.definition, 0.2) * m(RZ.definition, 0.1)))
    #expect(
      equal(
        m(U.definition, 0.1, 0.2, 0.3),
        m(Phase.definition, 0.2) * m(RY.definition, 0.1) * m(Phase.definition, 0.3)))
    for (rotation, pauli) in [
      (RX.definition, X.definition), (RY.definition, Y.definition), (RZ.definition, Z.definition),
    ] {
      #expect(equal(Complex(0, 1) * m(rotation, .pi), m(pauli)))
    }
    #expect(
      equal(
        Complex(0.5.squareRoot()) * (m(X.definition) + m(Z.definition)), m(H.definition)))
    #expect(
      equal(
        ComplexMatrix.identity(2).kronecker(m(H.definition)) * m(CZ.definition)
          * ComplexMatrix.identity(2).kronecker(m(H.definition)), m(CNOT.definition)))
    #expect(equal(m(RY.definition, 2 * .pi), Complex(-1) * .identity(2)))
  }
}
