import AnsatzCircuits
import AnsatzMath

/// An angle expression with its symbols resolved to positions in the input row and the weights.
///
/// Most angles are affine, so that case is a dot product; the rest run on a small stack machine.
package struct CompiledExpression: Sendable {
  enum Step: Sendable {
    case constant(Double)
    case input(Int)
    case weight(Int)
    case add
    case multiply
    case power(Int)
    case function(Angle.Function)
  }

  private var constant = 0.0
  private var inputTerms: [(index: Int, factor: Double)] = []
  private var weightTerms: [(index: Int, factor: Double)] = []
  private var steps: [Step]?

  init(_ angle: Angle, slots: SymbolSlots) {
    if let affine = AffineForm(angle) {
      constant = affine.constant
      for (symbol, factor) in affine.terms where factor != 0 {
        let slot = slots.position(of: symbol)
        switch symbol.bundle.role {
        case .inputs: inputTerms.append((slot, factor))
        case .weights: weightTerms.append((slot, factor))
        }
      }
    } else {
      var list: [Step] = []
      CompiledExpression.append(angle, slots: slots, to: &list)
      steps = list
    }
  }

  /// Constant, input terms and weight terms if the expression is no more than their sum.
  var affineTerms:
    (
      constant: Double, inputs: [(index: Int, factor: Double)],
      weights: [(index: Int, factor: Double)]
    )?
  { steps == nil ? (constant, inputTerms, weightTerms) : nil }

  /// The value if it depends on nothing.
  package var constantValue: Double? {
    steps == nil && inputTerms.isEmpty && weightTerms.isEmpty ? constant : nil
  }

  package var dependsOnInputs: Bool {
    guard let steps else { return !inputTerms.isEmpty }
    return steps.contains { if case .input = $0 { true } else { false } }
  }

  package func value(
    inputs: UnsafeBufferPointer<Double>, weights: UnsafeBufferPointer<Double>
  ) -> Double {
    guard let steps else {
      var total = constant
      for term in inputTerms { total += term.factor * inputs[term.index] }
      for term in weightTerms { total += term.factor * weights[term.index] }
      return total
    }
    var stack: [Double] = []
    for step in steps {
      switch step {
      case .constant(let value): stack.append(value)
      case .input(let index): stack.append(inputs[index])
      case .weight(let index): stack.append(weights[index])
      case .add:
        let right = stack.removeLast()
        stack[stack.count - 1] += right
      case .multiply:
        let right = stack.removeLast()
        stack[stack.count - 1] *= right
      case .power(let exponent):
        stack[stack.count - 1] = Double.pow(stack[stack.count - 1], exponent)
      case .function(let function):
        // What is outside the domain by more than rounding was refused with the values.
        stack[stack.count - 1] = function.value(
          function.rounded(stack[stack.count - 1], roundings: Self.largestRoundings))
      }
    }
    return stack[0]
  }

  /// How far values of the coarsest precision may overstep a domain.
  private static let largestRoundings = roundings(of: Float.self)

  /// How far values of a precision may overstep a domain: four units in the last place of 1.
  package static func roundings<S: Scalar>(of precision: S.Type) -> Double {
    4 * Double(S.ulpOfOne)
  }

  /// Bounds of the value, from bounds of the inputs; nil where a value in them may not be finite, or
  /// outside a domain.
  package func range(
    inputs: [ClosedRange<Double>], weights: UnsafeBufferPointer<Double>
  ) -> ClosedRange<Double>? {
    guard let steps else {
      var total = Bounds(constant)
      for term in inputTerms { total = total + Bounds(inputs[term.index]) * Bounds(term.factor) }
      for term in weightTerms { total = total + Bounds(weights[term.index] * term.factor) }
      return total.range
    }
    var stack: [Bounds] = []
    for step in steps {
      switch step {
      case .constant(let value): stack.append(Bounds(value))
      case .input(let index): stack.append(Bounds(inputs[index]))
      case .weight(let index): stack.append(Bounds(weights[index]))
      case .add:
        let right = stack.removeLast()
        stack[stack.count - 1] = stack[stack.count - 1] + right
      case .multiply:
        let right = stack.removeLast()
        stack[stack.count - 1] = stack[stack.count - 1] * right
      case .power(let exponent):
        guard let power = stack.removeLast().power(exponent) else { return nil }
        stack.append(power)
      case .function(let function):
        guard let image = stack.removeLast().image(function) else { return nil }
        stack.append(image)
      }
    }
    return stack[0].range
  }

  private static func append(_ angle: Angle, slots: SymbolSlots, to steps: inout [Step]) {
    switch angle.node {
    case .constant(let value): steps.append(.constant(value))
    case .symbol(let symbol):
      let slot = slots.position(of: symbol)
      steps.append(symbol.bundle.role == .inputs ? .input(slot) : .weight(slot))
    case .sum(let a, let b):
      append(a, slots: slots, to: &steps)
      append(b, slots: slots, to: &steps)
      steps.append(.add)
    case .product(let a, let b):
      append(a, slots: slots, to: &steps)
      append(b, slots: slots, to: &steps)
      steps.append(.multiply)
    case .power(let base, let exponent):
      append(base, slots: slots, to: &steps)
      steps.append(.power(exponent))
    case .function(let function, let x):
      append(x, slots: slots, to: &steps)
      steps.append(.function(function))
    case .invalid: steps.append(.constant(.nan))
    }
  }
}

/// Where each bundle starts in the row of inputs and in the list of weights.
struct SymbolSlots {
  private var starts: [Bundle: Int] = [:]

  init(_ circuit: Circuit) {
    for list in [circuit.inputs, circuit.weights] {
      var start = 0
      for bundle in list {
        starts[bundle] = start
        start += bundle.count
      }
    }
  }

  func position(of symbol: Symbol) -> Int { (starts[symbol.bundle] ?? 0) + symbol.index }
  func start(of bundle: Bundle) -> Int { starts[bundle] ?? 0 }
}

/// Constant plus multiples of symbols, if an expression is no more than that.
private struct AffineForm {
  var constant = 0.0
  var terms: [(Symbol, Double)] = []

  init?(_ angle: Angle) {
    guard add(angle, times: 1) else { return nil }
  }

  private mutating func add(_ angle: Angle, times factor: Double) -> Bool {
    switch angle.node {
    case .constant(let value):
      constant += factor * value
      return true
    case .symbol(let symbol):
      if let place = terms.firstIndex(where: { $0.0 == symbol }) {
        terms[place].1 += factor
      } else {
        terms.append((symbol, factor))
      }
      return true
    case .sum(let a, let b): return add(a, times: factor) && add(b, times: factor)
    case .product(let a, let b):
      if let value = a.constant { return add(b, times: factor * value) }
      if let value = b.constant { return add(a, times: factor * value) }
      return false
    case .power, .function, .invalid: return false
    }
  }
}

/// The angle of one parametric instruction, and its partial derivatives.
package struct CompiledAngle: Sendable {
  package let expression: CompiledExpression
  /// What was compiled, for messages.
  package let source: Angle
  package let weightPartials: [(weight: Int, partial: CompiledExpression)]
  package let inputPartials: [(input: Int, partial: CompiledExpression)]
  /// Second derivatives in the weights, both orders of each pair; empty if all are 0.
  package let weightSeconds: [(first: Int, second: Int, partial: CompiledExpression)]
  /// Whether the partial derivatives are the same whatever the values.
  package let hasConstantPartials: Bool

  init(_ angle: Angle, slots: SymbolSlots) {
    expression = CompiledExpression(angle, slots: slots)
    source = angle
    var weights: [(Int, CompiledExpression)] = []
    var inputs: [(Int, CompiledExpression)] = []
    for symbol in angle.symbols {
      let partial = CompiledExpression(angle.derivative(in: symbol), slots: slots)
      switch symbol.bundle.role {
      case .weights: weights.append((slots.position(of: symbol), partial))
      case .inputs: inputs.append((slots.position(of: symbol), partial))
      }
    }
    // Of a sum of multiples they are 0.
    var seconds: [(Int, Int, CompiledExpression)] = []
    if !(weights + inputs).allSatisfy({ $0.1.constantValue != nil }) {
      let symbols = angle.symbols.filter { $0.bundle.role == .weights }
      for a in symbols {
        let first = angle.derivative(in: a)
        for b in symbols {
          let partial = CompiledExpression(first.derivative(in: b), slots: slots)
          if partial.constantValue == 0 { continue }
          seconds.append((slots.position(of: a), slots.position(of: b), partial))
        }
      }
    }
    weightSeconds = seconds
    weightPartials = weights
    inputPartials = inputs
    hasConstantPartials = (weights + inputs).allSatisfy { $0.1.constantValue != nil }
  }

  package var isConstant: Bool { weightPartials.isEmpty && inputPartials.isEmpty }
}
