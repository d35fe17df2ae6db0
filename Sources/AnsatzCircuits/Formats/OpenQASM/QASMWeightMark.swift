/// The annotation by which an exported `input` says which number of which bundle it is:
/// `@ansatz.weights θ[3, 4] 5`.
struct QASMWeightMark {
  let symbol: Symbol

  private static let prefixes: [(text: String, role: Bundle.Role)] = [
    ("@ansatz.weights ", .weights), ("@ansatz.inputs ", .inputs),
  ]

  static func isMark(_ text: String) -> Bool { prefixes.contains { text.hasPrefix($0.text) } }

  init(_ symbol: Symbol) { self.symbol = symbol }

  /// Nil if the annotation is not as `text` writes it.
  init?(_ text: String) {
    guard let (prefix, role) = QASMWeightMark.prefixes.first(where: { text.hasPrefix($0.text) }),
      let open = text.lastIndex(of: "["), let close = text.lastIndex(of: "]"), open < close
    else { return nil }
    let name = text[text.index(text.startIndex, offsetBy: prefix.count)..<open]
    let extents = text[text.index(after: open)..<close].split(
      separator: ",", omittingEmptySubsequences: false)
    let shape = extents.compactMap { Int($0.filter { $0 != " " }) }
    let index = Int(text[text.index(after: close)...].filter { !$0.isWhitespace })
    guard shape.count == extents.count, let index, shape.allSatisfy({ $0 > 0 }) else { return nil }
    let bundle = Bundle(role: role, name: String(name), shape: shape)
    guard bundle.count <= Bundle.maximumCount, (0..<bundle.count).contains(index) else {
      return nil
    }
    symbol = Symbol(bundle: bundle, index: index)
  }

  var text: String {
    let name = String(symbol.bundle.name.map { $0.isNewline ? " " : $0 })
    let shape = symbol.bundle.shape.map(String.init).joined(separator: ", ")
    return "@ansatz.\(symbol.bundle.role.rawValue) \(name)[\(shape)] \(symbol.index)"
  }
}
