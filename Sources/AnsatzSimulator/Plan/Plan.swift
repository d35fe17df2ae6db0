import AnsatzCircuits
import AnsatzMath

/// A program arranged for batches: a product state, then stages of one diagonal table and one layer
/// of commuting rotations, then observables read through the frame.
///
/// What only permutes or cannot reach an observable is gone; see `TermBuilder` for how gates become
/// terms. Angles are bound late: the plan holds no value.
package struct Plan: Sendable {
  // The parts are classes so that a loop over them counts one reference each.
  final class Diagonal: Sendable {
    /// Terms with independent masks, which one doubling builds and one halving reads.
    final class Group: Sendable {
      let basis: BitBasis
      /// For each mask, the angles that add up.
      let angles: [[TermAngle]]

      init(basis: BitBasis, angles: [[TermAngle]]) {
        self.basis = basis
        self.angles = angles
      }
    }

    let groups: [Group]

    init(groups: [Group]) { self.groups = groups }
  }

  /// Up to three rotations that turn 2^k rows at once.
  final class RotationGroup: Sendable {
    let angles: [TermAngle]
    /// The rows with even parities, one for each group of 2^k.
    let representatives: [Int32]
    /// For each of the 2^k rows, what the representative is combined with.
    let offsets: [Int32]
    /// The same with every pair's members exchanged, which turns the other way.
    let reversedOffsets: [Int32]

    init(angles: [TermAngle], representatives: [Int32], offsets: [Int32]) {
      self.angles = angles
      self.representatives = representatives
      self.offsets = offsets
      reversedOffsets = offsets.reversed()
    }
  }

  final class Stage: Sendable {
    let diagonal: Diagonal?
    let rotations: [RotationGroup]

    init(diagonal: Diagonal?, rotations: [RotationGroup]) {
      self.diagonal = diagonal
      self.rotations = rotations
    }
  }

  struct Readout: Sendable {
    /// Z words of the observables on the rows, in independent sets.
    let groups: [(basis: BitBasis, terms: [Term])]
    /// Words with X or Y.
    let general: [(masks: PauliMasks, term: Term)]

    /// A word's sign on the rows, and the observables it is part of.
    struct Term: Sendable {
      let sign: Double
      let uses: [(observable: Int, coefficient: Double)]
    }
  }

  let bitCount: Int
  /// For each bit, its part of the starting product state; nil to start from data amplitudes.
  let product: [[TermBuilder.ProductGate]]?
  let stages: [Stage]
  let readout: Readout
  let constants: [Double]
  /// The number of terms before and after those that reach no observable were dropped.
  package let termCounts: (all: Int, kept: Int)

  /// - Returns: nil if the program holds something no plan can.
  init?(_ program: Program, _ observables: CompiledObservables) {
    let bits = program.qubitCount
    guard bits <= 24 else { return nil }
    var startsFromZero = true
    if case .amplitudes = program.start { startsFromZero = false }
    var builder = TermBuilder(bitCount: bits, startsFromZero: startsFromZero)
    for instruction in program.instructions {
      guard builder.append(instruction) else { return nil }
    }
    let words = (observables.diagonal + observables.general).map { term in
      (term, builder.frame.rows(x: term.masks.x, z: term.masks.z))
    }
    let kept = Self.reaching(words.map { ($0.1.x, $0.1.z) }, builder.terms)
    termCounts = (builder.terms.count, kept.count)
    bitCount = bits
    product = startsFromZero ? builder.product : nil
    stages = Self.schedule(kept).map { Self.stage($0, bitCount: bits) }
    constants = observables.constants
    readout = Self.readout(words, bitCount: bits)
  }

  private static func readout(
    _ words: [(CompiledObservables.Term, (x: Int, z: Int, isNegated: Bool))], bitCount: Int
  ) -> Readout {
    let diagonal = words.filter { $0.1.x == 0 }
    let general = words.filter { $0.1.x != 0 }
    func term(_ word: (CompiledObservables.Term, (x: Int, z: Int, isNegated: Bool))) -> Readout.Term
    {
      Readout.Term(sign: word.1.isNegated ? -1 : 1, uses: word.0.uses)
    }
    return Readout(
      groups: BitBasis.independentSets(diagonal.map { $0.1.z }).map { members in
        (
          BitBasis(members.map { diagonal[$0].1.z }, bitCount: bitCount),
          members.map { term(diagonal[$0]) }
        )
      },
      general: general.map {
        (PauliMasks(x: $0.1.x, z: $0.1.z, yCount: $0.0.masks.yCount), term($0))
      })
  }

  /// The terms that can change an observable: going backwards, one that commutes with every
  /// observable and every later term kept drops out.
  private static func reaching(_ words: [(x: Int, z: Int)], _ terms: [PlanTerm]) -> [PlanTerm] {
    // The search is quadratic; beyond this it would cost more than it saves.
    guard terms.count <= 4096 else { return terms }
    var kept: [PlanTerm] = []
    for term in terms.reversed() {
      let isIdle =
        words.allSatisfy { term.commutes(withX: $0.x, z: $0.z) }
        && kept.allSatisfy { term.commutes(withX: $0.x, z: $0.z) }
      if !isIdle { kept.append(term) }
    }
    return kept.reversed()
  }

  // Scheduling ----------------------------------------------------------------------------------

  private struct Draft {
    var diagonals: [PlanTerm] = []
    var rotations: [PlanTerm] = []
  }

  /// Puts every term into the earliest stage it can be moved to. A stage's diagonals come before its
  /// rotations, and its rotations commute.
  private static func schedule(_ terms: [PlanTerm]) -> [Draft] {
    var stages = [Draft()]
    for term in terms {
      func commutesWithAll(_ others: [PlanTerm]) -> Bool {
        others.allSatisfy { term.commutes(withX: $0.x, z: $0.z) }
      }
      var place: Int?
      var stage = stages.count - 1
      while stage >= 0 {
        let passesRotations = commutesWithAll(stages[stage].rotations)
        guard passesRotations else { break }
        place = stage
        if case .rotation = term, !commutesWithAll(stages[stage].diagonals) { break }
        stage -= 1
      }
      let target = place ?? stages.count
      if target == stages.count { stages.append(Draft()) }
      if case .diagonal = term {
        stages[target].diagonals.append(term)
      } else {
        stages[target].rotations.append(term)
      }
    }
    return stages.filter { !$0.diagonals.isEmpty || !$0.rotations.isEmpty }
  }

  private static func stage(_ draft: Draft, bitCount: Int) -> Stage {
    var masks: [Int] = []
    var angles: [Int: [TermAngle]] = [:]
    for case .diagonal(let z, let angle) in draft.diagonals {
      if angles[z] == nil { masks.append(z) }
      angles[z, default: []].append(angle)
    }
    let groups = BitBasis.independentSets(masks).map { members in
      let own = members.map { masks[$0] }
      return Diagonal.Group(
        basis: BitBasis(own, bitCount: bitCount), angles: own.map { angles[$0] ?? [] })
    }
    return Stage(
      diagonal: groups.isEmpty ? nil : Diagonal(groups: groups),
      rotations: rotationGroups(draft.rotations, bitCount: bitCount))
  }

  /// Rotations share a group if none changes the parity by which another picks its pairs, so that
  /// one representative serves all.
  private static func rotationGroups(_ terms: [PlanTerm], bitCount: Int) -> [RotationGroup] {
    struct Word {
      let x: Int
      let z: Int
      let angle: TermAngle
    }
    var groups: [[Word]] = []
    for case .rotation(let x, let z, let angle) in terms {
      let word = Word(x: x, z: z, angle: angle)
      let place = groups.firstIndex { group in
        group.count < 3
          && group.allSatisfy { !parityIsOdd($0.x & z) && !parityIsOdd(x & $0.z) }
      }
      if let place { groups[place].append(word) } else { groups.append([word]) }
    }
    return groups.map { words in
      // x_i & z_j is odd exactly for i = j, so both families are independent, and the rows with all
      // parities even are one for each coset of the x masks.
      let basis = BitBasis(words.map(\.z), bitCount: bitCount)
      let size = 1 << (bitCount - words.count)
      let step = 1 << words.count
      let representatives = (0..<size).map { index in
        basis.order.map { $0[index * step] } ?? Int32(index * step)
      }
      let offsets = (0..<step).map { choice in
        words.enumerated().reduce(Int32(0)) {
          choice >> $1.offset & 1 == 1 ? $0 ^ Int32($1.element.x) : $0
        }
      }
      return RotationGroup(
        angles: words.map(\.angle), representatives: representatives.sorted(), offsets: offsets)
    }
  }
}
