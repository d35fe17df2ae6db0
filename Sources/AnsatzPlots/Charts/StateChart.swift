import Foundation

/// The amplitudes of a state: a bar as high as the probability, its colour the phase.
public struct StateChart: Drawable {
  /// The amplitude of one basis state.
  public struct Amplitude: Sendable {
    /// The basis state, such as `|01⟩`.
    public let name: String
    /// The real part.
    public let real: Double
    /// The imaginary part.
    public let imaginary: Double

    /// The amplitude of a basis state.
    public init(_ name: String, real: Double, imaginary: Double) {
      self.name = name
      self.real = real
      self.imaginary = imaginary
    }

    /// The square of its size.
    public var probability: Double { real * real + imaginary * imaginary }
  }

  /// What stands above it.
  public let title: String
  /// In the order they are drawn.
  public let amplitudes: [Amplitude]

  /// The most bars a picture shows; of more, the most probable.
  public static let maximumCount = 64

  /// A chart of these data.
  public init(_ title: String = "", amplitudes: [Amplitude]) {
    self.title = title
    let listed = amplitudes.enumerated().filter {
      $0.element.real.isDrawable && $0.element.imaginary.isDrawable
    }
    let kept = listed.sorted {
      ($1.element.probability, $0.offset) < ($0.element.probability, $1.offset)
    }.prefix(Self.maximumCount)
    self.amplitudes = kept.sorted { $0.offset < $1.offset }.map(\.element)
  }

  private func phase(_ amplitude: Amplitude) -> Double {
    // An angle by its tangent, over all quadrants.
    atan2(amplitude.imaginary, amplitude.real)
  }

  public var svg: String {
    let count = Double(max(1, amplitudes.count))
    let width = max(240, min(900, count * 34))
    let isLong = (amplitudes.map { SVGCanvas.width(of: $0.name) }.max() ?? 0) > width / count
    let highest = amplitudes.map(\.probability).max() ?? 1
    // Room for the hands above the bars, but no probability above 1.
    let key = ["0", "π/2", "π", "−π/2"].enumerated().map {
      Frame.Entry(
        name: "phase \($0.element)", color: Palette.phase(Double($0.offset) * .pi / 2),
        isFilled: true)
    }
    var frame = Frame(
      title: title, xLabel: isLong ? " " : "", yLabel: "probability", x: 0...count,
      y: 0...max(min(highest * 1.1, 1), 1e-6), width: width + 70, height: 280 + (isLong ? 30 : 0),
      legend: key)
    frame.drawTicks(x: false)
    let (x, y) = (frame.x, frame.y)
    let (bottom, ceiling) = (frame.bottom, frame.top)
    frame.draw { canvas in
      for (index, amplitude) in amplitudes.enumerated() {
        let left = x.place(Double(index) + 0.12)
        let middle = x.place(Double(index) + 0.5)
        let right = x.place(Double(index) + 0.88)
        let top = y.place(amplitude.probability)
        canvas.rectangle(
          left, top, right - left, bottom - top, kind: "mark",
          fill: Palette.phase(phase(amplitude)),
          title: "\(amplitude.name): \(Ticks.short(amplitude.probability)), phase "
            + "\(Ticks.short(phase(amplitude)))")
        if isLong {
          canvas.text(amplitude.name, middle, bottom + 6, anchor: .end, kind: "tick", rotated: true)
        } else {
          canvas.text(amplitude.name, middle, bottom + 14, kind: "tick")
        }
        // The phase as the hand of a clock, for those who do not see the colour.
        if amplitude.probability > 1e-9 {
          let hand = 7.0
          let (a, b) = (amplitude.real, amplitude.imaginary)
          let size = amplitude.probability.squareRoot()
          let height = max(ceiling + 4, top - 9)
          canvas.circle(middle, height, 1.6, kind: "pivot")
          canvas.line(
            middle, height, middle + hand * a / size, height - hand * b / size, kind: "whisker")
        }
      }
    }
    return frame.document
  }

  public func text(width: Int) -> String {
    let margin = amplitudes.map(\.name.count).max() ?? 0
    let highest = max(amplitudes.map(\.probability).max() ?? 1, .leastNormalMagnitude)
    let room = Double(max(8, width - margin - 30))
    return
      ([title].filter { !$0.isEmpty }
      + amplitudes.map { amplitude in
        let name =
          String(repeating: " ", count: margin - amplitude.name.count) + amplitude.name
        let bar = String(
          repeating: "█", count: Int((room * amplitude.probability / highest).rounded()))
        return "\(name) │\(bar) \(Ticks.short(amplitude.probability)), phase "
          + Ticks.short(phase(amplitude))
      }).joined(separator: "\n")
  }
}
