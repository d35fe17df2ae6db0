import AnsatzMath
import AnsatzNN
import Testing

@Suite struct SafeTensorsTests {
  static func file(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
    let text = Array(header.utf8)
    return [UInt8(text.count & 255), UInt8(text.count >> 8), 0, 0, 0, 0, 0, 0] + text + data
  }

  @Test("a file written by hand after the format's description is read")
  func byHand() throws {
    let file = Self.file(
      "{\"__metadata__\":{\"format\":\"pt\"},\"b\":{\"dtype\":\"F64\",\"shape\":[],"
        + "\"data_offsets\":[8,16]},\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],"
        + "\"data_offsets\":[0,8]}}",
      // 1.0 and -2.0 as F32, then 0.5 as F64.
      [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f])
    let tensors = try SafeTensors(file)
    #expect(tensors.names == ["a", "b"])
    #expect(try tensors.tensor("a", as: Float.self) == Tensor(shape: [2, 1], elements: [1, -2]))
    #expect(try tensors.tensor("b", as: Double.self) == Tensor(shape: [], elements: [0.5]))
    #expect(
      errorText { _ = try tensors.tensor("a", as: Double.self) }
        == "tensor 'a' is F32; F64 is needed")
    #expect(errorText { _ = try tensors.tensor("c", as: Float.self) } == "there is no tensor 'c'")
  }

  @Test("what is written has the layout of the format and is read back to the bit")
  func roundTrip() throws {
    var tensors = SafeTensors()
    let odd = [0.0, -0.0, .infinity, -.infinity, 0x1p-1074, Double(nan: 7, signaling: false)]
    tensors.append("1.dense.\"weight\"", Tensor<Double>(shape: [2, 3], elements: odd))
    tensors.append("empty", Tensor<Float>(shape: [0, 4]))
    tensors.append("single", Tensor<Float>(shape: [3], elements: [1, 2, 3]))
    let bytes = try tensors.encoded()
    let length = Int(bytes[0]) + 256 * Int(bytes[1])
    #expect(length % 8 == 0 && bytes.count == 8 + length + 48 + 12)
    #expect(bytes[8] == UInt8(ascii: "{"))
    let copy = try SafeTensors(bytes)
    #expect(copy == tensors)
    let values = try copy.tensor("1.dense.\"weight\"", as: Double.self).elements
    #expect(values.map(\.bitPattern) == odd.map(\.bitPattern))
    #expect(try SafeTensors(SafeTensors().encoded()).entries.isEmpty)
  }

  @Test(
    "a file that breaks the format is refused",
    arguments: [
      ("it has 3 bytes", [1, 2, 3]),
      ("runs past the end", [255, 255, 255, 255, 255, 255, 255, 255, 0]),
      ("runs past the end", [9, 0, 0, 0, 0, 0, 0, 0, 123, 125]),
      ("not a table", file("[1]")), ("not a table", file("{")),
      ("'a' is incomplete", file("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", [0, 0, 0, 0])),
      (
        "'a' is incomplete",
        file("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", [0, 0, 0, 0])
      ),
      (
        "'a' is incomplete",
        file(
          "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}")
      ),
      (
        "type I64", file("{\"a\":{\"dtype\":\"I64\",\"shape\":[0],\"data_offsets\":[0,0]}}")
      ),
      (
        "of 8 bytes has the range 0..<4",
        file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", [0, 0, 0, 0])
      ),
      (
        "of 4 bytes has the range 2..<6",
        file("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}", [0, 0, 0, 0])
      ),
      (
        "of 4 bytes has the range 4..<0",
        file("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", [0, 0, 0, 0])
      ),
      (
        "'b' begins at byte 0, not 4",
        file(
          "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", [0, 0, 0, 0])
      ),
      (
        "begins at byte 4, not 0",
        file(
          "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
          [0, 0, 0, 0, 0, 0, 0, 0])
      ),
      (
        "4 bytes belong to no tensor",
        file(
          "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
          [0, 0, 0, 0, 0, 0, 0, 0])
      ),
    ])
  func malformed(part: String, bytes: [UInt8]) {
    let text = errorText { _ = try SafeTensors(bytes) }
    #expect(text.hasPrefix("not a valid safetensors file: "))
    #expect(text.contains(part), "\(text)")
  }
}
