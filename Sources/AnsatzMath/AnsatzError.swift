/// A mistake the user can mend: one line that names the file, line or option and the remedy.
///
/// The category becomes the process's exit code, as `sysexits.h` numbers them.
public struct AnsatzError: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Category: Int32, Sendable, Codable {
    case usage = 64
    case badData = 65
    case missingInput = 66
    case unavailable = 69
    case software = 70
    case system = 71
    case cannotCreate = 73
    case inputOutput = 74
    case badConfiguration = 78
  }

  public let category: Category
  public let message: String

  public init(_ category: Category, _ message: String) {
    self.category = category
    self.message = message
  }

  public var description: String { message }
  public var exitCode: Int32 { category.rawValue }
}
