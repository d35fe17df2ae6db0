/// Something to look at: a value that renders as a picture and as text.
public protocol Drawable: Sendable {
  /// A self-contained SVG document that reads on light and dark pages.
  var svg: String { get }
  /// The same for a terminal, in lines of at most so many characters where that is possible.
  func text(width: Int) -> String
}

extension Drawable {
  /// The chart as text, 80 columns wide.
  public var description: String { text(width: 80) }
}
