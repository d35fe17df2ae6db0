import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An element of a document that a strict XML parser accepted.
public final class Markup {
  public let name: String
  public let attributes: [String: String]
  public private(set) var children: [Markup] = []
  /// What stands directly in the element.
  public private(set) var ownText = ""

  private init(name: String, attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  /// - Throws: `Problem` with the parser's line and words, if the text is not well-formed.
  public static func parse(_ text: String) throws -> Markup {
    let parser = XMLParser(data: Data(text.utf8))
    let builder = Builder()
    parser.delegate = builder
    guard parser.parse(), let root = builder.root else {
      throw Problem(
        "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "no element")")
    }
    return root
  }

  public struct Problem: Error, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
  }

  /// The element and all within, in the order of the document.
  public var all: [Markup] { [self] + children.flatMap(\.all) }

  /// The elements within that have a name, and among their classes `kind` if it is given.
  public func elements(_ name: String, _ kind: String? = nil) -> [Markup] {
    all.dropFirst().filter { element in
      element.name == name && (kind.map { element.kinds.contains($0) } ?? true)
    }
  }

  public var kinds: [String] { (attributes["class"] ?? "").split(separator: " ").map(String.init) }

  /// All text within.
  public var text: String { ownText + children.map(\.text).joined() }

  /// A number among the attributes; not a number if there is none.
  public subscript(_ attribute: String) -> Double {
    attributes[attribute].flatMap { Double($0) } ?? .nan
  }

  /// The points of a path of straight lines.
  public var points: [(x: Double, y: Double)] {
    (attributes["d"] ?? "").split(whereSeparator: { "MLZ".contains($0) }).compactMap { pair in
      let numbers = pair.split(separator: " ").compactMap { Double($0) }
      return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
    }
  }

  private final class Builder: NSObject, XMLParserDelegate {
    var root: Markup?
    private var open: [Markup] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      let element = Markup(name: name, attributes: attributes)
      if let last = open.last { last.children.append(element) } else { root = root ?? element }
      open.append(element)
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      open.last?.ownText += string
    }
  }
}
