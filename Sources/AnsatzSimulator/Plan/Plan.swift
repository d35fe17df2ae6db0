import AnsatzCircuits
import AnsatzMath

/// A program arranged to run fast: a product state, then stages of one diagonal and one layer of
/// commuting rotations, then observables read through the frame.
///
/// What only permutes or cannot reach an observable is gone; see `TermBuilder` for how gates become
/// terms. Angles are bound late: the plan holds no value.
///
/// Bits are split in two: the high ones number the rows, the low ones the lanes of a row. In a plan
/// for batches there are no lane bits, since the lanes are samples.
package final class Plan: Sendable {
  /// A mask's bits among the rows and among the lanes.
  struct Mask: Hashable, Sendable {
    let row: Int
    let lane: Int

    init(_ mask: Int, laneBits: Int) {
      row = mask >> laneBits
      lane = mask & ((1 << laneBits) - 1)
    }
  }

  /// An angle whose sign changes with the parity of some row bits above the chunk and of some lanes.
  struct SignedAngle: Sendable {
    let angle: TermAngle
    let high: Int
    let lane: Int
  }

  // The parts are classes so that a loop over them counts one reference each.

  /// Terms of Z alone, arranged for chunks of 2^chunkBits rows.
  final class Diagonal: Sendable {
    /// Parities within a chunk that are independent, which one doubling builds and one halving reads.
    final class Group: Sendable {
      let basis: BitBasis
      /// For each parity, the angles that add up.
      let angles: [[SignedAngle]]

      init(basis: BitBasis, angles: [[SignedAngle]]) {
        self.basis = basis
        self.angles = angles
      }
    }

    let groups: [Group]
    /// The angles that are the same for all rows of a chunk.
    let common: [SignedAngle]

    init(groups: [Group], common: [SignedAngle]) {
      self.groups = groups
      self.common = common
    }

    var allAngles: [TermAngle] {
      (groups.flatMap { $0.angles.joined() } + common).map(\.angle)
    }
  }

  /// Up to three rotations that turn 2^k rows at once and leave lanes where they are.
  final class RotationGroup: Sendable {
    let angles: [TermAngle]
    /// For each rotation, the lanes whose parity changes its sign.
    let laneSigns: [Int]
    /// The first representatives; the others are these combined with `bases`.
    let pattern: [Int32]
    /// Vectors whose combinations, in counting order, are the bases of the pattern's repeats.
    let high: [Int]
    /// For each of the 2^k rows, what the representative is combined with.
    let offsets: [Int32]
    /// The same with every pair's members exchanged, which turns the other way.
    let reversedOffsets: [Int32]

    init(angles: [TermAngle], laneSigns: [Int], subspace: [Int], offsets: [Int32]) {
      self.angles = angles
      self.laneSigns = laneSigns
      self.offsets = offsets
      reversedOffsets = offsets.reversed()
      let low = subspace.prefix(10)
      var pattern: [Int32] = [0]
      for vector in low { pattern += pattern.map { $0 ^ Int32(vector) } }
      self.pattern = pattern
      high = Array(subspace.dropFirst(10))
    }

    var repeatCount: Int { 1 << high.count }

    func base(_ index: Int) -> Int32 {
      var base = 0
      for (bit, vector) in high.enumerated() where index >> bit & 1 == 1 { base ^= vector }
      return Int32(base)
    }
  }

  /// A rotation that moves lanes.
  final class WordRotation: Sendable {
    let x: Mask
    let z: Mask
    let angle: TermAngle

    init(x: Mask, z: Mask, angle: TermAngle) {
      self.x = x
      self.z = z
      self.angle = angle
    }
  }

  final class Stage: Sendable {
    let diagonal: Diagonal?
    let rotations: [RotationGroup]
    let words: [WordRotation]

    init(diagonal: Diagonal?, rotations: [RotationGroup], words: [WordRotation]) {
      self.diagonal = diagonal
      self.rotations = rotations
      self.words = words
    }
  }

  struct Readout: Sendable {
    /// Z words, by their row parities in independent sets; each parity's words differ in lanes.
    let groups: [(basis: BitBasis, words: [[Word]])]
    /// Z words on lanes alone.
    let laneWords: [Word]
    /// Words with X or Y.
    let general: [(x: Mask, z: Mask, yCount: Int, word: Word)]

    /// A word's sign and lanes, and the observables it is part of.
    struct Word: Sendable {
      let sign: Double
      let lane: Int
      let uses: [(observable: Int, coefficient: Double)]
    }
  }

  let rowBits: Int
  let laneBits: Int
  /// How many rows, as a power of two, share one diagonal table.
  let chunkBits: Int
  /// For each bit, its part of the starting product state; nil to start from data amplitudes.
  let product: [[TermBuilder.ProductGate]]?
  let stages: [Stage]
  let readout: Readout
  let constants: [Double]
  let globalPhase: [TermAngle]
  let frame: PauliFrame
  /// The number of terms before and after those that reach no observable were dropped.
  package let termCounts: (all: Int, kept: Int)

  /// - Parameters:
  ///   - observables: What will be measured; nil to keep the whole state.
  ///   - laneBits: 0 for batches, else the bits that lanes stand for.
  /// - Returns: nil if the program holds something no plan can.
  init?(_ program: Program, _ observables: CompiledObservables?, laneBits: Int) {
    let bits = program.qubitCount
    guard bits - laneBits >= 1, bits <= 30 else { return nil }
    let startsFromZero = if case .zero = program.start { true } else { false }
    var builder = TermBuilder(bitCount: bits, startsFromZero: startsFromZero)
    for instruction in program.instructions {
      guard builder.append(instruction) else { return nil }
    }
    let words = observables.map { observables in
      (observables.diagonal + observables.general).map { term in
        (term, builder.frame.rows(x: term.masks.x, z: term.masks.z))
      }
    }
    let kept =
      words.map { PlanTerm.reaching($0.map { ($0.1.x, $0.1.z) }, builder.terms) } ?? builder.terms
    guard kept.allSatisfy({ $0.conditions.isEmpty }) else { return nil }
    termCounts = (builder.terms.count, kept.count)
    rowBits = bits - laneBits
    self.laneBits = laneBits
    chunkBits = laneBits == 0 ? rowBits : min(rowBits, 9)
    product = startsFromZero ? builder.product : nil
    globalPhase = builder.globalPhase
    frame = builder.frame
    let layout = Layout(rowBits: rowBits, laneBits: laneBits, chunkBits: chunkBits)
    stages = PlanTerm.stages(kept).map { Self.stage($0, layout) }
    constants = observables?.constants ?? []
    readout = Self.readout(words ?? [], layout)
  }

  private struct Layout {
    let rowBits: Int
    let laneBits: Int
    let chunkBits: Int

    func mask(_ mask: Int) -> Mask { Mask(mask, laneBits: laneBits) }
  }

  private typealias FramedWord = (
    CompiledObservables.Term, (x: Int, z: Int, isNegated: Bool)
  )

  private static func readout(_ words: [FramedWord], _ layout: Layout) -> Readout {
    func word(_ framed: FramedWord) -> Readout.Word {
      Readout.Word(
        sign: framed.1.isNegated ? -1 : 1, lane: layout.mask(framed.1.z).lane,
        uses: framed.0.uses)
    }
    var rows: [Int] = []
    var byRow: [Int: [Readout.Word]] = [:]
    for framed in words where framed.1.x == 0 {
      let row = layout.mask(framed.1.z).row
      if row != 0, byRow[row] == nil { rows.append(row) }
      byRow[row, default: []].append(word(framed))
    }
    return Readout(
      groups: BitBasis.independentSets(rows).map { members in
        (
          BitBasis(members.map { rows[$0] }, bitCount: layout.rowBits),
          members.map { byRow[rows[$0]] ?? [] }
        )
      },
      laneWords: byRow[0] ?? [],
      general: words.filter { $0.1.x != 0 }.map {
        (layout.mask($0.1.x), layout.mask($0.1.z), $0.0.masks.yCount, word($0))
      })
  }

  private static func stage(_ draft: PlanTerm.Stage, _ layout: Layout) -> Stage {
    var low: [Int] = []
    var angles: [Int: [SignedAngle]] = [:]
    for case .diagonal(let z, let angle) in draft.diagonals {
      let mask = layout.mask(z)
      let within = mask.row & ((1 << layout.chunkBits) - 1)
      if within != 0, angles[within] == nil { low.append(within) }
      angles[within, default: []].append(
        SignedAngle(angle: angle, high: mask.row >> layout.chunkBits, lane: mask.lane))
    }
    let groups = BitBasis.independentSets(low).map { members in
      let own = members.map { low[$0] }
      return Diagonal.Group(
        basis: BitBasis(own, bitCount: layout.chunkBits), angles: own.map { angles[$0] ?? [] })
    }
    let diagonal =
      draft.diagonals.isEmpty ? nil : Diagonal(groups: groups, common: angles[0] ?? [])
    return Stage(
      diagonal: diagonal,
      rotations: rotationGroups(draft.rotations, layout),
      words: draft.rotations.compactMap { term in
        guard case .rotation(let x, let z, let angle, _) = term, layout.mask(x).lane != 0 else {
          return nil
        }
        return WordRotation(x: layout.mask(x), z: layout.mask(z), angle: angle)
      })
  }

  /// Rotations share a group if none changes the parity by which another picks its pairs, so that
  /// one representative serves all.
  private static func rotationGroups(_ terms: [PlanTerm], _ layout: Layout) -> [RotationGroup] {
    struct Word {
      let x: Int
      let z: Mask
      let angle: TermAngle
    }
    var groups: [[Word]] = []
    for case .rotation(let x, let z, let angle, _) in terms where layout.mask(x).lane == 0 {
      let word = Word(x: layout.mask(x).row, z: layout.mask(z), angle: angle)
      let place = groups.firstIndex { group in
        group.count < 3
          && group.allSatisfy { !parityIsOdd($0.x & word.z.row) && !parityIsOdd(word.x & $0.z.row) }
      }
      if let place { groups[place].append(word) } else { groups.append([word]) }
    }
    return groups.map { words in
      // x_i & z_j is odd exactly for i = j, so both families are independent, and the rows with all
      // parities even are one for each coset of the x masks.
      let offsets = (0..<1 << words.count).map { choice in
        words.enumerated().reduce(Int32(0)) {
          choice >> $1.offset & 1 == 1 ? $0 ^ Int32($1.element.x) : $0
        }
      }
      return RotationGroup(
        angles: words.map(\.angle), laneSigns: words.map(\.z.lane),
        subspace: BitBasis.evenSubspace(of: words.map(\.z.row), bitCount: layout.rowBits),
        offsets: offsets)
    }
  }
}
