import AnsatzCircuits
import AnsatzMath
import AnsatzTestSupport
import ComplexModule
import RealModule
import Testing

/// The matrix of a program, the first declared qubit most significant.
private func matrix(of text: String, qubits: Int) throws -> ComplexMatrix {
  let circuit = try OpenQASM.read(text, name: "program").circuit
  var result = ComplexMatrix.identity(1 << qubits)
  for column in 0..<1 << qubits {
    let started = try Circuit(qubits: qubits) {
      for q in 0..<qubits where column >> (qubits - 1 - q) & 1 == 1 { X(q) }
      circuit
    }
    for (row, amplitude) in ReferenceSimulator(started).state().enumerated() {
      result[row, column] = amplitude
    }
  }
  return result
}

/// The matrix where all of some further first qubits are 1.
private func controlled(_ matrix: ComplexMatrix, _ count: Int = 1) -> ComplexMatrix {
  let order = matrix.rows << count
  var result = ComplexMatrix.identity(order)
  for i in 0..<matrix.rows {
    for j in 0..<matrix.rows {
      result[order - matrix.rows + i, order - matrix.rows + j] = matrix[i, j]
    }
  }
  return result
}

private func u(_ theta: Double, _ phi: Double, _ lambda: Double) -> ComplexMatrix {
  let (c, s) = (Double.cos(theta / 2), Double.sin(theta / 2))
  return ComplexMatrix([
    [Complex(c), -Complex(length: s, phase: lambda)],
    [Complex(length: s, phase: phi), Complex(length: c, phase: phi + lambda)],
  ])
}

private func phase(_ angle: Double) -> ComplexMatrix {
  .diagonal([1, Complex(length: 1, phase: angle)])
}

private func rz(_ angle: Double) -> ComplexMatrix {
  .diagonal([Complex(length: 1, phase: -angle / 2), Complex(length: 1, phase: angle / 2)])
}

private let x = ComplexMatrix([[0, 1], [1, 0]])
private let y = ComplexMatrix([[0, -.i], [.i, 0]])
private let z = ComplexMatrix.diagonal([1, -1])
private let h = Complex(0.5.squareRoot()) * ComplexMatrix([[1, 1], [1, -1]])
private let sx =
  Complex(0.5)
  * ComplexMatrix([
    [Complex(1, 1), Complex(1, -1)], [Complex(1, -1), Complex(1, 1)],
  ])
private let swap = ComplexMatrix([[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
private func ising(_ p: ComplexMatrix, _ q: ComplexMatrix, _ angle: Double) -> ComplexMatrix {
  Complex(Double.cos(angle / 2)) * ComplexMatrix.identity(4)
    + Complex(0, -Double.sin(angle / 2)) * p.kronecker(q)
}

private let iswap = ComplexMatrix([
  [1, 0, 0, 0], [0, 0, .i, 0], [0, .i, 0, 0], [0, 0, 0, 1],
])
/// `cx b, a; cx a, b;`: 01 → 10 → …, a turn through three states.
private let turned =
  controlled(x) * ComplexMatrix([[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0], [0, 1, 0, 0]])

/// The relative-phase Toffoli gate of Maslov, arXiv:1508.03273, figure 3.
private let rccx: ComplexMatrix = {
  var result = ComplexMatrix.identity(8)
  result[5, 5] = -1
  (result[6, 6], result[6, 7], result[7, 6], result[7, 7]) = (0, -.i, .i, 0)
  return result
}()

/// The relative-phase Toffoli gate with three controls of the same paper, figure 4.
private let rc3x: ComplexMatrix = {
  var result = ComplexMatrix.identity(16)
  (result[12, 12], result[13, 13]) = (.i, -.i)
  (result[14, 14], result[14, 15], result[15, 14], result[15, 15]) = (0, 1, -1, 0)
  return result
}()

@Suite("The OpenQASM library")
struct OpenQASMLibraryTests {
  private static let gates: [(call: String, matrix: ComplexMatrix)] = [
    ("id", .identity(2)), ("u0(1)", .identity(2)), ("x", x), ("y", y), ("z", z), ("h", h),
    ("s", phase(.pi / 2)), ("sdg", phase(-.pi / 2)), ("t", phase(.pi / 4)),
    ("tdg", phase(-.pi / 4)), ("sx", sx), ("sxdg", sx.adjoint), ("p(0.7)", phase(0.7)),
    ("u1(0.7)", phase(0.7)), ("u2(0.7, 0.4)", u(.pi / 2, 0.7, 0.4)),
    ("u3(0.7, 0.4, -0.3)", u(0.7, 0.4, -0.3)), ("u(0.7, 0.4, -0.3)", u(0.7, 0.4, -0.3)),
    ("U(0.7, 0.4, -0.3)", u(0.7, 0.4, -0.3)), ("rx(0.7)", u(0.7, -.pi / 2, .pi / 2)),
    ("ry(0.7)", u(0.7, 0, 0)), ("rz(0.7)", rz(0.7)),
    ("r(0.7, 0.4)", u(0.7, 0.4 - .pi / 2, .pi / 2 - 0.4)),
    ("cx", controlled(x)), ("CX", controlled(x)), ("cy", controlled(y)), ("cz", controlled(z)),
    ("ch", controlled(h)), ("cs", controlled(phase(.pi / 2))),
    ("csdg", controlled(phase(-.pi / 2))),
    ("csx", controlled(sx)), ("crx(0.7)", controlled(u(0.7, -.pi / 2, .pi / 2))),
    ("cry(0.7)", controlled(u(0.7, 0, 0))), ("crz(0.7)", controlled(rz(0.7))),
    ("cp(0.7)", controlled(phase(0.7))), ("cu1(0.7)", controlled(phase(0.7))),
    ("cu3(0.7, 0.4, -0.3)", controlled(u(0.7, 0.4, -0.3))),
    (
      "cu(0.7, 0.4, -0.3, 1.1)",
      controlled(Complex(length: 1.0, phase: 1.1) * u(0.7, 0.4, -0.3))
    ),
    ("swap", swap),
    ("iswap", ComplexMatrix([[1, 0, 0, 0], [0, 0, .i, 0], [0, .i, 0, 0], [0, 0, 0, 1]])),
    ("dcx", ComplexMatrix([[1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 1, 0, 0]])),
    ("rxx(0.7)", ising(x, x, 0.7)), ("ryy(0.7)", ising(y, y, 0.7)), ("rzz(0.7)", ising(z, z, 0.7)),
    ("rzx(0.7)", ising(z, x, 0.7)), ("ccx", controlled(x, 2)), ("ccz", controlled(z, 2)),
    ("cswap", controlled(swap)), ("c3x", controlled(x, 3)), ("c4x", controlled(x, 4)),
    ("c3sqrtx", controlled(sx, 3)), ("rccx", rccx), ("rc3x", rc3x),
  ]

  @Test(
    "Every library gate has its published matrix in both versions",
    arguments: OpenQASM.Version.allCases)
  func matrices(version: OpenQASM.Version) throws {
    for (call, expected) in OpenQASMLibraryTests.gates {
      let count = expected.rows.trailingZeroBitCount
      let operands = (0..<count).map { "q[\($0)]" }.joined(separator: ", ")
      let text =
        version == .v2
        ? "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[\(count)]; \(call) \(operands);"
        : "OPENQASM 3.0; include \"stdgates.inc\"; qubit[\(count)] q; \(call) \(operands);"
      let difference = try matrix(of: text, qubits: count).maximumDifference(from: expected)
      #expect(difference < 1e-14, "\(call)")
    }
  }

  @Test("Modifiers do what they say")
  func modifiers() throws {
    let cases: [(text: String, matrix: ComplexMatrix)] = [
      ("qubit[2] q; ctrl @ h q[0], q[1];", controlled(h)),
      ("qubit[3] q; ctrl(2) @ ry(0.7) q[0], q[1], q[2];", controlled(u(0.7, 0, 0), 2)),
      ("qubit[3] q; ctrl @ ctrl @ x q[0], q[1], q[2];", controlled(x, 2)),
      (
        "qubit[2] q; negctrl @ x q[0], q[1];",
        x.kronecker(.identity(2)) * controlled(x) * x.kronecker(.identity(2))
      ),
      ("qubit q; inv @ s q;", phase(-.pi / 2)),
      ("qubit q; pow(3) @ t q;", phase(3 * .pi / 4)),
      ("qubit q; pow(-2) @ t q;", phase(-.pi / 2)),
      ("qubit q; pow(0) @ h q;", .identity(2)),
      ("qubit q; pow(1/2) @ x q;", sx),
      ("qubit q; pow(0.5) @ z q;", phase(.pi / 2)),
      ("qubit[2] q; ctrl @ pow(0.5) @ x q[0], q[1];", controlled(sx)),
      ("qubit[2] q; pow(2) @ pow(0.5) @ swap q[0], q[1];", swap),
      ("qubit[2] q; pow(0.5) @ cx q[0], q[1];", controlled(sx)),
      ("qubit[2] q; pow(2) @ pow(0.5) @ iswap q[0], q[1];", iswap),
      // Two gates raised together: the root of what they do, not of each.
      ("gate g a, b { cx b, a; cx a, b; } qubit[2] q; pow(3) @ pow(1/3.0) @ g q[0], q[1];", turned),
      ("qubit[2] q; ctrl @ gphase(0.7) q[0];", phase(0.7).kronecker(.identity(2))),
      (
        "gate g(a) q { gphase(-a/2); p(a) q; } qubit[2] q; ctrl @ g(0.7) q[0], q[1];",
        controlled(rz(0.7))
      ),
      (
        "gate g(a) q { gphase(-a/2); p(a) q; } qubit[2] q; ctrl @ inv @ g(0.7) q[0], q[1];",
        controlled(rz(-0.7))
      ),
      ("gate g a { h a; t a; } qubit q; inv @ g q;", h * phase(-.pi / 4)),
    ]
    for (text, expected) in cases {
      let source = "OPENQASM 3; include \"stdgates.inc\"; " + text
      let difference = try matrix(
        of: source, qubits: expected.rows.trailingZeroBitCount
      ).maximumDifference(from: expected)
      #expect(difference < 1e-14, "\(text)")
    }
  }
}
