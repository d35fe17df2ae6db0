import Numerics

/// The derivative of a trigonometric polynomial as a sum of shifted values:
/// `f'(θ) = Σ_s coefficient_s · f(θ + shift_s)`.
public struct ShiftRule: Equatable, Sendable {
  public struct Term: Equatable, Sendable {
    public let coefficient: Double
    /// In radians.
    public let shift: Double
  }

  public let terms: [Term]

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
}
