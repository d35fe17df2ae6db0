import Foundation

/// Colours that people with any colour vision tell apart, on light and on dark.
enum Palette {
  /// For categories, in this order; markers and dashes differ too.
  ///
  /// Found by a search among colours of a contrast of 3 on white and on the dark paper, for the
  /// largest distance under normal vision, protanopia and deuteranopia.
  static let categories = [
    "#246fd6", "#d96c06", "#128f72", "#c81127", "#a48cb5", "#454af6", "#90985b", "#a23799",
  ]

  static func category(_ index: Int) -> String { categories[abs(index % categories.count)] }

  /// From dark blue to yellow, even in lightness.
  ///
  /// - Source: the colour map viridis by van der Walt and Smith, sampled at nine points.
  private static let sequential: [(Double, Double, Double)] = [
    (68, 1, 84), (71, 45, 123), (59, 82, 139), (44, 114, 142), (33, 145, 140), (40, 174, 128),
    (94, 201, 98), (173, 220, 48), (253, 231, 37),
  ]

  /// From blue through near white to orange.
  private static let diverging: [(Double, Double, Double)] = [
    (0, 84, 147), (70, 140, 190), (150, 192, 220), (243, 243, 240), (240, 190, 130),
    (222, 130, 50), (170, 80, 0),
  ]

  enum Map: Sendable { case sequential, diverging }

  /// - Parameter share: 0...1; numbers beyond are cut off.
  static func bytes(_ share: Double, _ map: Map = .sequential) -> (UInt8, UInt8, UInt8) {
    let colors = map == .sequential ? sequential : diverging
    let place = min(1, max(0, share.isNaN ? 0 : share)) * Double(colors.count - 1)
    let index = min(colors.count - 2, Int(place))
    let rest = place - Double(index)
    func mix(_ a: Double, _ b: Double) -> UInt8 { UInt8((a + rest * (b - a)).rounded()) }
    let (a, b) = (colors[index], colors[index + 1])
    return (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
  }

  static func color(_ share: Double, _ map: Map = .sequential) -> String {
    let (r, g, b) = bytes(share, map)
    return hex(r, g, b)
  }

  static func hex(_ r: UInt8, _ g: UInt8, _ b: UInt8) -> String {
    let digits = Array("0123456789abcdef")
    return "#"
      + String([r, g, b].flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// A colour for an angle, the same at 0 and 2π: lightness stays, hue goes round.
  static func phase(_ angle: Double) -> String {
    var turns = angle / (2 * .pi)
    turns -= turns.rounded(.down)
    let stops: [(Double, Double, Double)] = [
      (36, 111, 214), (18, 143, 114), (217, 130, 6), (190, 60, 130), (36, 111, 214),
    ]
    let place = turns * 4
    let index = min(3, Int(place))
    let rest = place - Double(index)
    func mix(_ a: Double, _ b: Double) -> UInt8 { UInt8((a + rest * (b - a)).rounded()) }
    let (a, b) = (stops[index], stops[index + 1])
    return hex(mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
  }

  /// Whether dark text has more contrast on a colour than light text.
  ///
  /// - Source: WCAG 2.2, relative luminance and contrast ratio.
  static func isLight(_ share: Double, _ map: Map = .sequential) -> Bool {
    func light(_ byte: UInt8) -> Double {
      let value = Double(byte) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    let (r, g, b) = bytes(share, map)
    let luminance = 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b)
    // Where white and the dark ink have the same contrast.
    return luminance > 0.2086
  }
}
