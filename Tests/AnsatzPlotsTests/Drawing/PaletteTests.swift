import Foundation
import Testing

@testable import AnsatzPlots

/// Red, green and blue as light, from `#rrggbb`.
///
/// - Source: IEC 61966-2-1.
func light(_ hex: String) -> [Double] {
  let digits = Array(hex.dropFirst())
  return stride(from: 0, to: 6, by: 2).map { index in
    let share = Double(Int(String(digits[index...index + 1]), radix: 16) ?? 0) / 255
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }
}

/// The relative luminance of a colour, as WCAG 2.2 has it.
func luminance(_ hex: String) -> Double {
  let (l, weights) = (light(hex), [0.2126, 0.7152, 0.0722])
  return zip(l, weights).reduce(0) { $0 + $1.0 * $1.1 }
}

func contrast(_ a: String, _ b: String) -> Double {
  let (low, high) = (min(luminance(a), luminance(b)), max(luminance(a), luminance(b)))
  return (high + 0.05) / (low + 0.05)
}

@Suite("Colours")
struct PaletteTests {
  private static let white = "#ffffff"
  private static let darkPaper = "#15181c"

  /// How people see light; full strength of each deficiency.
  ///
  /// - Source: Machado, Oliveira, Fernandes, IEEE TVCG 15 (2009), table 1.
  private static let sights: [[[Double]]] = [
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [
      [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    [
      [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
      [-0.011820, 0.042940, 0.968881],
    ],
  ]

  /// CIELAB under D65.
  private func lab(_ rgb: [Double]) -> [Double] {
    let (r, g, b) = (clamped(rgb[0]), clamped(rgb[1]), clamped(rgb[2]))
    let x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    let y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    let z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    func f(_ t: Double) -> Double {
      t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116
    }
    return [116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))]
  }

  private func clamped(_ value: Double) -> Double { min(1, max(0, value)) }

  private func distance(_ a: String, _ b: String, _ sight: [[Double]]) -> Double {
    let (p, q) = (seen(a, sight), seen(b, sight))
    return zip(p, q).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  private func seen(_ hex: String, _ sight: [[Double]]) -> [Double] {
    let rgb = light(hex)
    return lab(sight.map { row in zip(row, rgb).reduce(0) { $0 + $1.0 * $1.1 } })
  }

  // 2.3 is just noticeable side by side; 19 is far beyond it, and half the distance of the safe
  // colours in wide use would fail it.
  @Test("Any two categories differ under normal sight, protanopia and deuteranopia")
  func categories() {
    for (index, a) in Palette.categories.enumerated() {
      for b in Palette.categories[..<index] {
        for sight in Self.sights { #expect(distance(a, b, sight) > 19, "\(a) and \(b)") }
      }
    }
    // The first two, which most charts need, differ most.
    for sight in Self.sights {
      #expect(distance(Palette.category(0), Palette.category(1), sight) > 80)
    }
  }

  @Test("Categories stand out from white and from dark paper as WCAG asks of graphics")
  func categoryContrast() {
    for color in Palette.categories {
      #expect(contrast(color, Self.white) >= 3, "\(color)")
      #expect(contrast(color, Self.darkPaper) >= 3, "\(color)")
    }
  }

  @Test("Words are legible on their paper, light and dark")
  func words() throws {
    let svg = LineChart(series: []).svg
    func color(_ name: String) -> [String] {
      svg.components(separatedBy: "--\(name): ").dropFirst().map { String($0.prefix(7)) }
    }
    #expect(color("paper") == [Self.white, Self.darkPaper])
    for name in ["ink", "soft"] {
      let pair = color(name)
      #expect(pair.count == 2)
      for (ink, paper) in zip(pair, color("paper")) { #expect(contrast(ink, paper) >= 4.5) }
    }
  }

  @Test("Numbers on cells are legible on every shade", arguments: [false, true])
  func cellWords(isDiverging: Bool) {
    let map: Palette.Map = isDiverging ? .diverging : .sequential
    for step in 0...100 {
      let share = Double(step) / 100
      let ink = Palette.isLight(share, map) ? "#1b1f24" : "#ffffff"
      #expect(contrast(Palette.color(share, map), ink) >= 4, "\(share)")
    }
  }

  @Test("The sequential map grows lighter all the way, so that it survives grey printing")
  func sequential() {
    let values = (0...64).map { luminance(Palette.color(Double($0) / 64)) }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
    #expect(Palette.color(.nan) == Palette.color(0))
    #expect(Palette.color(-3) == Palette.color(0) && Palette.color(7) == Palette.color(1))
  }

  @Test("A phase has one colour however it is counted, and opposite phases differ")
  func phases() {
    for step in 0..<16 {
      let angle = Double(step) * .pi / 8
      // Turns are subtracted with a rounding, which may change the last bit of a colour.
      let again = light(Palette.phase(angle + 4 * .pi))
      #expect(zip(light(Palette.phase(angle)), again).allSatisfy { abs($0 - $1) < 0.01 })
      #expect(
        distance(Palette.phase(angle), Palette.phase(angle + .pi), Self.sights[0]) > 40)
    }
    #expect(Palette.phase(0) == Palette.phase(2 * .pi))
  }
}
