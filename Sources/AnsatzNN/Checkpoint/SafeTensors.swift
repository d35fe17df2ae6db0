import AnsatzMath
import Foundation

/// Named tensors in the safetensors format, version 1.
///
/// A file is 8 bytes of header length (little-endian), a JSON header that gives type, shape and
/// byte range of each tensor, and the elements, little-endian, without gaps. Types: F64 and F32.
public struct SafeTensors: Equatable, Sendable {
  /// One tensor of the file, as its header describes it.
  public struct Entry: Equatable, Sendable {
    /// What the file calls it.
    public let name: String
    /// `F64` or `F32`.
    public let type: String
    /// How many elements there are along each axis.
    public let shape: [Int]
    let bytes: [UInt8]
  }

  /// In the order they were added.
  public private(set) var entries: [Entry] = []

  /// Without tensors.
  public init() {}

  /// In the order they were added.
  public var names: [String] { entries.map(\.name) }

  /// Adds a tensor under a name that is not taken.
  public mutating func append<S: Scalar>(_ name: String, _ tensor: Tensor<S>) {
    entries.append(
      Entry(
        name: name, type: Self.typeName(S.self), shape: tensor.shape,
        bytes: tensor.elements.withUnsafeBytes { Array($0) }))
  }

  /// The tensor of a name, in the scalar type asked for.
  ///
  /// - Throws: `AnsatzError` if there is none of that name, or it is of another precision.
  public func tensor<S: Scalar>(_ name: String, as type: S.Type = S.self) throws -> Tensor<S> {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw AnsatzError(.badData, "there is no tensor '\(name)'")
    }
    guard entry.type == Self.typeName(S.self) else {
      throw AnsatzError(
        .badData, "tensor '\(name)' is \(entry.type); \(Self.typeName(S.self)) is needed")
    }
    let count = entry.shape.reduce(1, *)
    let elements = [S](unsafeUninitializedCapacity: count) { buffer, initialized in
      entry.bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
      initialized = count
    }
    return Tensor(shape: entry.shape, elements: elements)
  }

  /// The first number that is infinite or none: its tensor, its place in it from 0, and how it prints.
  var firstNonFinite: (name: String, place: Int, value: String)? {
    for entry in entries {
      let found: (Int, Double)? =
        entry.type == "F32"
        ? nonFinite(entry.bytes, Float.self) : nonFinite(entry.bytes, Double.self)
      if let (place, value) = found {
        return (entry.name, place, value.isNaN ? "nan" : "\(value)")
      }
    }
    return nil
  }

  private func nonFinite<S: Scalar>(_ bytes: [UInt8], _ type: S.Type) -> (Int, Double)? {
    let width = MemoryLayout<S>.size
    let values = [S](unsafeUninitializedCapacity: bytes.count / width) { buffer, initialized in
      bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
      initialized = bytes.count / width
    }
    return AnsatzNN.firstNonFinite(values).map { ($0, Double(values[$0])) }
  }

  private static func typeName<S: Scalar>(_ type: S.Type) -> String {
    S.self == Float.self ? "F32" : "F64"
  }

  /// The contents of a file.
  public func encoded() throws -> [UInt8] {
    var header: [String] = []
    var offset = 0
    for entry in entries {
      let name = String(decoding: try JSONEncoder().encode(entry.name), as: UTF8.self)
      let end = offset + entry.bytes.count
      header.append(
        "\(name):{\"dtype\":\"\(entry.type)\",\"shape\":[\(entry.shape.map(String.init).joined(separator: ","))],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var text = Array("{\(header.joined(separator: ","))}".utf8)
    // Spaces bring the elements to a multiple of 8 bytes.
    while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
    var bytes = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) }
    bytes += text
    for entry in entries { bytes += entry.bytes }
    return bytes
  }

  private struct Header: Decodable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  /// Reads a file's contents; accepts only what the format allows.
  ///
  /// - Throws: `AnsatzError(.badData)` that says what is wrong.
  public init(_ file: [UInt8]) throws {
    func damaged(_ what: String) -> AnsatzError {
      AnsatzError(.badData, "not a valid safetensors file: \(what)")
    }
    guard file.count >= 8 else { throw damaged("it has \(file.count) bytes, fewer than 8") }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(file[$1]) << (8 * UInt64($1)) }
    guard length <= UInt64(file.count - 8) else {
      throw damaged("its header of \(length) bytes runs past the end")
    }
    let start = 8 + Int(length)
    let dataCount = file.count - start
    let table: [String: HeaderOrMetadata]
    do {
      table = try JSONDecoder().decode(
        [String: HeaderOrMetadata].self, from: Data(file[8..<start]))
    } catch { throw damaged("its header is not a table of tensors") }
    var ranges: [(begin: Int, end: Int)] = []
    for (name, item) in table {
      guard case .header(let header) = item else {
        if name == "__metadata__" { continue }
        throw damaged("the header of tensor '\(name)' is incomplete")
      }
      guard let width = ["F64": 8, "F32": 4][header.dtype] else {
        throw damaged("tensor '\(name)' has type \(header.dtype); F64 and F32 are known")
      }
      guard header.data_offsets.count == 2, header.shape.allSatisfy({ $0 >= 0 }),
        let size = Self.product(header.shape + [width])
      else { throw damaged("the header of tensor '\(name)' is incomplete") }
      let (begin, end) = (header.data_offsets[0], header.data_offsets[1])
      guard begin >= 0, begin <= end, end <= dataCount, end - begin == size else {
        throw damaged(
          "tensor '\(name)' of \(size) bytes has the range \(begin)..<\(end) of \(dataCount)")
      }
      ranges.append((begin, end))
      entries.append(
        Entry(
          name: name, type: header.dtype, shape: header.shape,
          bytes: Array(file[start + begin..<start + end])))
    }
    let order = entries.indices.sorted {
      (ranges[$0].begin, ranges[$0].end, entries[$0].name)
        < (ranges[$1].begin, ranges[$1].end, entries[$1].name)
    }
    var next = 0
    for index in order {
      guard ranges[index].begin == next else {
        throw damaged(
          "tensor '\(entries[index].name)' begins at byte \(ranges[index].begin), not \(next)")
      }
      next = ranges[index].end
    }
    guard next == dataCount else { throw damaged("\(dataCount - next) bytes belong to no tensor") }
    entries = order.map { entries[$0] }
  }

  private enum HeaderOrMetadata: Decodable {
    case header(Header)
    case metadata

    init(from decoder: any Decoder) throws {
      if let header = try? Header(from: decoder) {
        self = .header(header)
      } else {
        self = .metadata
      }
    }
  }

  private static func product(_ factors: [Int]) -> Int? {
    var result = 1
    for factor in factors {
      let (value, overflow) = result.multipliedReportingOverflow(by: factor)
      if overflow { return nil }
      result = value
    }
    return result
  }
}
