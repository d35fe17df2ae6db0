import AnsatzCircuits
import AnsatzMath
import Numerics

/// The angle of a term: a multiple of a gate's angle, or a constant.
struct TermAngle: Sendable {
  /// The position in the program's list of angles, or nil for a constant.
  let occurrence: Int?
  /// What the gate's angle is multiplied by, or the constant itself.
  let factor: Double

  func scaled(by scale: Double) -> TermAngle {
    TermAngle(occurrence: occurrence, factor: factor * scale)
  }
}

/// A condition on rows: the parity of a mask.
struct RowCondition: Hashable, Sendable {
  let z: Int
  let isOdd: Bool
}

/// exp(-iαP/2) for a Pauli word on the rows, which every gate is made of.
enum PlanTerm {
  /// A word of Z: a factor e^{∓iα/2} by the parity of `row & z`.
  case diagonal(z: Int, TermAngle)
  /// A word with an odd number of Y: a real rotation of the pairs `(r, r ^ x)`, where r is the row
  /// with even parity of `r & z`; only of rows that meet all conditions, if there are any.
  case rotation(x: Int, z: Int, TermAngle, conditions: [RowCondition])

  var x: Int { if case .rotation(let x, _, _, _) = self { x } else { 0 } }
  var z: Int {
    switch self {
    case .diagonal(let z, _), .rotation(_, let z, _, _): z
    }
  }
  var conditions: [RowCondition] {
    if case .rotation(_, _, _, let conditions) = self { conditions } else { [] }
  }

  func commutes(withX x: Int, z: Int) -> Bool {
    parityIsOdd(self.x & z) == parityIsOdd(self.z & x)
      && conditions.allSatisfy { !parityIsOdd($0.z & x) }
  }

  /// Whether the words and the conditions of both commute, each with each.
  func commutes(with other: PlanTerm) -> Bool {
    commutes(withX: other.x, z: other.z)
      && other.conditions.allSatisfy { !parityIsOdd($0.z & x) }
  }
}

/// Turns instructions into rotations by Pauli words on the rows.
///
/// - CNOT, SWAP and X go into the frame.
/// - A controlled rotation is the product of commuting rotations by the word times each product of Z
///   on the controls, since the projector on 1 is (1 - Z)/2.
/// - A word with an even number of Y has a Y turned into X, or X into Y, by S before and S† after,
///   which end up in diagonal terms.
/// - While a qubit has met no other, its gates go into the product state that the circuit starts
///   with.
struct TermBuilder {
  private(set) var terms: [PlanTerm] = []
  private(set) var frame: PauliFrame
  /// For each bit, the rotations about Y and Z that make its part of the starting product state.
  private(set) var product: [[ProductGate]]
  private var isOpen: [Bool]
  /// What the terms leave out: the circuit is e^{iγ} times them, γ the sum of these.
  private(set) var globalPhase: [TermAngle] = []

  struct ProductGate: Sendable {
    enum Axis: Sendable { case y, z }
    let axis: Axis
    let angle: TermAngle
  }

  /// A gate with controls is at most this many words; with more, its rows are conditioned.
  private static let largestExpansion = 16

  /// A matrix on k qubits is some 4^k words; beyond this many qubits the plan is given up.
  private static let largestMatrix = 5

  /// Whether the projector on controls being 1 has too many words, so that rows are conditioned.
  private static func isLarge(_ controls: Int) -> Bool {
    controls.nonzeroBitCount > largestExpansion.trailingZeroBitCount
  }

  init(bitCount: Int, startsFromZero: Bool) {
    frame = PauliFrame(bitCount: bitCount)
    product = [[ProductGate]](repeating: [], count: bitCount)
    isOpen = [Bool](repeating: startsFromZero, count: bitCount)
  }

  /// - Returns: False if the instruction is none that a plan can hold.
  mutating func append(_ instruction: Instruction) -> Bool {
    let controls = instruction.controls
    let angle = TermAngle(occurrence: instruction.occurrence, factor: 1)
    switch instruction.work {
    case .pauliRotation(let word): rotate(word, angle, controls: controls)
    case .phase: phase(controls, angle)
    case .constantPhase(let value): phase(controls, TermAngle(occurrence: nil, factor: value))
    case .exchange(let first, let second): exchange(first, second, controls: controls)
    case .matrix(let matrix, let bits):
      guard bits.count <= Self.largestMatrix else { return false }
      return apply(matrix, bits: bits, controls: controls)
    case .fourier: return false
    }
    return true
  }

  private static func constant(_ value: Double) -> TermAngle {
    TermAngle(occurrence: nil, factor: value)
  }

  // Words ---------------------------------------------------------------------------------------

  private mutating func rotate(_ word: PauliMasks, _ angle: TermAngle, controls: Int) {
    guard !Self.isLarge(controls) else { return rotateRows(word, angle, controls: controls) }
    for (subset, share) in Self.subsets(of: controls) {
      emit(x: word.x, z: word.z ^ subset, angle.scaled(by: share))
    }
  }

  /// A rotation of the rows whose controls are 1.
  private mutating func rotateRows(_ word: PauliMasks, _ angle: TermAngle, controls: Int) {
    close(controls | word.x | word.z)
    let conditions = (0..<frame.bitCount).filter { controls >> $0 & 1 == 1 }.map { bit in
      let rows = frame.rows(x: 0, z: 1 << bit)
      return RowCondition(z: rows.z, isOdd: !rows.isNegated)
    }
    if word.x != 0 {
      emit(x: word.x, z: word.z, angle, conditions: conditions)
      return
    }
    // Z is Y between rotations about X by a right angle.
    let bit = 1 << (Int.bitWidth - 1 - word.z.leadingZeroBitCount)
    emit(x: bit, z: 0, Self.constant(-.pi / 2))
    emit(x: bit, z: word.z, angle, conditions: conditions)
    emit(x: bit, z: 0, Self.constant(.pi / 2))
  }

  /// e^{iφ} where all bits of the mask are 1.
  private mutating func phase(_ mask: Int, _ angle: TermAngle) {
    guard !Self.isLarge(mask) else {
      // On the highest bit, e^{iφ/2} times its rotation by φ about Z, both where the others are 1.
      // The lowest bits may be lanes, on which conditions cost more.
      let bit = Int.bitWidth - 1 - mask.leadingZeroBitCount
      rotate(PauliMasks([(.z, bit: bit)]), angle, controls: mask & ~(1 << bit))
      return phase(mask & ~(1 << bit), angle.scaled(by: 0.5))
    }
    for (subset, share) in Self.subsets(of: mask) {
      if subset == 0 {
        globalPhase.append(angle.scaled(by: share))
      } else {
        emit(x: 0, z: subset, angle.scaled(by: -2 * share))
      }
    }
  }

  /// The projector on a mask being 1 is Σ_S share(S) Z_S.
  private static func subsets(of mask: Int) -> [(subset: Int, share: Double)] {
    let scale = 1 / Double(1 << mask.nonzeroBitCount)
    var list: [(Int, Double)] = []
    var subset = mask
    while true {
      list.append((subset, subset.nonzeroBitCount & 1 == 0 ? scale : -scale))
      if subset == 0 { return list }
      subset = (subset - 1) & mask
    }
  }

  /// exp(-iαP/2) for any word of the circuit's basis but the identity.
  private mutating func emit(
    x: Int, z: Int, _ angle: TermAngle, conditions: [RowCondition] = []
  ) {
    let support = x | z
    if support.nonzeroBitCount > 1 { close(support) }
    if x != 0, (x & z).nonzeroBitCount & 1 == 0 {
      let bit = x & -x
      let wasY = z & bit != 0
      emit(x: 0, z: bit, Self.constant(.pi / 2))
      emit(x: x, z: z ^ bit, angle.scaled(by: wasY ? -1 : 1), conditions: conditions)
      emit(x: 0, z: bit, Self.constant(-.pi / 2))
      return
    }
    let place = support.trailingZeroBitCount
    if support.nonzeroBitCount == 1, isOpen[place] {
      product[place].append(ProductGate(axis: x == 0 ? .z : .y, angle: angle))
      return
    }
    let rows = frame.rows(x: x, z: z)
    var sign: Double = rows.isNegated ? -1 : 1
    if (x & z).nonzeroBitCount & 3 == 3 { sign = -sign }
    let signed = angle.scaled(by: sign)
    terms.append(
      x == 0
        ? .diagonal(z: rows.z, signed)
        : .rotation(x: rows.x, z: rows.z, signed, conditions: conditions))
  }

  private mutating func close(_ mask: Int) {
    for bit in isOpen.indices where mask >> bit & 1 == 1 { isOpen[bit] = false }
  }

  // Gates that are not rotations -----------------------------------------------------------------

  /// Z, which is i times its rotation by π.
  private mutating func pauliZ(_ mask: Int) {
    emit(x: 0, z: mask, Self.constant(.pi))
    globalPhase.append(Self.constant(.pi / 2))
  }

  private mutating func hadamard(_ mask: Int) {
    pauliZ(mask)
    emit(x: mask, z: mask, Self.constant(.pi / 2))
  }

  private mutating func exchange(_ first: Int, _ second: Int, controls: Int) {
    if first == 0 { return flip(second, controls: controls) }
    let (a, b) = (first.trailingZeroBitCount, second.trailingZeroBitCount)
    if controls == 0 {
      if isOpen[a], isOpen[b] {
        product.swapAt(a, b)
      } else {
        close(first | second)
        frame.applySwap(a, b)
      }
      return
    }
    flip(first, controls: second)
    flip(second, controls: controls | first)
    flip(first, controls: second)
  }

  private mutating func flip(_ target: Int, controls: Int) {
    let bit = target.trailingZeroBitCount
    switch controls.nonzeroBitCount {
    case 0:
      if isOpen[bit] {
        pauliZ(target)
        emit(x: target, z: target, Self.constant(.pi))
      } else {
        frame.applyX(bit)
      }
    case 1:
      close(controls | target)
      frame.applyCNOT(control: controls.trailingZeroBitCount, target: bit)
    default:
      close(controls | target)
      hadamard(target)
      phase(controls | target, Self.constant(.pi))
      hadamard(target)
    }
  }

  /// A constant matrix as e^{iδ} RZ(γ) RY(β) RZ(α).
  private mutating func apply(_ matrix: ComplexMatrix, bit: Int, controls: Int) {
    let determinant = matrix[0, 0] * matrix[1, 1] - matrix[0, 1] * matrix[1, 0]
    let delta = determinant.phase / 2
    let unit = Complex(length: 1, phase: -delta)
    let (a, c) = (matrix[0, 0] * unit, matrix[1, 0] * unit)
    let beta = 2 * Double.atan2(y: c.length, x: a.length)
    let sum = a.length > 1e-12 ? -2 * a.phase : 0
    let difference = c.length > 1e-12 ? -2 * c.phase : 0
    let mask = 1 << bit
    let zWord = PauliMasks([(.z, bit: bit)])
    let yWord = PauliMasks([(.y, bit: bit)])
    for (word, angle) in [
      (zWord, (sum + difference) / 2), (yWord, beta), (zWord, (sum - difference) / 2),
    ] where abs(angle) > 1e-15 {
      rotate(word, Self.constant(angle), controls: controls)
    }
    guard controls != 0 else {
      globalPhase.append(Self.constant(delta))
      return
    }
    close(controls | mask)
    phase(controls, Self.constant(delta))
  }

  /// A constant unitary on several bits, the first the most significant, by the quantum Shannon
  /// decomposition: rotations of the first bit that the others select, between unitaries on the
  /// others.
  ///
  /// - Source: Shende, Bullock, Markov, arXiv:quant-ph/0406176.
  /// - Returns: False if LAPACK did not converge.
  private mutating func apply(_ matrix: ComplexMatrix, bits: [Int], controls: Int) -> Bool {
    guard bits.count > 1 else {
      apply(matrix, bit: bits[0], controls: controls)
      return true
    }
    guard let (left, angles, right) = matrix.cosineSineFactors(),
      applySelected(right.0, right.1, bits: bits, controls: controls)
    else { return false }
    rotateSelected(.y, angles.map { 2 * $0 }, bits: bits, controls: controls)
    return applySelected(left.0, left.1, bits: bits, controls: controls)
  }

  /// One unitary or the other on the rest of the bits, as the first is 0 or 1.
  private mutating func applySelected(
    _ zero: ComplexMatrix, _ one: ComplexMatrix, bits: [Int], controls: Int
  ) -> Bool {
    // zero = V D W and one = V D† W, so zero · one† = V D² V†.
    guard let (phases, v) = (zero * one.adjoint).unitaryEigen() else { return false }
    let w =
      ComplexMatrix.diagonal(phases.map { Complex(length: 1, phase: $0 / 2) }) * v.adjoint * one
    let rest = Array(bits.dropFirst())
    guard apply(w, bits: rest, controls: controls) else { return false }
    rotateSelected(.z, phases.map { -$0 }, bits: bits, controls: controls)
    return apply(v, bits: rest, controls: controls)
  }

  /// Rotations of the first bit by an angle for each value of the others: one word for each of
  /// their subsets.
  private mutating func rotateSelected(
    _ axis: Pauli, _ angles: [Double], bits: [Int], controls: Int
  ) {
    let rest = bits.dropFirst()
    for subset in angles.indices {
      let sum = angles.indices.reduce(0.0) {
        parityIsOdd($1 & subset) ? $0 - angles[$1] : $0 + angles[$1]
      }
      let angle = sum / Double(angles.count)
      guard abs(angle) > 1e-15 else { continue }
      let selected = rest.enumerated().filter { subset >> (rest.count - 1 - $0.offset) & 1 == 1 }
      rotate(
        PauliMasks([(axis, bit: bits[0])] + selected.map { (.z, bit: $0.element) }),
        Self.constant(angle), controls: controls)
    }
  }
}
