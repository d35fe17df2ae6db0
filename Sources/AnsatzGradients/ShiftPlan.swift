import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Numerics

/// Which angles are shifted, together or alone, and by what rule.
///
/// The unit is a rotation or phase as it is run, with the frequencies of its generator. A gate of one
/// parameter that consists of several of them is shifted as a whole where its generator's frequencies
/// take fewer circuits: a double excitation takes 4 instead of 16.
struct ShiftPlan {
  struct Entry {
    /// The angle whose derivative the rule gives, once divided by its part in the shift.
    let occurrence: Int
    /// The angles that move, with their parts in the shift.
    let moves: [(occurrence: Int, scale: Double)]
    let rule: ShiftRule

    /// The shifts of one of the rule's circuits.
    func shifts(_ term: ShiftRule.Term) -> [Evaluation.Shift] {
      moves.map { ($0.occurrence, $0.scale * term.shift) }
    }

    /// What a rule's coefficient adds to the derivative in `occurrence`.
    var divisor: Double { moves[0].scale }
  }

  let entries: [Entry]

  init(_ program: Program, needs: (CompiledAngle) -> Bool) {
    var entries: [Entry] = []
    var place = 0
    let instructions = program.instructions
    while place < instructions.count {
      let operation = instructions[place].operation
      var end = place
      while end < instructions.count, instructions[end].operation == operation { end += 1 }
      let group = instructions[place..<end].filter { instruction in
        instruction.occurrence.map { needs(program.angles[$0]) } ?? false
      }
      let single = group.compactMap { instruction -> Entry? in
        guard let occurrence = instruction.occurrence else { return nil }
        let frequencies = instruction.frequencies
        return Entry(
          occurrence: occurrence, moves: [(occurrence, 1)],
          rule: ShiftRule(harmonics: frequencies.count, base: frequencies.first ?? 1))
      }
      let cost = single.reduce(0) { $0 + $1.rule.terms.count }
      if let whole = Self.whole(program, operation, Array(group)), whole.rule.terms.count < cost {
        entries.append(whole)
      } else {
        entries += single
      }
      place = end
    }
    self.entries = entries
  }

  /// One rule for a gate of one parameter and several rotations.
  private static func whole(
    _ program: Program, _ index: Int, _ group: [Instruction]
  ) -> Entry? {
    guard group.count > 1, program.circuit.operations.indices.contains(index),
      case .gate(let gate) = program.circuit.operations[index],
      case .product(let factors) = gate.definition.structure,
      let generator = gate.definition.generator(targets: gate.targets.count),
      generator.rows <= 64, let eigenvalues = generator.hermitianEigen()?.values
    else { return nil }
    var scales: [Double] = []
    for factor in factors where !factor.gate.parameterNames.isEmpty {
      if case .product = factor.gate.structure { return nil }
      guard case .parameter(_, let scale)? = factor.angles.first, scale != 0 else { return nil }
      scales.append(scale)
    }
    let occurrences = group.compactMap(\.occurrence)
    guard occurrences.count == scales.count else { return nil }
    let isControlled = !gate.controls.isEmpty || !gate.openControls.isEmpty
    let rule = try? ShiftRule(
      frequencies: frequencies(of: eigenvalues + (isControlled ? [0] : [])))
    return rule.map {
      Entry(occurrence: occurrences[0], moves: Array(zip(occurrences, scales)), rule: $0)
    }
  }

  /// The gaps between eigenvalues, each once.
  static func frequencies(of eigenvalues: [Double]) -> [Double] {
    var gaps: [Double] = []
    for (i, a) in eigenvalues.enumerated() {
      for b in eigenvalues[..<i] {
        let gap = abs(a - b)
        if gap > 1e-9, !gaps.contains(where: { abs($0 - gap) < 1e-9 }) { gaps.append(gap) }
      }
    }
    return gaps.sorted()
  }
}

extension Program {
  /// - Throws: `AnsatzError` if input gradients of an amplitude embedding are asked of a method that
  ///   shifts angles.
  func checkAngles(_ method: String, _ request: GradientRequest) throws(AnsatzError) {
    guard request.inputs, case .amplitudes = start else { return }
    throw AnsatzError(
      .usage,
      "\(method) has no rule for the inputs of an amplitude embedding, which are not angles; use "
        + "the gradient method 'adjoint', 'finite-difference' or 'spsa'")
  }
}
