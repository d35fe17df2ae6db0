import Numerics

/// Turns |0…0⟩ into a state given by its amplitudes.
///
/// Uniformly controlled RY build the magnitudes qubit by qubit, uniformly controlled RZ the phases,
/// and a global phase makes the state exact. A uniformly controlled rotation by k qubits is 2ᵏ
/// rotations with CNOTs between them, whose controls follow the Gray code. Real amplitudes take no
/// RZ. On other states than |0…0⟩ it is some unitary.
///
/// - Complexity: at most 2ⁿ⁺¹ - 2 rotations and as many CNOTs for n qubits; half if real.
/// - Source: Möttönen, Vartiainen, Bergholm and Salomaa, arXiv:quant-ph/0407010.
public struct StatePreparation: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter amplitudes: 2ᵏ for k qubits, the first qubit the most significant bit of the index,
  ///   of norm 1 to 1e-8; a circuit refuses others.
  public init(_ amplitudes: [Complex<Double>], on qubits: some Sequence<Int>) {
    let list = Array(qubits)
    if let problem = Self.problem(amplitudes, qubits: list.count) {
      operations = [.refused("StatePreparation", on: list, problem)]
      return
    }
    operations =
      amplitudes.allSatisfy { $0.imaginary == 0 }
      ? Self.magnitudes(amplitudes.map(\.real), on: list)
      : Self.magnitudes(amplitudes.map(\.length), on: list)
        + Self.phases(amplitudes.map { $0.length == 0 ? 0 : $0.phase }, on: list)
  }

  /// The same for real amplitudes.
  public init(_ amplitudes: [Double], on qubits: some Sequence<Int>) {
    self.init(amplitudes.map { Complex($0) }, on: qubits)
  }

  private static func problem(_ amplitudes: [Complex<Double>], qubits: Int) -> String? {
    guard qubits > 0, qubits < 30, amplitudes.count == 1 << qubits else {
      return "\(amplitudes.count) amplitudes given for \(qubits) qubits; use 2ᵏ for k qubits"
    }
    guard amplitudes.allSatisfy(\.isFinite) else {
      return "the amplitudes hold numbers that are not finite"
    }
    let norm = amplitudes.reduce(0) { $0 + $1.lengthSquared }.squareRoot()
    guard norm > 0 else { return "all amplitudes are zero; a state has norm 1" }
    guard abs(norm - 1) < 1e-8 else {
      return "the amplitudes have norm \(norm); divide them by it"
    }
    return nil
  }

  /// From |0…0⟩ to real amplitudes: each qubit splits every norm above it in two.
  private static func magnitudes(_ values: [Double], on qubits: [Int]) -> [CircuitOperation] {
    var halves = values
    var result: [CircuitOperation] = []
    for place in qubits.indices.reversed() {
      let angles = stride(from: 0, to: halves.count, by: 2).map {
        2 * Double.atan2(y: halves[$0 + 1], x: halves[$0])
      }
      halves = stride(from: 0, to: halves.count, by: 2).map {
        Double.hypot(halves[$0], halves[$0 + 1])
      }
      result =
        uniformlyControlled(.y, by: angles, controls: qubits[..<place], target: qubits[place])
        + result
    }
    return result
  }

  /// `diag(e^{iφ})`: each qubit takes the differences, and hands on the means.
  private static func phases(_ values: [Double], on qubits: [Int]) -> [CircuitOperation] {
    var means = values
    var result: [CircuitOperation] = []
    for place in qubits.indices.reversed() {
      let starts = stride(from: 0, to: means.count, by: 2)
      let angles = starts.map { means[$0 + 1] - means[$0] }
      means = starts.map { (means[$0] + means[$0 + 1]) / 2 }
      result += uniformlyControlled(
        .z, by: angles, controls: qubits[..<place], target: qubits[place])
    }
    return means[0] == 0 ? result : result + GlobalPhase(means[0]).operations
  }

  /// A rotation about Y or Z by an angle for every basis state of the controls, the first most
  /// significant.
  private static func uniformlyControlled(
    _ axis: Pauli, by angles: [Double], controls: ArraySlice<Int>, target: Int
  ) -> [CircuitOperation] {
    guard angles.contains(where: { $0 != 0 }) else { return [] }
    // CNOTs change the sign: angle_j = Σ_g (-1)^{parity(j & g)} turn_g, a Walsh–Hadamard transform.
    var turns = angles
    for bit in 0..<controls.count {
      for i in turns.indices where i >> bit & 1 == 0 {
        let (a, b) = (turns[i], turns[i | 1 << bit])
        turns[i] = (a + b) / 2
        turns[i | 1 << bit] = (a - b) / 2
      }
    }
    return turns.indices.flatMap { step -> [CircuitOperation] in
      let turn = turns[step ^ step >> 1]
      let own =
        turn == 0 ? [] : rotation(about: axis, by: Angle(turn), on: target).operations
      guard !controls.isEmpty else { return own }
      // The bit in which this and the next Gray code differ; the last code differs from the first
      // in the highest.
      let bit = min((step + 1).trailingZeroBitCount, controls.count - 1)
      let control = controls[controls.endIndex - 1 - bit]
      return own + CNOT(control: control, target: target).operations
    }
  }
}
