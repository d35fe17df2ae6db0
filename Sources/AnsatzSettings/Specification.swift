/// A name with settings as text: `adam:beta1=0.95,epsilon=1e-7`.
public struct Specification: Equatable, Sendable {
  /// What stands before the colon.
  public let name: String
  /// What stands after it, parted at commas; a comma within a value, as in `hidden=32,16`, belongs to
  /// it.
  public let settings: [String]

  /// A name and its settings, each `name=value`.
  public init(_ name: String, _ settings: [String]) {
    self.name = name
    self.settings = settings
  }

  /// Reads `name` or `name:key=value,key=value`.
  public init(parsing text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    var settings: [String] = []
    for part in parts.count == 2 ? parts[1].split(separator: ",") : [] {
      if part.contains("=") || settings.isEmpty {
        settings.append(String(part))
      } else {
        settings[settings.count - 1] += ",\(part)"
      }
    }
    self.init(String(parts[0]), settings)
  }

  /// The text that reads back to it.
  public var text: String {
    settings.isEmpty ? name : "\(name):\(settings.joined(separator: ","))"
  }
}
