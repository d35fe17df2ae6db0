import AnsatzCircuits
import AnsatzMath
import AnsatzTestSupport
import Numerics
import Testing

/// Rounding of products and series of numbers up to 1.
private let tolerance = 1e-13

private func m(_ gate: GateDefinition, _ angles: Double...) -> ComplexMatrix {
  gate.controlledMatrix(angles: angles, targets: gate.targetCount ?? 3)
}

private func expectEqual(
  _ a: ComplexMatrix, _ b: ComplexMatrix, _ name: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(a.rows == b.rows, "\(name)", sourceLocation: sourceLocation)
  #expect(a.maximumDifference(from: b) < tolerance, "\(name)", sourceLocation: sourceLocation)
}

/// What the gates' pages say they are equal to, from operators alone.
@Suite("Gate identities")
struct GateIdentityTests {
  private let x = ComplexMatrix([[0, 1], [1, 0]])
  private let y = ComplexMatrix([[0, -.i], [.i, 0]])
  private let z = ComplexMatrix([[1, 0], [0, -1]])
  private let one = ComplexMatrix.identity(2)
  /// |1⟩⟨0|
  private let raise = ComplexMatrix([[0, 0], [1, 0]])

  private func exp(_ factor: Complex<Double>, _ operators: ComplexMatrix) -> ComplexMatrix {
    (factor * operators).exponential()
  }

  private func controlled(_ matrix: ComplexMatrix) -> ComplexMatrix {
    ComplexMatrix.diagonal([1, 0]).kronecker(.identity(matrix.rows))
      + ComplexMatrix.diagonal([0, 1]).kronecker(matrix)
  }

  @Test("The exchange gates are exponentials of X⊗X + Y⊗Y", arguments: [-2.7, -0.4, 0.9, 3.3])
  func exchange(angle: Double) {
    let hop = x.kronecker(x) + y.kronecker(y)
    expectEqual(m(ISWAP.definition), exp(Complex(0, .pi / 4), hop), "ISWAP")
    expectEqual(m(ISWAPdg.definition), exp(Complex(0, -.pi / 4), hop), "ISWAPdg")
    expectEqual(m(SqrtISWAP.definition), exp(Complex(0, .pi / 8), hop), "SqrtISWAP")
    expectEqual(m(SqrtISWAPdg.definition), exp(Complex(0, -.pi / 8), hop), "SqrtISWAPdg")
    expectEqual(m(IsingXY.definition, angle), exp(Complex(0, angle / 4), hop), "IsingXY")
    expectEqual(m(IsingXY.definition, .pi), m(ISWAP.definition), "IsingXY(π)")
    expectEqual(
      m(FSim.definition, angle, 0.7),
      exp(Complex(0, -angle / 2), hop) * .diagonal([1, 1, 1, Complex(length: 1, phase: -0.7)]),
      "FSim")
  }

  @Test("Excitations are exponentials of ladder operators", arguments: [-2.7, -0.4, 0.9, 3.3])
  func excitations(angle: Double) {
    let single = raise.kronecker(raise.adjoint)
    expectEqual(
      m(SingleExcitation.definition, angle),
      exp(Complex(angle / 2), single + Complex(-1) * single.adjoint), "SingleExcitation")
    let double = raise.kronecker(raise).kronecker(raise.adjoint).kronecker(raise.adjoint)
    expectEqual(
      m(DoubleExcitation.definition, angle),
      exp(Complex(angle / 2), double + Complex(-1) * double.adjoint), "DoubleExcitation")
  }

  @Test("Rotations are exponentials of Pauli words", arguments: [-2.7, -0.4, 0.9, 3.3])
  func rotations(angle: Double) {
    let half = Complex(0, -angle / 2)
    expectEqual(m(RZX.definition, angle), exp(half, z.kronecker(x)), "RZX")
    expectEqual(
      m(MultiRZ.definition, angle), exp(half, z.kronecker(z).kronecker(z)), "MultiRZ")
    let matrices: [(Pauli, ComplexMatrix)] = [(.x, x), (.y, y), (.z, z)]
    for (a, first) in matrices {
      for (b, second) in matrices {
        expectEqual(
          m(PauliRotation.definition([a, b]), angle), exp(half, first.kronecker(second)),
          "\(a)\(b)")
        for (c, third) in matrices {
          expectEqual(
            m(PauliRotation.definition([a, b, c]), angle),
            exp(half, first.kronecker(second).kronecker(third)), "\(a)\(b)\(c)")
        }
      }
    }
  }

  @Test("Constant gates are what their pages say")
  func constants() {
    expectEqual(m(I.definition), one, "I")
    expectEqual(m(CH.definition), controlled(m(H.definition)), "CH")
    expectEqual(m(CS.definition), .diagonal([1, 1, 1, .i]), "CS")
    expectEqual(m(CSdg.definition), .diagonal([1, 1, 1, -.i]), "CSdg")
    expectEqual(
      m(CSX.definition) * m(CSX.definition), m(CNOT.definition), "CSX squared")
    expectEqual(m(CSXdg.definition), m(CSX.definition).adjoint, "CSXdg")
    expectEqual(m(CCZ.definition), controlled(controlled(z)), "CCZ")
    let ecr = Complex(0.5.squareRoot()) * (x.kronecker(one) + Complex(-1) * y.kronecker(x))
    expectEqual(m(ECR.definition), ecr, "ECR")
    expectEqual(
      m(RZX.definition, -.pi / 4) * x.kronecker(one) * m(RZX.definition, .pi / 4), ecr, "echo")
    expectEqual(
      Complex(length: 1, phase: .pi / 4) * (m(RZZ.definition, .pi / 2) * m(SWAP.definition)),
      m(ISWAP.definition), "ISWAP from SWAP")
  }

  @Test("Gates with several angles are products of those with one", arguments: [-2.7, 0.9])
  func products(a: Double) {
    let (b, c, d) = (0.6, -1.3, 2.1)
    let rotated = m(RZ.definition, c) * m(RY.definition, b) * m(RZ.definition, a)
    expectEqual(m(CRot.definition, a, b, c), controlled(rotated), "CRot")
    let general = m(Phase.definition, b) * m(RY.definition, a) * m(Phase.definition, c)
    expectEqual(
      m(CU.definition, a, b, c, d), controlled(Complex(length: 1, phase: d) * general), "CU")
    expectEqual(m(U2.definition, a, b), m(U.definition, .pi / 2, a, b), "U2")
    expectEqual(m(GlobalPhase.definition, a), ComplexMatrix([[Complex(length: 1, phase: a)]]), "")
  }

  @Test("Gates of one name and other data are other gates")
  func data() throws {
    #expect(PauliRotation.definition([.x, .y]) == PauliRotation.definition([.x, .y]))
    #expect(PauliRotation.definition([.x, .y]) != PauliRotation.definition([.y, .x]))
    #expect(DiagonalGate.definition([0, 1]) != DiagonalGate.definition([0, 2]))
    let (h, s) = (m(H.definition), m(S.definition))
    #expect(UnitaryGate.definition(h) == UnitaryGate.definition(h))
    let circuits = try [h, s, h].map { matrix in
      try Circuit(qubits: 1) { UnitaryGate(matrix, on: [0]) }
    }
    #expect(circuits[0] != circuits[1])
    #expect(circuits[0] == circuits[2])
    #expect(Set(circuits).count == 2)
  }

  @Test("The letter I leaves its qubit out, and a word of I is a phase")
  func identityLetters() throws {
    let circuit = try Circuit(qubits: 3) {
      PauliRotation(0.4, "XIZ", on: [2, 0, 1])
      PauliRotation(0.4, "II", on: 0..<2)
    }
    #expect(circuit.operations[0].qubits == [2, 1])
    #expect(
      circuit.operations[0]
        == .gate(
          GateOperation(PauliRotation.definition([.x, .z]), angles: [0.4], qubits: [2, 1])))
    #expect(circuit.operations[1] == GlobalPhase(-0.2).operations[0])
  }

  @Test("Data that makes no gate is refused in one line each")
  func refusals() throws {
    let shear = ComplexMatrix([[1, Complex(0.5)], [0, 1]])
    #expect {
      try Circuit(qubits: 3) {
        UnitaryGate(shear, on: [0])
        UnitaryGate(.identity(3), on: [0])
        UnitaryGate(.diagonal([1, Complex(.nan)]), on: [0])
        UnitaryGate(.identity(4), on: [0])
        DiagonalGate([0, 1, 2], on: [0, 1])
        DiagonalGate([0, .infinity], on: [0])
        DiagonalGate([0, 1], on: [0, 1])
        PauliRotation(0.1, "XQ", on: [0, 1])
        PauliRotation(0.1, "XYZ", on: [0, 1])
        PauliRotation(0.1, "", on: [])
        MultiRZ(0.1, on: [])
        Inverse { UnitaryGate(shear, on: [0]) }
      }
    } throws: {
      "\($0)" == """
        invalid circuit:
          - gate 0 (UnitaryGate): the matrix is not unitary: U U† differs from 1 by 0.5; at most \
        1e-08 is allowed
          - gate 1 (UnitaryGate): the matrix is 3×3; use 2ᵏ×2ᵏ for k qubits
          - gate 2 (UnitaryGate): the matrix holds numbers that are not finite
          - gate 3 (UnitaryGate): 1 target qubits given; UnitaryGate takes 2
          - gate 4 (DiagonalGate): 3 phases given; use 2ᵏ for k qubits
          - gate 5 (DiagonalGate): phase inf is not finite; phases are finite numbers in radians
          - gate 6 (DiagonalGate): 2 target qubits given; DiagonalGate takes 1
          - gate 7 (PauliRotation): 'Q' in the word 'XQ' is no Pauli operator; use I, X, Y and Z
          - gate 8 (PauliRotation): the word 'XYZ' has 3 letters for 2 qubits; use one for each \
        qubit
          - gate 9 (PauliRotation): the word is empty; use a letter I, X, Y or Z for each qubit
          - gate 10 (MultiRZ): no qubit given; MultiRZ takes at least 1
          - gate 11 (UnitaryGate): the matrix is not unitary: U U† differs from 1 by 0.5; at most \
        1e-08 is allowed
        """
    }
  }
}
