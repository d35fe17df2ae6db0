import Ansatz
import Numerics

/// An entry of a matrix as a formula in the gate's angles: a constant times a cosine or sine of one
/// angle times a phase.
///
/// Found by trying, and kept only if it gives the entry at several places, so it cannot be wrong.
struct SymbolicEntry {
  /// Nil if no formula of the kind fits.
  let text: String?

  private struct Function: Sendable {
    let text: @Sendable (String) -> String
    let value: @Sendable (Double) -> Double
  }

  private static let functions: [Function] = [
    Function(text: { "cos(\($0)/2)" }, value: { .cos($0 / 2) }),
    Function(text: { "sin(\($0)/2)" }, value: { .sin($0 / 2) }),
    Function(text: { "cos \($0)" }, value: { .cos($0) }),
    Function(text: { "sin \($0)" }, value: { .sin($0) }),
  ]
  private static let sizes: [(text: String, value: Double)] = [
    ("", 1), ("1/√2", 0.5.squareRoot()), ("1/2", 0.5), ("1/(2√2)", 0.125.squareRoot()),
  ]
  /// Multiples of an angle in a phase.
  private static let multiples: [Double] = [0, 1, -1, 0.5, -0.5]

  /// - Parameters:
  ///   - places: The angles at each place tried.
  ///   - values: The entry there.
  init(names: [String], places: [[Double]], values: [Complex<Double>]) {
    guard values.contains(where: { $0.length > 1e-12 }) else {
      text = "0"
      return
    }
    for size in Self.sizes {
      let factors: [(text: String, value: ([Double]) -> Double)] =
        [("", { _ in 1 })]
        + names.indices.flatMap { index in
          Self.functions.map { function in
            (function.text(names[index]), { function.value($0[index]) })
          }
        }
      for factor in factors {
        let real = places.map { size.value * factor.value($0) }
        guard zip(real, values).allSatisfy({ abs(abs($0) - $1.length) < 1e-12 }) else { continue }
        let phases = zip(real, values).map { $1 / Complex($0) }
        if let phase = Self.phase(names: names, places: places, phases: phases) {
          text = Self.product(size.text, factor.text, phase)
          return
        }
      }
    }
    text = nil
  }

  /// A phase `e^{i(kπ/4 + Σ mⱼ aⱼ)}` as its constant, in quarter turns of 45°, and the sum's text.
  private static func phase(
    names: [String], places: [[Double]], phases: [Complex<Double>]
  ) -> (eighth: Int, sum: String)? {
    var choices: [[Double]] = [[]]
    for _ in names { choices = choices.flatMap { choice in multiples.map { choice + [$0] } } }
    for eighth in 0..<8 {
      for choice in choices.sorted(by: { cost($0) < cost($1) }) {
        let fits = zip(places, phases).allSatisfy { place, phase in
          let angle = zip(choice, place).reduce(Double(eighth) * .pi / 4) { $0 + $1.0 * $1.1 }
          return (Complex(length: 1, phase: angle) - phase).length < 1e-12
        }
        if fits { return (eighth, sum(names, choice)) }
      }
    }
    return nil
  }

  private static func cost(_ choice: [Double]) -> Int { choice.filter { $0 != 0 }.count }

  /// `φ + λ`, `-θ/2`
  private static func sum(_ names: [String], _ choice: [Double]) -> String {
    var text = ""
    for (name, multiple) in zip(names, choice) where multiple != 0 {
      let sign = multiple < 0 ? (text.isEmpty ? "-" : " - ") : (text.isEmpty ? "" : " + ")
      text += sign + (abs(multiple) == 1 ? name : "\(name)/2")
    }
    return text
  }

  private static func product(
    _ size: String, _ factor: String, _ phase: (eighth: Int, sum: String)
  ) -> String {
    // Whole quarter turns are 1, i, -1, -i; odd eighths of size 1/√2 are (±1 ± i)/2.
    let units = ["", "i", "-", "-i"]
    var parts: [String] = []
    var sign = ""
    if phase.eighth % 2 == 0 {
      let unit = units[phase.eighth / 2]
      sign = unit.hasPrefix("-") ? "-" : ""
      parts = [unit.hasSuffix("i") ? "i" : "", size]
      // A fraction reads better over its unit.
      if !parts[0].isEmpty, size.hasPrefix("1/") { parts = ["i" + size.dropFirst()] }
    } else if size == "1/√2" {
      parts = [["(1 + i)/2", "(-1 + i)/2", "(-1 - i)/2", "(1 - i)/2"][phase.eighth / 2]]
    } else {
      parts = [["e^{iπ/4}", "e^{3iπ/4}", "e^{-3iπ/4}", "e^{-iπ/4}"][phase.eighth / 2], size]
    }
    if !phase.sum.isEmpty {
      let isOne = !phase.sum.contains(" ")
      let inner = isOne ? phase.sum : "(\(phase.sum))"
      parts.append(inner.hasPrefix("-") ? "e^{-i\(inner.dropFirst())}" : "e^{i\(inner)}")
    }
    parts.append(factor)
    let text = parts.filter { !$0.isEmpty }.joined(separator: " ")
    return sign + (text.isEmpty ? "1" : text)
  }
}
