/// How a program's angles depend on its inputs and weights, laid out flat for the chain rule.
package struct AngleJacobian: Sendable {
  /// A partial derivative that is the same whatever the values.
  package struct Entry: Sendable {
    package let angle: Int
    /// The position of the input or of the weight.
    package let variable: Int
    package let factor: Double
  }

  /// In the order of the angles.
  package let weights: [Entry]
  /// In the order of the inputs.
  package let inputs: [Entry]
  /// The angles whose partial derivatives depend on the values.
  package let others: [Int]
  /// Whether an angle depends on any weight, and on any input.
  package let usesWeights: [Bool]
  package let usesInputs: [Bool]
  /// The angles that are more than a sum of multiples.
  let curved: [Int]
  /// The others are below this times the largest input or weight, or 1.
  let affineScale: Double

  init(_ angles: [CompiledAngle]) {
    var weights: [Entry] = []
    var inputs: [Entry] = []
    var others: [Int] = []
    for (index, angle) in angles.enumerated() {
      guard angle.hasConstantPartials else {
        others.append(index)
        continue
      }
      for (weight, partial) in angle.weightPartials {
        weights.append(
          Entry(angle: index, variable: weight, factor: partial.constantValue ?? 0))
      }
      for (input, partial) in angle.inputPartials {
        inputs.append(Entry(angle: index, variable: input, factor: partial.constantValue ?? 0))
      }
    }
    curved = angles.indices.filter { angles[$0].expression.affineTerms == nil }
    affineScale = angles.reduce(0) { scale, angle in
      guard let terms = angle.expression.affineTerms else { return scale }
      let factors = terms.inputs.reduce(0) { $0 + abs($1.factor) }
      return max(
        scale, terms.weights.reduce(abs(terms.constant) + factors) { $0 + abs($1.factor) })
    }
    self.weights = weights
    self.inputs = inputs.enumerated().sorted {
      ($0.element.variable, $0.offset) < ($1.element.variable, $1.offset)
    }.map(\.element)
    self.others = others
    usesWeights = angles.map { !$0.weightPartials.isEmpty }
    usesInputs = angles.map { !$0.inputPartials.isEmpty }
  }
}
