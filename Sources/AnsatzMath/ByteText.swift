/// A number of bytes for people to read: three digits and a power of a thousand, such as `17.2 GB`.
public func byteText(_ bytes: Double) -> String {
  guard bytes.isFinite else { return "more than 1000 EB" }
  guard bytes >= 1000 else { return "\(Int(max(0, bytes).rounded())) bytes" }
  var (size, unit) = (bytes, 0)
  // What rounds to a thousand belongs to the next unit.
  while size >= 999.5, unit < units.count - 1 { (size, unit) = (size / 1000, unit + 1) }
  guard size < 999.5 else { return "more than 1000 EB" }
  let decimals = size < 9.995 ? 100.0 : (size < 99.95 ? 10 : 1)
  var text = "\((size * decimals).rounded() / decimals)"
  if text.hasSuffix(".0") { text.removeLast(2) }
  return "\(text) \(units[unit])"
}

private let units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"]
