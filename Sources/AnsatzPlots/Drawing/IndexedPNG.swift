import Foundation

/// A small picture of up to 256 colours, stored without compression.
///
/// - Source: the PNG specification, W3C Recommendation of 2003; RFC 1950 and RFC 1951 for the stream.
struct IndexedPNG {
  let width: Int
  let height: Int
  /// One colour index a pixel, row by row.
  let pixels: [UInt8]
  let palette: [(UInt8, UInt8, UInt8)]

  var data: Data {
    var result: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    // Eight bits a pixel, by palette.
    result += chunk("IHDR", bigEndian(width) + bigEndian(height) + [8, 3, 0, 0, 0])
    result += chunk("PLTE", palette.flatMap { [$0.0, $0.1, $0.2] })
    // Each row begins with its filter: none.
    let rows = (0..<height).flatMap { [0] + pixels[$0 * width..<($0 + 1) * width] }
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let count = min(65535, rows.count - start)
      let isLast = start + count == rows.count
      stream += [isLast ? 1 : 0, UInt8(count & 255), UInt8(count >> 8)]
      stream += [UInt8(~count & 255), UInt8(~count >> 8 & 255)]
      stream += rows[start..<start + count]
      start += count
    } while start < rows.count
    stream += bigEndian(Int(Self.adler32(rows)))
    result += chunk("IDAT", stream)
    result += chunk("IEND", [])
    return Data(result)
  }

  private func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 255) }
  }

  private func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + content
    return bigEndian(content.count) + body + bigEndian(Int(Self.crc32(body)))
  }

  private static func adler32(_ bytes: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return b << 16 | a
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
