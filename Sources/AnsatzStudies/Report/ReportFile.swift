import AnsatzMath
import Foundation

/// Where a report goes: a file that was found to be writable before the work began.
public struct ReportFile: Sendable {
  /// The path as the user wrote it.
  public let path: String

  /// - Throws: `AnsatzError` with exit code 73 if no file can be written there. What stands there is
  ///   left as it is.
  public init(_ path: String) throws(AnsatzError) {
    self.path = path
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if exists, isFolder.boolValue {
      throw AnsatzError(
        .cannotCreate, "the report \(path) is a folder; name a file, as in --report report.html")
    }
    guard let file = fopen(path, "a") else {
      throw AnsatzError(
        .cannotCreate,
        "the report \(path) cannot be written (\(String(cString: strerror(errno)))); use a folder "
          + "that exists and can be written to")
    }
    fclose(file)
    if !exists { unlink(path) }
  }

  /// Writes a page, at once or not at all; an earlier report is replaced.
  public func write(_ page: ReportPage) throws(AnsatzError) {
    do {
      try Data(page.html.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw AnsatzError(
        .cannotCreate, "the report \(path) cannot be written: \(error.localizedDescription)")
    }
  }
}
