// How terms may be reordered.
extension PlanTerm {
  /// The terms that can change an observable: going backwards, one that commutes with every
  /// observable and every later term kept drops out.
  static func reaching(_ words: [(x: Int, z: Int)], _ terms: [PlanTerm]) -> [PlanTerm] {
    // The search is quadratic; beyond this it would cost more than it saves.
    guard terms.count <= 4096 else { return terms }
    var kept: [PlanTerm] = []
    for term in terms.reversed() {
      let isIdle =
        words.allSatisfy { term.commutes(withX: $0.x, z: $0.z) }
        && kept.allSatisfy { term.commutes(with: $0) }
      if !isIdle { kept.append(term) }
    }
    return kept.reversed()
  }

  /// One diagonal, then rotations that commute.
  struct Stage {
    var diagonals: [PlanTerm] = []
    var rotations: [PlanTerm] = []
  }

  /// Puts every term into the earliest stage it can be moved to. A stage's diagonals come before its
  /// rotations, and its rotations commute.
  static func stages(_ terms: [PlanTerm]) -> [Stage] {
    var stages = [Stage()]
    for term in terms {
      func commutesWithAll(_ others: [PlanTerm]) -> Bool {
        others.allSatisfy { term.commutes(with: $0) }
      }
      var place: Int?
      var stage = stages.count - 1
      while stage >= 0, commutesWithAll(stages[stage].rotations) {
        place = stage
        if case .rotation = term, !commutesWithAll(stages[stage].diagonals) { break }
        stage -= 1
      }
      let target = place ?? stages.count
      if target == stages.count { stages.append(Stage()) }
      if case .diagonal = term {
        stages[target].diagonals.append(term)
      } else {
        stages[target].rotations.append(term)
      }
    }
    return stages.filter { !$0.diagonals.isEmpty || !$0.rotations.isEmpty }
  }
}
