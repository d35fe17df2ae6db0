import AnsatzMath
import Testing

@Suite("Text in markup")
struct MarkupTextTests {
  @Test("Signs of markup are escaped, also before a combining mark, and other text stays")
  func signs() {
    #expect("a<b & \"c\" > d".inMarkup == "a&lt;b &amp; &quot;c&quot; &gt; d")
    let combined = "x<\u{338}y>\u{301}".inMarkup.unicodeScalars
    #expect(!combined.contains("<") && !combined.contains(">"))
    #expect("θ[0]\n\t⟨Z⟩ é 👩‍🔬".inMarkup == "θ[0]\n\t⟨Z⟩ é 👩‍🔬")
  }

  @Test("Characters that a document may not hold are replaced one by one")
  func refused() {
    #expect("a\u{0}\u{1B}[K\u{7F}\u{FFFE}".inMarkup == "a\u{FFFD}\u{FFFD}[K\u{FFFD}\u{FFFD}")
  }
}
