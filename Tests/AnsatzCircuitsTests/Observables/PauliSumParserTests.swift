import AnsatzCircuits
import AnsatzMath
import AnsatzTestSupport
import Testing

@Suite("Observables from text")
struct PauliSumParserTests {
  @Test("Sums, products, brackets and numbers read as they are written")
  func forms() throws {
    let cases: [(String, PauliSum)] = [
      ("Z0", Z(0).pauliSum),
      ("Z0 Z1 + 0.5 X2", Z(0) * Z(1) + 0.5 * X(2)),
      ("-1.5*Z0*Y3 - 2 I + X1", -1.5 * Z(0) * Y(3) - 2 * PauliString.identity + X(1)),
      ("Z(0)Z(12)", Z(0) * Z(12)),
      ("0.5 * (Z0 Z1 + X0)", 0.5 * Z(0) * Z(1) + 0.5 * X(0)),
      ("(Z0 + Z1) (Z0 - Z1)", PauliSum([(0, .identity), (0, (Z(0) * Z(1)).terms[0].string)])),
      ("1e-3 X0 + .5Y0+2.Z0", 0.001 * X(0) + 0.5 * Y(0) + 2.0 * Z(0)),
      ("\u{2212}X0", -X(0)),
      ("3", 3 * PauliString.identity),
      ("I0 X1", X(1).pauliSum),
      ("\tX0\n+ Z1 ", X(0) + Z(1)),
      ("1.0 Z0 + -0.5 X1 - -2*Y0", Z(0) - 0.5 * X(1) + 2.0 * Y(0)),
      ("0.5 * -Z0", -0.5 * Z(0)),
      ("0", PauliSum([])),
      ("0 Z0", PauliSum([(0, (Z(0) * PauliString.identity).terms[0].string)])),
    ]
    for (text, sum) in cases {
      #expect(try PauliSum(parsing: text) == sum, "\(text)")
    }
    // XYZ = i, so the product alone is imaginary.
    #expect(throws: AnsatzError.self) { try PauliSum(parsing: "X0 Y0 Z0 - Z0 Y0 X0") }
    #expect(try PauliSum(parsing: "X0 Y0 X0 Y0") == -1 * PauliString.identity)
  }

  @Test("What is printed reads back as it was")
  func roundTrip() throws {
    var circuits = RandomCircuits(seed: 17)
    for _ in 0..<100 {
      let sum = circuits.observable(qubits: 6)
      #expect(try PauliSum(parsing: sum.description) == sum)
    }
    let odd: [(Double, PauliString)] = [
      (-1, .identity), (0, PauliString([(.x, 3)])),
      (.leastNonzeroMagnitude, PauliString([(.y, 61)])),
      (-.greatestFiniteMagnitude, PauliString([(.z, 0), (.y, 1)])),
    ]
    for sum in [PauliSum([]), PauliSum(odd)] + odd.map({ PauliSum([$0]) }) {
      #expect(try PauliSum(parsing: sum.description) == sum, "\(sum)")
    }
  }

  @Test("Mistakes name their column and the mend")
  func mistakes() {
    let cases = [
      ("", "column 1: the observable ends where a factor should be"),
      ("Z0 +", "column 5: the observable ends"),
      ("Q0", "column 1: 'Q' is no Pauli operator; use X, Y, Z or I"),
      ("z0", "column 1: 'z' is no Pauli operator"),
      ("Z0 Z", "column 5: Z needs a qubit, as in Z0"),
      ("Z99", "column 2: a qubit is a number from 0 to 61, not '99'"),
      ("Z99999999999999999999999", "a qubit is a number"),
      ("(Z0", "column 4: a closing bracket is missing before the end"),
      ("Z0)", "column 3: unexpected ')'"),
      ("1e999 Z0", "'1e999' is not a finite number"),
      ("1e300 * 1e300 Z0", "not a finite number"),
      ("X0 Y0", "not Hermitian: the coefficient of Z0 is imaginary"),
      ("Z0 \u{0} Z1", "unexpected a control character"),
      ("Z0 & Z1", "column 4: unexpected '&'"),
      ("Z0 * ", "column 6: the observable ends"),
      ("Z0 --- Z1", "column 6: unexpected '-'"),
      ("Z0\u{A0}Z1", "column 3: unexpected U+A0"),
      ("1e5000 Z0", "column 1: '1e5000' is not a finite number"),
    ]
    for (text, message) in cases {
      let error = #expect(throws: AnsatzError.self) { try PauliSum(parsing: text) }
      #expect(error?.description.contains(message) == true, "\(text): \(error?.description ?? "")")
      #expect(error?.exitCode == 64)
    }
  }

  @Test("Hostile text ends in an error")
  func hostile() {
    let texts = [
      String(repeating: "(", count: 100_000), String(repeating: "X0 ", count: 4_000_000),
      String(repeating: "(X0+Z1)", count: 100_000) + "Q", String(repeating: "9", count: 500_000),
      "(" + (0..<40).map { "X\($0)+Z\($0)" }.joined(separator: ")*(") + ")",
      String(repeating: "-", count: 1000), String(repeating: "Z0 * (", count: 20_000),
      "Z" + String(repeating: "1", count: 1_000_000), "Z0 + \u{0}\u{FFFF}",
      (0..<18).map { "(X\($0)+Z\($0))" }.joined(),
    ]
    for text in texts {
      #expect(throws: AnsatzError.self) { try PauliSum(parsing: text) }
    }
  }
}
