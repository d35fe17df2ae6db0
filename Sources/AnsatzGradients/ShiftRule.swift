import AnsatzMath
import Numerics

/// The derivative of a trigonometric polynomial as a sum of shifted values:
/// `f'(θ) = Σ_s coefficient_s · f(θ + shift_s)`.
public struct ShiftRule: Equatable, Sendable {
  /// A shifted value with its factor.
  public struct Term: Equatable, Sendable {
    /// The factor of the term.
    public let coefficient: Double
    /// In radians.
    public let shift: Double
  }

  /// The values to add up.
  public let terms: [Term]

  private init(terms: [Term]) { self.terms = terms }

  /// The rule for a function whose frequencies are 1, 2, …, R times a base.
  ///
  /// R = 1 gives the two-term rule `(f(θ + π/2) - f(θ - π/2)) / 2`, R = 2 the four-term rule of
  /// controlled rotations (base 1/2).
  ///
  /// - Source: Wierichs et al., Quantum 6, 677 (2022), arXiv:2107.12390, eq. (23).
  public init(harmonics count: Int, base: Double) {
    let scale = Double(2 * count)
    terms = (1...2 * count).map { index in
      let place = Double(2 * index - 1) * .pi / scale
      let sine = Double.sin(place / 2)
      let sign: Double = index % 2 == 1 ? 1 : -1
      // A shift beyond half the period is taken the short way round.
      let shift = place > .pi ? place - 2 * .pi : place
      return Term(coefficient: base * sign / (2 * scale * sine * sine), shift: shift / base)
    }
  }

  /// The rule for a function with the frequencies given, whatever they are: two values for each.
  ///
  /// Frequencies that are 1, 2, …, R times the first take the closed form. For others the
  /// coefficients `c_s` of `f(θ + x_s) - f(θ - x_s)`, `x_s = (2s - 1)π / 2Ω_max`, solve
  /// `Σ_s 2 c_s sin(Ω_r x_s) = Ω_r`.
  ///
  /// - Source: Wierichs et al., Quantum 6, 677 (2022), arXiv:2107.12390, section 3.3.
  /// - Throws: `AnsatzError` if a frequency is not positive or two are the same to rounding.
  public init(frequencies: [Double]) throws(AnsatzError) {
    let sorted = frequencies.sorted()
    guard let first = sorted.first, let last = sorted.last else {
      self.init(terms: [])
      return
    }
    guard first > 0, last.isFinite else {
      throw AnsatzError(.usage, "the frequencies of a shift rule must be above 0")
    }
    if sorted.enumerated().allSatisfy({ abs($1 - Double($0 + 1) * first) < 1e-12 * last }) {
      self.init(harmonics: sorted.count, base: first)
      return
    }
    let shifts = sorted.indices.map { Double(2 * $0 + 1) * .pi / (2 * last) }
    var matrix = Tensor<Double>(shape: [sorted.count, sorted.count])
    for (r, frequency) in sorted.enumerated() {
      for (s, shift) in shifts.enumerated() { matrix[r, s] = 2 * Double.sin(frequency * shift) }
    }
    let coefficients: [Double]
    do {
      coefficients = try solveLinearSystem(matrix, sorted)
    } catch {
      throw AnsatzError(
        .usage, "the frequencies \(sorted) are too near to one another for a shift rule")
    }
    self.init(
      terms: zip(shifts, coefficients).flatMap { shift, coefficient in
        [
          Term(coefficient: coefficient, shift: shift),
          Term(coefficient: -coefficient, shift: -shift),
        ]
      })
  }
}
