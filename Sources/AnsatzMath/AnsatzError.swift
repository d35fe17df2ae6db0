/// A mistake the user can mend: one line that names the file, line or option and the remedy.
///
/// The category becomes the process's exit code, as `sysexits.h` numbers them.
public struct AnsatzError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What kind of mistake it is; the numbers are exit codes of `sysexits.h`.
  public enum Category: Int32, Sendable, Codable {
    /// Wrong arguments, or a request that makes no sense.
    case usage = 64
    /// Data that cannot be understood.
    case badData = 65
    /// A file that is not there or cannot be read.
    case missingInput = 66
    /// Something needed is not there, such as memory.
    case unavailable = 69
    /// A mistake of the program itself.
    case software = 70
    /// The operating system refused something.
    case system = 71
    /// A file that cannot be written.
    case cannotCreate = 73
    /// Reading or writing failed on the way.
    case inputOutput = 74
    /// Settings that do not work together.
    case badConfiguration = 78
    /// The computation was asked to stop, by `StopFlag`; 130 is what a shell expects after Ctrl-C.
    case interrupted = 130
  }

  /// What kind of mistake it is.
  public let category: Category
  /// One line: what is wrong, where, and how to mend it.
  public let message: String

  /// An error of a kind, with its one line.
  ///
  /// Whatever the message echoes, it stays one line of at most some 2,000 characters: line ends
  /// become spaces, other control characters a replacement, and long words get a gap.
  public init(_ category: Category, _ message: String) {
    self.category = category
    self.message = message.onOneLine.shortened
  }

  public var description: String { message }
  /// What a command ends with.
  public var exitCode: Int32 { category.rawValue }
}
