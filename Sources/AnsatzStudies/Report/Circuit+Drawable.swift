import AnsatzCircuits
import AnsatzPlots

/// A circuit is something to look at, in reports and notebooks as well as in a terminal.
extension Circuit: Drawable {
  /// The diagram as SVG.
  public var svg: String { SVGDiagram(self, width: 960).description }
  /// The diagram as text, no wider than that.
  public func text(width: Int) -> String { TextDiagram(self, width: width).description }
}
