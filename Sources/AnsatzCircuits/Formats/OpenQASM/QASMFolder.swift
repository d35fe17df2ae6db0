import AnsatzMath
import Foundation

/// The folder of a program, outside which nothing is read.
struct QASMFolder {
  /// Without symbolic links.
  private let path: String

  struct Problem: Error { let text: String }

  /// - Parameter program: The path of a program that exists.
  init?(of program: String) {
    let folder = URL(filePath: program).deletingLastPathComponent().path
    guard let path = QASMFolder.resolved(folder) else { return nil }
    self.path = path
  }

  /// The path without symbolic links, or nil if nothing is there.
  private static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  /// The bytes of a program's own file.
  static func program(_ path: String) throws(AnsatzError) -> [UInt8] {
    do {
      return try bytes(path)
    } catch {
      throw AnsatzError(.missingInput, "\(path): \(error.text)")
    }
  }

  /// A file of the folder: its path without symbolic links, which tells files apart, and its bytes.
  func file(_ name: String) throws(Problem) -> (path: String, bytes: [UInt8]) {
    guard !name.isEmpty, name.utf8.count <= 1000 else {
      throw Problem(text: "this is no file name")
    }
    guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
      throw Problem(text: "only files in the program's folder are read, without '..' and '/'")
    }
    guard let file = QASMFolder.resolved("\(path)/\(name)") else {
      throw Problem(text: "there is no such file in the program's folder")
    }
    guard file.hasPrefix(path == "/" ? path : path + "/") else {
      throw Problem(text: "the file lies outside the program's folder")
    }
    let kind = try? FileManager.default.attributesOfItem(atPath: file)[.type] as? FileAttributeType
    guard kind == .typeRegular else { throw Problem(text: "this is no regular file") }
    return (file, try QASMFolder.bytes(file))
  }

  private static func bytes(_ path: String) throws(Problem) -> [UInt8] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Problem(text: "there is no such file")
    }
    if isFolder.boolValue { throw Problem(text: "this is a folder, not a program") }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Problem(text: "the file cannot be read")
    }
    defer { try? handle.close() }
    // A device may never end.
    let data: Data
    do {
      data = try handle.read(upToCount: QASMSource.maximumSize + 1) ?? Data()
    } catch {
      throw Problem(text: "the file cannot be read")
    }
    guard data.count <= QASMSource.maximumSize else {
      throw Problem(text: "the file has more than \(QASMSource.maximumSize) bytes")
    }
    return Array(data)
  }
}
