import AnsatzMath

/// Where a report goes: a file that was found to be writable before the work began.
public struct ReportFile: Sendable {
  private let file: OutputFile

  /// The path as the user wrote it.
  public var path: String { file.path }

  /// - Throws: `AnsatzError` with exit code 73 if no file can be written there. What stands there is
  ///   left as it is.
  public init(_ path: String) throws(AnsatzError) {
    file = OutputFile(path, role: "the report")
    try file.check()
  }

  /// Writes a page as `OutputFile` writes: at once or not at all; an earlier report is replaced.
  public func write(_ page: ReportPage) throws(AnsatzError) { try file.write(page.html) }
}
