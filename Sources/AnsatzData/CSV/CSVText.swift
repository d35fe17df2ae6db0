import AnsatzMath
import Foundation

/// The bytes of a text file, read block by block.
enum CSVText {
  /// Reads a file, a FIFO or a device.
  ///
  /// - Returns: The text, and one zero byte after it, so that the last cell has a byte after it.
  /// - Throws: `AnsatzError` if it cannot be read, holds a zero byte (as devices without an end do), is
  ///   no UTF-8 or is too large; `CancellationError` if `StopFlag` is raised.
  static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw AnsatzError(.missingInput, "\(path) cannot be read; check its permissions")
    }
    defer { close(descriptor) }
    var status = stat()
    let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    var bytes: [UInt8] = []
    if isFile {
      try InputLimit.checkFile(Int(status.st_size), source: path)
      bytes.reserveCapacity(Int(status.st_size) + 1)
    }
    let limit = isFile ? Int.max : InputLimit.streamLimit()
    var block = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      try StopFlag.check()
      let count = Foundation.read(descriptor, &block, block.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw AnsatzError(
          .inputOutput, "\(path) cannot be read: \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      guard !block[..<count].contains(0) else {
        throw AnsatzError(
          .badData, "\(path) is not text: it holds zero bytes; save it as UTF-8 CSV")
      }
      guard bytes.count + count <= limit else {
        throw InputLimit.streamError(limit: limit, source: path)
      }
      bytes += block[..<count]
      try InputLimit.checkSize(bytes.count, source: path)
    }
    bytes.append(0)
    return bytes
  }

  /// - Throws: `AnsatzError` naming the first line with bytes that are not UTF-8.
  static func checkUTF8(_ bytes: UnsafeBufferPointer<UInt8>, source: String) throws {
    var position = 0
    while position < bytes.count {
      if bytes[position] < 0x80 {
        position += 1
        continue
      }
      let length = scalarLength(bytes[position...])
      guard length > 0 else {
        let line = lineEnds(in: bytes[..<position]) + 1
        throw AnsatzError(
          .badData, "\(source), line \(line): the text is not UTF-8; save the file as UTF-8 CSV")
      }
      position += length
    }
  }

  /// How many bytes the first scalar has, which is not ASCII; 0 if it is none.
  private static func scalarLength(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var iterator = bytes.prefix(4).makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    guard case .valid(let scalar) = parser.parseScalar(from: &iterator) else { return 0 }
    return scalar.count
  }

  /// The number of line ends (LF, CRLF or CR) in a piece of text.
  static func lineEnds(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var count = 0
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == .carriageReturn || byte == .lineFeed && previous != .carriageReturn { count += 1 }
      previous = byte
    }
    return count
  }
}
