import AnsatzMath
import Numerics

/// The operator `a + b·W`, with a Pauli word W, where the controls are 1, and zero where they are
/// not; put into a circuit right after one of its instructions.
///
/// Derivatives of states, Hadamard tests and stochastic shifts are runs with an insertion.
package struct Insertion: Sendable {
  /// The instruction it comes after.
  package let place: Int
  let masks: PauliMasks
  let controls: Int
  let identity: Double
  let word: Complex<Double>

  init(
    place: Int, masks: PauliMasks, controls: Int = 0, identity: Double = 0, word: Complex<Double>
  ) {
    self.place = place
    self.masks = masks
    self.controls = controls
    self.identity = identity
    self.word = word
  }

  /// A Pauli word alone.
  package static func word(_ word: GeneratorWord, at place: Int) -> Insertion {
    Insertion(place: place, masks: word.masks, word: 1)
  }

  /// `exp(-iφW)`.
  package static func rotation(_ word: GeneratorWord, angle: Double, at place: Int) -> Insertion {
    Insertion(
      place: place, masks: word.masks, identity: Double.cos(angle),
      word: Complex(0, -Double.sin(angle)))
  }

  /// Changes one lane of a state; the other lanes stay.
  func apply<V: LaneVector>(to state: Amplitudes<V>, lane: Int) {
    insert(self, into: state.pointer, rows: state.rowCount, lane: lane)
  }
}

/// A Pauli word of a generator with its coefficient.
package struct GeneratorWord: Sendable {
  package let coefficient: Double
  let masks: PauliMasks
}

extension Instruction {
  /// `-iG` of `U = exp(-iθG)`, which makes the derivative of the state right after the instruction;
  /// nil if it has no angle.
  package func derivative(at place: Int) -> Insertion? {
    switch work {
    case .pauliRotation(let masks):
      Insertion(place: place, masks: masks, controls: controls, word: Complex(0, -0.5))
    case .phase:
      Insertion(place: place, masks: PauliMasks([]), controls: controls, word: .i)
    default: nil
    }
  }

  /// G of `U = exp(-iθG)` as a sum of Pauli words, which commute; without the identity, which
  /// changes nothing that can be measured.
  package var generatorWords: [GeneratorWord] {
    let (masks, scale): (PauliMasks, Double)
    switch work {
    case .pauliRotation(let own): (masks, scale) = (own, 0.5)
    case .phase: (masks, scale) = (PauliMasks([]), -1)
    default: return []
    }
    // The projector on controls that are 1 is the product of (1 - Z)/2.
    var words: [GeneratorWord] = []
    let size = scale / Double(1 << controls.nonzeroBitCount)
    var subset = controls
    while true {
      let sign: Double = subset.nonzeroBitCount % 2 == 0 ? 1 : -1
      let word = PauliMasks(x: masks.x, z: masks.z | subset, yCount: masks.yCount)
      if word.x | word.z != 0 { words.append(GeneratorWord(coefficient: sign * size, masks: word)) }
      if subset == 0 { return words }
      subset = (subset - 1) & controls
    }
  }
}

extension BatchRun {
  /// The final states of all evaluations with an insertion each, real and imaginary parts in turn.
  ///
  /// - Parameter insertions: One for each evaluation, nil for none.
  package func states(inserting insertions: [Insertion?]) throws(AnsatzError) -> [S] {
    let size = 2 << program.qubitCount
    var flat = [S](repeating: 0, count: evaluations.count * size)
    let failure = flat.withUnsafeMutableBufferPointer { buffer -> AnsatzError? in
      guard let base = buffer.baseAddress else { return nil }
      do throws(AnsatzError) {
        try visitBlocks(
          storage: nil, InsertionVisitor(insertions: insertions, results: SendablePointer(base)))
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
    return flat
  }
}

private struct InsertionVisitor<S: Scalar>: BlockVisitor {
  let insertions: [Insertion?]
  let results: SendablePointer<UnsafeMutablePointer<S>>

  func visit<V: LaneVector>(
    _ runner: BlockRunner<V>, block: Int, evaluations: ArraySlice<Evaluation>, state: Amplitudes<V>
  ) throws(AnsatzError) where V.Element == S {
    let first = evaluations.startIndex
    try runner.forward(
      state, block: evaluations, coefficients: runner.coefficients(for: evaluations)
    ) { place in
      for lane in 0..<evaluations.count {
        if let insertion = insertions[first + lane], insertion.place == place {
          insertion.apply(to: state, lane: lane)
        }
      }
    }
    let size = 2 * state.rowCount
    for lane in 0..<evaluations.count {
      copyLane(lane, of: state.pointer, count: size, to: results.value + (first + lane) * size)
    }
  }
}

@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
private func insert<V: LaneVector>(
  _ insertion: Insertion, into state: UnsafeMutablePointer<V>, rows: Int, lane: Int
) {
  typealias S = V.Element
  let masks = insertion.masks
  // W|j⟩ = i^y (-1)^{parity(j & z)} |j ^ x⟩
  var factor = insertion.word
  for _ in 0..<masks.yCount & 3 { factor *= .i }
  let (a, re, im) = (S(insertion.identity), S(factor.real), S(factor.imaginary))
  let lanes = V.laneCount
  let numbers = UnsafeMutableRawPointer(state).assumingMemoryBound(to: S.self) + lane
  @inline(__always)
  func value(_ row: Int) -> (S, S) { (numbers[2 * row * lanes], numbers[(2 * row + 1) * lanes]) }
  @inline(__always)
  func turned(_ v: (S, S), from row: Int) -> (S, S) {
    let sign: S = (row & masks.z).nonzeroBitCount & 1 == 0 ? 1 : -1
    return (sign * (re * v.0 - im * v.1), sign * (re * v.1 + im * v.0))
  }
  @inline(__always)
  func set(_ row: Int, _ v: (S, S)) {
    numbers[2 * row * lanes] = v.0
    numbers[(2 * row + 1) * lanes] = v.1
  }
  for j in 0..<rows where j & masks.pivot == 0 {
    let k = j ^ masks.x
    if j & insertion.controls != insertion.controls {
      set(j, (0, 0))
      set(k, (0, 0))
      continue
    }
    let own = value(j)
    if k == j {
      let word = turned(own, from: j)
      set(j, (a * own.0 + word.0, a * own.1 + word.1))
    } else {
      let other = value(k)
      let (toK, toJ) = (turned(own, from: j), turned(other, from: k))
      set(j, (a * own.0 + toJ.0, a * own.1 + toJ.1))
      set(k, (a * other.0 + toK.0, a * other.1 + toK.1))
    }
  }
}
