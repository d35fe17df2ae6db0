import AnsatzMath
import Numerics

/// A sum of waves, `f(x) = Σ c_ω exp(iω·x)`, of any number of inputs.
public struct FourierSeries: Sendable {
  /// One wave.
  public struct Term: Sendable {
    /// In radians per unit of each input.
    public let frequency: [Double]
    /// Its coefficient.
    public let coefficient: Complex<Double>

    /// A wave with its coefficient.
    public init(frequency: [Double], coefficient: Complex<Double>) {
      self.frequency = frequency
      self.coefficient = coefficient
    }
  }

  /// The waves to add up.
  public let terms: [Term]

  /// The sum of these waves.
  public init(terms: [Term]) { self.terms = terms }

  /// The series through samples on a grid of one period, of the least frequencies that fit.
  ///
  /// - Parameters:
  ///   - samples: Row-major; at place j of a dimension of n places, x is j / n of the period.
  ///   - shape: The places of each dimension, 1 or more.
  ///   - periods: One for each dimension.
  public init(samples: [Double], shape: [Int], periods: [Double]) {
    precondition(shape.count == periods.count && samples.count == shape.reduce(1, *))
    let transform = FourierTransforms.forward(samples.map { Complex($0) }, shape: shape)
    terms = transform.enumerated().map { place, value in
      var (rest, harmonics) = (place, [Int]())
      for extent in shape.reversed() {
        harmonics.insert(Self.harmonic(rest % extent, of: extent), at: 0)
        rest /= extent
      }
      return Term(
        frequency: zip(harmonics, periods).map { Double($0) * 2 * .pi / $1 },
        coefficient: value / Complex(Double(samples.count)))
    }
  }

  /// The harmonic of least size at a place of a transform of so many values; of ±n/2 the positive.
  static func harmonic(_ place: Int, of count: Int) -> Int {
    place <= count / 2 ? place : place - count
  }

  /// The real part of the sum, which is all of it for coefficients of a real function.
  public func value(at x: [Double]) -> Double {
    var total = 0.0
    for term in terms {
      let phase = zip(term.frequency, x).reduce(0) { $0 + $1.0 * $1.1 }
      total +=
        term.coefficient.real * Double.cos(phase) - term.coefficient.imaginary * Double.sin(phase)
    }
    return total
  }

  /// Σ |c|², the mean of f² over a period.
  public var power: Double { terms.reduce(0) { $0 + $1.coefficient.lengthSquared } }
}
