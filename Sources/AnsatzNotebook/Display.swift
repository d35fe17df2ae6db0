import AnsatzCircuits
import AnsatzMath
import AnsatzPlots
import AnsatzStudies
import Foundation
import Synchronization

/// A value that a notebook shows as more than text.
public protocol NotebookDisplayable {
  /// For frontends without pictures, and for reading the file itself.
  var plainText: String { get }
  /// A fragment of a page. Scripts and inline SVG are removed by notebooks that are not trusted;
  /// tables and `img` with a data address are not.
  var html: String { get }
}

/// The forms in which a value is sent to a notebook.
public struct Display: Sendable {
  /// The form for terminals.
  public let plainText: String
  /// The form for pages, if the value has one.
  public let html: String?

  /// Charts and circuits become pictures, tables become tables, anything else its description.
  public init(_ value: some Any) {
    switch value {
    case let value as any NotebookDisplayable:
      (plainText, html) = (value.plainText, value.html)
    case let value as any Drawable:
      (plainText, html) = (value.text(width: 80), Self.image(value.svg))
    case let value as Circuit:
      (plainText, html) = (
        TextDiagram(value).description, Self.image(SVGDiagram(value).description)
      )
    case let value as SVGDiagram:
      (plainText, html) = ("[circuit]", Self.image(value.description))
    default:
      (plainText, html) = (String(describing: value), nil)
    }
  }

  static func image(_ svg: String) -> String {
    "<img alt=\"\" src=\"data:image/svg+xml;base64,\(Data(svg.utf8).base64EncodedString())\">"
  }

  enum Kind: String {
    /// What the cell gives, numbered by the notebook.
    case result = "execute_result"
    case display = "display_data"
  }

  private static let count = Atomic<Int>(0)

  /// Leaves the bundle in a file and names it in the stream of printed text, which keeps the order.
  func send(_ kind: Kind, replacing id: String? = nil) {
    guard let folder = ProcessInfo.processInfo.environment["ANSATZ_NOTEBOOK_DISPLAYS"] else {
      print(plainText)
      return
    }
    var data: [String: JSONValue] = ["text/plain": .string(plainText)]
    if let html { data["text/html"] = .string(html) }
    var bundle: [String: JSONValue] = ["kind": .string(kind.rawValue), "data": .object(data)]
    if let id { bundle["id"] = .string(id) }
    let number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
    let file = "\(folder)/\(number).json"
    do {
      try JSONEncoder().encode(JSONValue.object(bundle)).write(to: URL(fileURLWithPath: file))
    } catch {
      print(plainText)
      return
    }
    fflush(nil)
    // One write of a short text is not split by what other threads print.
    let marker = Array("\u{1E}D \(file)\u{1F}".utf8)
    _ = marker.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
  }
}

/// Shows a value here and now, before the cell ends.
///
/// - Parameter id: What was shown before under the same name is replaced in place, so that a chart
///   can follow a training.
public func display(_ value: some Any, replacing id: String? = nil) {
  Display(value).send(.display, replacing: id)
}
