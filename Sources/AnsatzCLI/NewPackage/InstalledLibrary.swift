import Ansatz
import Foundation

/// What `make install` leaves for packages to be built against: one archive of all of Ansatz, with
/// its modules, for the compiler that made them.
struct InstalledLibrary {
  /// What `library.json` says.
  struct Record: Codable {
    /// The first line of `swiftc --version`.
    let compiler: String
    /// Folders of headers that the C modules need.
    let headers: [String]
    /// Folders of the libraries below, where the linker does not look by itself.
    let folders: [String]
    /// The system's libraries to link with, by the names that `-l` takes.
    let libraries: [String]
  }

  /// The absolute path of the folder that holds `library.json`.
  let folder: String
  let record: Record

  /// Three numbers, such as 6.3.1.
  var compilerVersion: [Int] { Self.version(of: record.compiler) ?? [] }

  /// The modules there are, whose names are taken.
  var modules: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/modules")) ?? [])
      .map { String($0.prefix { $0 != "." }) }
  }

  /// The library beside this program: `../lib/ansatz` from its folder.
  ///
  /// - Returns: Nil if there is none.
  /// - Throws: `AnsatzError` if it cannot be used: damaged, or for another compiler.
  static func find() throws -> InstalledLibrary? {
    guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return nil }
    return try read(
      program.deletingLastPathComponent().appending(path: "../lib/ansatz").standardizedFileURL.path)
  }

  static func read(_ folder: String) throws -> InstalledLibrary? {
    let path = "\(folder)/library.json"
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    guard let record = try? JSONDecoder().decode(Record.self, from: data),
      version(of: record.compiler) != nil
    else {
      throw AnsatzError(
        .badData, "\(path) is damaged; run `make install` again in the checkout of Ansatz")
    }
    return InstalledLibrary(folder: folder, record: record)
  }

  /// - Throws: `AnsatzError` if the compiler in PATH is another than the library's; none is no
  ///   mistake yet.
  func checkCompiler() throws {
    guard let found = Self.compilerInPath(), found != record.compiler else { return }
    throw AnsatzError(
      .badConfiguration,
      "the library in \(folder) was built by \(record.compiler), but swiftc here is \(found); run "
        + "`make install` again in the checkout of Ansatz")
  }

  /// The numbers after "Swift version"; nil if there are none.
  static func version(of compiler: String) -> [Int]? {
    guard let match = compiler.firstMatch(of: /Swift version (\d+)\.(\d+)(?:\.(\d+))?/) else {
      return nil
    }
    return [match.1, match.2, match.3 ?? "0"].compactMap { Int($0) }
  }

  private static func compilerInPath() -> String? {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["swiftc", "--version"]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").first.map(String.init)
  }
}
