import AnsatzCircuits
import AnsatzPlots

/// A circuit is something to look at, in reports and notebooks as well as in a terminal.
extension Circuit: Drawable {
  /// The diagram as a picture.
  public var svg: String { SVGDiagram(self, width: 960).description }
  /// The diagram in lines of at most so many characters; long circuits continue below.
  public func text(width: Int) -> String { TextDiagram(self, width: width).description }
}
