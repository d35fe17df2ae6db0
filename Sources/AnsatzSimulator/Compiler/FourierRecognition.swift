import AnsatzMath
import Numerics

/// Finds Fourier transforms that a circuit spells out gate by gate, and puts the transform in their
/// place.
///
/// A transform without its final swaps on the bits p0, p1, …, p0 the most significant, is one
/// Hadamard on each, in that order, and for each pair a controlled phase ±π/2^d, d the distance in
/// that order, anywhere between the two Hadamards. With + it is the transform and then the reversal
/// of the bits' order; with -, the inverse of either. Whatever else stands among these gates has to
/// commute its way to before or after them.
struct FourierRecognition {
  /// Transforms of fewer bits are left to plans, which keep what surrounds them.
  var smallest = 14
  /// A transform is replaced only if other gates, which its presence takes out of the plans that
  /// observables are measured with, are at most this many for one of its own.
  var mostOthers = 0.5
  private static let tolerance = 1e-12

  /// - Parameters:
  ///   - instructions: In circuit order, with the positions of their angles ascending.
  ///   - angles: Those of gates that are replaced are taken out.
  func replace(in instructions: inout [Instruction], angles: inout [CompiledAngle], qubitCount: Int)
  {
    guard isPossible(instructions, qubitCount: qubitCount) else { return }
    var steps = instructions.map { Step($0, angles: angles) }
    var first = 0
    while let start = steps[first...].firstIndex(where: { $0.isHadamard }) {
      first = start + 1
      guard let spelled = spelled(from: start, in: steps),
        let rewritten = rewrite(steps, spelled, qubitCount: qubitCount)
      else { continue }
      steps = rewritten.steps
      first = rewritten.next
    }
    guard steps.count != instructions.count else { return }
    var kept: [CompiledAngle] = []
    instructions = steps.map { step in
      step.instruction.withOccurrence(
        step.instruction.occurrence.map { old in
          kept.append(angles[old])
          return kept.count - 1
        })
    }
    angles = kept
  }

  /// Whether there are enough gates of both kinds.
  private func isPossible(_ instructions: [Instruction], qubitCount: Int) -> Bool {
    guard qubitCount >= smallest, instructions.count > smallest else { return false }
    var (turns, phases) = (0, 0)
    for instruction in instructions {
      switch instruction.work {
      case .matrix: turns += 1
      case .phase, .constantPhase: phases += 1
      default: break
      }
    }
    return turns >= smallest && phases >= smallest * (smallest - 1) / 2
  }

  // Gates ---------------------------------------------------------------------------------------

  private struct Step {
    enum Kind: Equatable {
      case hadamard(Int)
      /// A controlled phase of a constant angle.
      case phase(Int, Int, Double)
      case swap(Int, Int)
      case other
    }

    let instruction: Instruction
    let kind: Kind
    /// The bits it acts on.
    let support: Int
    let isDiagonal: Bool

    init(_ instruction: Instruction, angles: [CompiledAngle]) {
      self.instruction = instruction
      var support = instruction.controls
      var kind = Kind.other
      var isDiagonal = false
      func bits(_ mask: Int) -> (Int, Int) {
        (mask.trailingZeroBitCount, Int.bitWidth - 1 - mask.leadingZeroBitCount)
      }
      func phase(_ angle: Double?) -> Kind {
        guard let angle, instruction.controls.nonzeroBitCount == 2 else { return .other }
        let (a, b) = bits(instruction.controls)
        return .phase(a, b, angle.remainder(dividingBy: 2 * .pi))
      }
      switch instruction.work {
      case .pauliRotation(let word):
        support |= word.x | word.z
        isDiagonal = word.x == 0
      case .phase:
        isDiagonal = true
        kind = phase(instruction.occurrence.flatMap { angles[$0].expression.constantValue })
      case .constantPhase(let angle):
        isDiagonal = true
        kind = phase(angle)
      case .exchange(let first, let second):
        support |= first | second
        if first != 0, second != 0, instruction.controls == 0 {
          let (a, b) = bits(first | second)
          kind = .swap(a, b)
        }
      case .matrix(let matrix, let targets):
        support |= targets.reduce(0) { $0 | 1 << $1 }
        if targets.count == 1, instruction.controls == 0, Self.isHadamard(matrix) {
          kind = .hadamard(targets[0])
        }
      case .fourier(let targets, _): support |= targets.reduce(0) { $0 | 1 << $1 }
      }
      self.support = support
      self.kind = kind
      self.isDiagonal = isDiagonal
    }

    var isHadamard: Bool { if case .hadamard = kind { true } else { false } }

    func commutes(with other: Step) -> Bool {
      support & other.support == 0 || isDiagonal && other.isDiagonal
    }

    private static func isHadamard(_ matrix: ComplexMatrix) -> Bool {
      let h = 0.5.squareRoot()
      return [(0, 0, h), (0, 1, h), (1, 0, h), (1, 1, -h)].allSatisfy {
        (matrix[$0.0, $0.1] - Complex($0.2)).length < 1e-15
      }
    }
  }

  // Search --------------------------------------------------------------------------------------

  private struct Spelled {
    /// The most significant first.
    var bits: [Int]
    var isInverse: Bool
    /// The places of its gates, without swaps.
    var members: Set<Int>
  }

  /// The largest transform whose first gate is the Hadamard at a place.
  private func spelled(from start: Int, in steps: [Step]) -> Spelled? {
    guard case .hadamard(let firstBit) = steps[start].kind else { return nil }
    var found = Spelled(bits: [firstBit], isInverse: false, members: [start])
    var mask = 1 << firstBit
    // For each bit still to come, the phases seen between it and the bits so far.
    var pending: [Int: [Int: (place: Int, angle: Double)]] = [:]
    var spoiled = 0
    search: for place in (start + 1)..<steps.count {
      let step = steps[place]
      switch step.kind {
      case .hadamard(let bit) where mask >> bit & 1 == 0 && spoiled >> bit & 1 == 0:
        guard let phases = pending[bit], phases.count == found.bits.count,
          let isInverse = sign(phases, found)
        else {
          spoiled |= pending[bit] == nil ? 0 : 1 << bit
          continue search
        }
        found.isInverse = isInverse
        found.members.formUnion(phases.values.map(\.place))
        found.members.insert(place)
        found.bits.append(bit)
        mask |= 1 << bit
      case .phase(let a, let b, let angle)
      where (mask >> a & 1) + (mask >> b & 1) == 1:
        let (old, new) = mask >> a & 1 == 1 ? (a, b) : (b, a)
        if pending[new, default: [:]].updateValue((place, angle), forKey: old) != nil {
          spoiled |= 1 << new
        }
      default:
        if step.isDiagonal { continue search }
        // Every later Hadamard needs a phase with every bit so far.
        if step.support & mask != 0 { break search }
        for bit in pending.keys where step.support >> bit & 1 == 1 { spoiled |= 1 << bit }
      }
    }
    return found.bits.count >= smallest ? found : nil
  }

  /// Whether the phases of a bit are those of the inverse; nil if they are of neither.
  private func sign(_ phases: [Int: (place: Int, angle: Double)], _ found: Spelled) -> Bool? {
    let count = found.bits.count
    let isInverse = count == 1 ? (phases[found.bits[0]]?.angle ?? 0) < 0 : found.isInverse
    for (rank, bit) in found.bits.enumerated() {
      guard let angle = phases[bit]?.angle else { return nil }
      let expected = (isInverse ? -1 : 1) * Double.pi / Double(1 << (count - rank))
      if abs(angle - expected) > Self.tolerance { return nil }
    }
    return isInverse
  }

  // Replacement ---------------------------------------------------------------------------------

  /// The steps with the transform in the place of its gates, and where to look on; nil if something
  /// among them belongs neither before nor after.
  private func rewrite(
    _ steps: [Step], _ spelled: Spelled, qubitCount: Int
  ) -> (steps: [Step], next: Int)? {
    guard let first = spelled.members.min(), let last = spelled.members.max() else { return nil }
    let others = Double(steps.count - spelled.members.count)
    guard others <= mostOthers * Double(spelled.members.count) else { return nil }
    let bits = spelled.bits
    let pairs = (0..<bits.count / 2).map { (bits[$0], bits[bits.count - 1 - $0]) }
    func transform(_ bits: [Int]) -> Step {
      let mask = bits.reduce(0) { $0 | 1 << $1 }
      return Step(
        Instruction(
          work: .fourier(bits: bits, inverse: spelled.isInverse), controls: 0,
          fixed: FixedBits(mask, qubitCount: qubitCount), occurrence: nil,
          operation: steps[first].instruction.operation),
        angles: [])
    }
    // With the swaps, after the other gates or before them, it is the whole transform.
    if let swaps = swaps(pairs, in: steps, from: last + 1, step: 1),
      let result = place([transform(bits)], steps, spelled.members.union(swaps))
    {
      return result
    }
    if let swaps = swaps(pairs, in: steps, from: first - 1, step: -1),
      let result = place([transform(bits.reversed())], steps, spelled.members.union(swaps))
    {
      return result
    }
    let reversal = pairs.map { a, b in
      Step(
        Instruction(
          work: .exchange(1 << a, 1 << b), controls: 0,
          fixed: FixedBits(1 << a | 1 << b, qubitCount: qubitCount), occurrence: nil,
          operation: steps[last].instruction.operation),
        angles: [])
    }
    return place([transform(bits)] + reversal, steps, spelled.members)
  }

  /// The places of the swaps of all pairs, in one direction from a place; nil if one is missing.
  private func swaps(
    _ pairs: [(Int, Int)], in steps: [Step], from first: Int, step: Int
  ) -> [Int]? {
    var wanted = pairs.map { 1 << $0.0 | 1 << $0.1 }
    var blocked = 0
    var places: [Int] = []
    var place = first
    while !wanted.isEmpty, steps.indices.contains(place) {
      let support = steps[place].support
      if case .swap = steps[place].kind, support & blocked == 0,
        let pair = wanted.firstIndex(of: support)
      {
        wanted.remove(at: pair)
        places.append(place)
      } else {
        blocked |= support
      }
      place += step
    }
    return wanted.isEmpty ? places : nil
  }

  /// Puts steps in the place of others. What stands among those goes before if it commutes with all
  /// that it passes, else after.
  private func place(
    _ replacement: [Step], _ steps: [Step], _ members: Set<Int>
  ) -> (steps: [Step], next: Int)? {
    guard let first = members.min(), let last = members.max() else { return nil }
    var (before, after): ([Step], [Step]) = ([], [])
    var passed: [Step] = []
    var left = (first...last).filter { members.contains($0) }[...]
    for place in first...last {
      if members.contains(place) {
        passed.append(steps[place])
        left = left.dropFirst()
      } else if passed.allSatisfy({ $0.commutes(with: steps[place]) }) {
        before.append(steps[place])
      } else {
        guard left.allSatisfy({ steps[$0].commutes(with: steps[place]) }) else { return nil }
        after.append(steps[place])
        // What comes later must not move in front of it.
        passed.append(steps[place])
      }
    }
    let head = Array(steps[..<first]) + before + replacement
    return (head + after + steps[(last + 1)...], head.count)
  }
}

extension Instruction {
  fileprivate func withOccurrence(_ occurrence: Int?) -> Instruction {
    Instruction(
      work: work, controls: controls, fixed: fixed, occurrence: occurrence, operation: operation)
  }
}
