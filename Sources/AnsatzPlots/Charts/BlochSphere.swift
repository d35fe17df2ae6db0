import Foundation

/// The state of a qubit as a point in the unit ball, and the path it takes.
///
/// |0⟩ is at the top, |+⟩ in front, |+i⟩ to the right.
public struct BlochSphere: Drawable {
  /// What stands above it.
  public let title: String
  /// ⟨X⟩, ⟨Y⟩ and ⟨Z⟩, step after step.
  public let path: [(x: Double, y: Double, z: Double)]

  /// A chart of these data.
  public init(_ title: String = "", path: [(x: Double, y: Double, z: Double)]) {
    self.title = title
    self.path = path.filter { $0.x.isDrawable && $0.y.isDrawable && $0.z.isDrawable }
  }

  private static let radius = 120.0
  private static let centre = (x: 190.0, y: 180.0)

  /// Looked at from the front, a little from above and from the left.
  static func place(
    _ point: (x: Double, y: Double, z: Double)
  ) -> (x: Double, y: Double, isInFront: Bool) {
    let (turn, tilt) = (0.5, 0.3)
    let across = point.y * cos(turn) - point.x * sin(turn)
    let towards = point.x * cos(turn) + point.y * sin(turn)
    let up = point.z * cos(tilt) - towards * sin(tilt)
    let depth = towards * cos(tilt) + point.z * sin(tilt)
    return (centre.x + radius * across, centre.y - radius * up, depth >= 0)
  }

  public var svg: String {
    var canvas = SVGCanvas(width: 380, height: 350, title: title)
    canvas.heading(title, middle: 190)
    canvas.circle(Self.centre.x, Self.centre.y, Self.radius, kind: "frame")
    let circle = (0...72).map { Double($0) * 2 * .pi / 72 }
    for ring in [
      circle.map { (x: cos($0), y: sin($0), z: 0.0) },
      circle.map { (x: cos($0), y: 0.0, z: sin($0)) },
    ] {
      canvas.path(ring.map { Self.flat($0) }, kind: "guide")
    }
    let ends: [(String, (x: Double, y: Double, z: Double))] = [
      ("|0⟩", (0, 0, 1)), ("|1⟩", (0, 0, -1)), ("|+⟩", (1, 0, 0)), ("|−⟩", (-1, 0, 0)),
      ("|+i⟩", (0, 1, 0)), ("|−i⟩", (0, -1, 0)),
    ]
    for (name, end) in ends {
      let (place, label) = (Self.flat(end), Self.flat((end.x * 1.16, end.y * 1.16, end.z * 1.16)))
      canvas.line(Self.centre.x, Self.centre.y, place.x, place.y, kind: "grid")
      canvas.text(name, label.x, label.y, kind: "tick")
    }
    canvas.path(
      path.map { Self.flat($0) }, kind: "curve", style: "stroke: \(Palette.category(0))",
      title: "path")
    for (index, point) in path.enumerated() {
      let place = Self.place(point)
      let isLast = index == path.count - 1
      canvas.circle(
        place.x, place.y, isLast ? 6 : 2.5, kind: place.isInFront ? "mark" : "mark behind",
        fill: isLast ? Palette.category(3) : Palette.category(0),
        title: "step \(index): (\(Ticks.short(point.x)), \(Ticks.short(point.y)), "
          + "\(Ticks.short(point.z)))")
    }
    return canvas.document
  }

  private static func flat(_ point: (x: Double, y: Double, z: Double)) -> (x: Double, y: Double) {
    let place = place(point)
    return (place.x, place.y)
  }

  public func text(width: Int) -> String {
    let shown = path.count > 12 ? Array(path.prefix(6) + path.suffix(6)) : path
    return
      ([title].filter { !$0.isEmpty }
      + shown.enumerated().map { index, point in
        let step = index < 6 || path.count <= 12 ? index : path.count - shown.count + index
        return "step \(step): X \(Ticks.short(point.x))  Y \(Ticks.short(point.y))  "
          + "Z \(Ticks.short(point.z))"
      }).joined(separator: "\n")
  }
}
