import AnsatzMath
import AnsatzPlots

/// A page to read, print and pass on: one self-contained HTML document.
///
/// It needs no network, no script and no other file, and reads on light and dark screens and on
/// paper.
public struct ReportPage: Sendable {
  /// Something that stands in a section.
  public enum Block: Sendable {
    /// A paragraph.
    case text(String)
    /// Sentences below each other, each with a mark.
    case list([String])
    /// The head of each column, and the rows below.
    case table(head: [String], rows: [[String]])
    /// Names with values.
    case facts([(name: String, value: String)])
    /// Pictures beside each other while there is room, each perhaps with words below.
    case pictures([(picture: any Drawable, caption: String)])
    /// Something to copy, such as a command.
    case code(String)
  }

  /// A part of the page under its own heading.
  public struct Section: Sendable {
    /// What stands above.
    public let heading: String
    /// What stands below, in order.
    public let blocks: [Block]

    /// A section of blocks in order.
    public init(_ heading: String, _ blocks: [Block]) {
      self.heading = heading
      self.blocks = blocks
    }
  }

  /// What stands at the top, and in the list of a browser.
  public let title: String
  /// What the page is about, in a line below the title.
  public let subtitle: String
  /// The result in a few words and numbers, before everything else.
  public let results: [(name: String, value: String)]
  /// The parts, in order; none is empty.
  public let sections: [Section]

  /// - Parameter sections: Those without blocks are left out.
  public init(
    title: String, subtitle: String, results: [(name: String, value: String)],
    sections: [Section]
  ) {
    self.title = title
    self.subtitle = subtitle
    self.results = results
    self.sections = sections.filter { !$0.blocks.isEmpty }
  }

  /// The document.
  public var html: String {
    let tiles = results.map {
      "<div class=\"tile\"><span class=\"name\">\($0.name.inMarkup)</span> "
        + "<span class=\"value\">\($0.value.inMarkup)</span></div>"
    }
    let body = sections.map { section in
      "<section><h2>\(section.heading.inMarkup)</h2>\n"
        + section.blocks.map(\.html).joined(separator: "\n") + "\n</section>"
    }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <title>\(title.inMarkup)</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <main>
      <h1>\(title.inMarkup)</h1>
      <p class="subtitle">\(subtitle.inMarkup)</p>
      \(tiles.isEmpty ? "" : "<div class=\"tiles\">\(tiles.joined(separator: "\n"))</div>")
      \(body.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }
}

/// Below this part of its size nobody reads the words of a picture: it keeps that width, and scrolls.
private func leastWidth(of svg: String) -> String {
  guard let match = svg.firstMatch(of: /<svg[^>]* width="([0-9.]+)"/), let width = Double(match.1)
  else { return "" }
  return " style=\"--least: \(Int((0.72 * width).rounded()))px\""
}

extension ReportPage.Block {
  var html: String {
    switch self {
    case .text(let text): return "<p>\(text.inMarkup)</p>"
    case .list(let items):
      return "<ul>" + items.map { "<li>\($0.inMarkup)</li>" }.joined() + "</ul>"
    case .table(let head, let rows):
      let heads = head.map { "<th scope=\"col\">\($0.inMarkup)</th>" }.joined()
      let lines = rows.map { row in
        "<tr>" + row.map { "<td>\($0.inMarkup)</td>" }.joined() + "</tr>"
      }
      return "<div class=\"wide\"><table><thead><tr>\(heads)</tr></thead>\n<tbody>"
        + lines.joined(separator: "\n") + "</tbody></table></div>"
    case .facts(let facts):
      let lines = facts.map {
        "<tr><th scope=\"row\">\($0.name.inMarkup)</th><td>\($0.value.inMarkup)</td></tr>"
      }
      return "<div class=\"wide\"><table class=\"facts\"><tbody>"
        + lines.joined(separator: "\n") + "</tbody></table></div>"
    case .pictures(let pictures):
      let figures = pictures.map { picture, caption in
        let svg = picture.svg
        return "<figure\(leastWidth(of: svg))>\(svg)"
          + (caption.isEmpty ? "" : "<figcaption>\(caption.inMarkup)</figcaption>") + "</figure>"
      }
      return "<div class=\"pictures\">" + figures.joined(separator: "\n") + "</div>"
    case .code(let text): return "<pre><code>\(text.inMarkup)</code></pre>"
    }
  }
}
