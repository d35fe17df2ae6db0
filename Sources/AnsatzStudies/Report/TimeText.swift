import Foundation

/// A duration with three digits that matter: `3.1 ms`, `1.24 s`, `210 s`.
public func timeText(_ seconds: Double) -> String {
  switch seconds {
  case ..<0.000_95: String(format: "%.0f µs", seconds * 1e6)
  case ..<0.095: String(format: "%.1f ms", seconds * 1e3)
  case ..<0.95: String(format: "%.0f ms", seconds * 1e3)
  case ..<100: String(format: "%.2f s", seconds)
  default: String(format: "%.0f s", seconds)
  }
}
