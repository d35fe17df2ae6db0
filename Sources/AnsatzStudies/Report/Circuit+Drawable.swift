import AnsatzCircuits
import AnsatzPlots

/// A circuit is something to look at, in reports and notebooks as well as in a terminal.
extension Circuit: Drawable {
  public var svg: String { SVGDiagram(self, width: 960).description }
  public func text(width: Int) -> String { TextDiagram(self, width: width).description }
}
