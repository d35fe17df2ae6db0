import AnsatzCircuits
import AnsatzMath

/// A program arranged to run fast on batches: a product state, then stages of one diagonal and one
/// layer of commuting rotations, then observables read through the frame.
///
/// What only permutes or cannot reach an observable is gone; see `TermBuilder` for how gates become
/// terms. Angles are bound late: the plan holds no value. A row is one amplitude of all samples of a
/// block.
package final class Plan: Sendable {
  // The parts are classes so that a loop over them counts one reference each.

  /// Terms of Z.
  final class Diagonal: Sendable {
    /// Parities that are independent, which one doubling builds and one halving reads.
    final class Group: Sendable {
      let basis: BitBasis
      /// For each parity, the angles that add up.
      let angles: [[TermAngle]]

      init(basis: BitBasis, angles: [[TermAngle]]) {
        self.basis = basis
        self.angles = angles
      }
    }

    let groups: [Group]

    init(groups: [Group]) { self.groups = groups }

    var allAngles: [TermAngle] { groups.flatMap { $0.angles.joined() } }
  }

  /// Up to three rotations that turn 2^k rows at once, or one of rows that meet conditions.
  final class RotationGroup: Sendable {
    let angles: [TermAngle]
    /// Whether some rows stay as they are.
    let isConditioned: Bool
    /// The first representatives; the others are these combined with bases.
    let pattern: [Int32]
    /// What the pattern's repeats are combined with.
    let bases: [Int32]
    /// For each of the 2^k rows, what the representative is combined with.
    let offsets: [Int32]
    /// The same with every pair's members exchanged, which turns the other way.
    let reversedOffsets: [Int32]

    /// - Parameter origin: A row that meets the conditions, with even parities for the rotations.
    init(
      angles: [TermAngle], subspace: [Int], origin: Int, offsets: [Int32], isConditioned: Bool
    ) {
      self.angles = angles
      self.isConditioned = isConditioned
      self.offsets = offsets
      reversedOffsets = offsets.reversed()
      pattern = Self.span(subspace.prefix(10), from: 0)
      bases = Self.span(subspace.dropFirst(10), from: Int32(origin))
    }

    private static func span(_ vectors: ArraySlice<Int>, from origin: Int32) -> [Int32] {
      vectors.reduce([origin]) { list, vector in list + list.map { $0 ^ Int32(vector) } }
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
    /// Words of Z, by their parities in independent sets.
    let groups: [(basis: BitBasis, words: [Word])]
    /// Words with X or Y.
    let general: [(x: Int, z: Int, yCount: Int, word: Word)]

    /// A word's sign, and the observables it is part of.
    struct Word: Sendable {
      let sign: Double
      let uses: [(observable: Int, coefficient: Double)]
    }
  }

  /// Rows are numbered by 32-bit integers.
  static let maximumQubitCount = 30

  let rowBits: Int
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
  ///   - hasTables: Whether it is to be run; else it has no tables of rows and can be described alone.
  /// - Returns: nil if the program holds something no plan can.
  init?(_ program: Program, _ observables: CompiledObservables?, hasTables: Bool = true) {
    let bits = program.qubitCount
    guard bits <= Self.maximumQubitCount else { return nil }
    var builder = TermBuilder(bitCount: bits, startsFromZero: program.startsFromZero)
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
    termCounts = (builder.terms.count, kept.count)
    rowBits = bits
    product = program.startsFromZero ? builder.product : nil
    globalPhase = builder.globalPhase
    frame = builder.frame
    let tableBits = hasTables ? bits : 0
    stages = PlanTerm.stages(kept).map { Self.stage($0, tableBits) }
    constants = observables?.constants ?? []
    readout = Self.readout(words ?? [], tableBits)
  }

  private static func readout(
    _ words: [(CompiledObservables.Term, (x: Int, z: Int, isNegated: Bool))], _ bits: Int
  ) -> Readout {
    func word(_ term: CompiledObservables.Term, _ isNegated: Bool) -> Readout.Word {
      Readout.Word(sign: isNegated ? -1 : 1, uses: term.uses)
    }
    let diagonal = words.filter { $0.1.x == 0 }
    let masks = diagonal.map(\.1.z)
    return Readout(
      groups: BitBasis.independentSets(masks).map { members in
        (
          BitBasis(members.map { masks[$0] }, bitCount: bits),
          members.map { word(diagonal[$0].0, diagonal[$0].1.isNegated) }
        )
      },
      general: words.filter { $0.1.x != 0 }.map {
        ($0.1.x, $0.1.z, $0.0.masks.yCount, word($0.0, $0.1.isNegated))
      })
  }

  private static func stage(_ stage: PlanTerm.Stage, _ bits: Int) -> Stage {
    var masks: [Int] = []
    var angles: [Int: [TermAngle]] = [:]
    for case .diagonal(let z, let angle) in stage.diagonals {
      if angles[z] == nil { masks.append(z) }
      angles[z, default: []].append(angle)
    }
    let groups = BitBasis.independentSets(masks).map { members in
      let own = members.map { masks[$0] }
      return Diagonal.Group(
        basis: BitBasis(own, bitCount: bits), angles: own.map { angles[$0] ?? [] })
    }
    return Stage(
      diagonal: groups.isEmpty ? nil : Diagonal(groups: groups),
      rotations: rotationGroups(stage.rotations, bits))
  }

  /// Rotations share a group if none changes the parity by which another picks its pairs, so that
  /// one representative serves all.
  private static func rotationGroups(_ terms: [PlanTerm], _ bits: Int) -> [RotationGroup] {
    struct Word {
      let x: Int
      let z: Int
      let angle: TermAngle
      let conditions: [RowCondition]
    }
    var groups: [[Word]] = []
    for case .rotation(let x, let z, let angle, let conditions) in terms {
      let word = Word(x: x, z: z, angle: angle, conditions: conditions)
      let place = groups.firstIndex { group in
        conditions.isEmpty && group.count < 3
          && group.allSatisfy {
            $0.conditions.isEmpty && !parityIsOdd($0.x & z) && !parityIsOdd(x & $0.z)
          }
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
      // Conditions are on qubits of their own, so they are independent too.
      let conditions = words.flatMap(\.conditions)
      let masks = words.map(\.z) + conditions.map(\.z)
      var origin = 0
      if !conditions.isEmpty, bits > 0 {
        let label = conditions.enumerated().reduce(0) {
          $1.element.isOdd ? $0 | 1 << (words.count + $1.offset) : $0
        }
        let order = BitBasis(masks, bitCount: bits).order
        origin = order.map { Int($0[label]) } ?? label
      }
      return RotationGroup(
        angles: words.map(\.angle),
        subspace: bits > 0 ? BitBasis.evenSubspace(of: masks, bitCount: bits) : [],
        origin: origin,
        offsets: offsets, isConditioned: !conditions.isEmpty)
    }
  }
}
