import AnsatzTestSupport
import Foundation
import Testing

@testable import AnsatzPlots

@Suite("Heat maps")
struct HeatMapTests {
  @Test("Every value has a cell at its row and column, darker for less")
  func cells() throws {
    let values = [0.0, 1, 2, 3, 4, 5]
    let picture = try Picture(
      HeatMap(
        "m", rows: 2, columns: 3, values: values, rowNames: ["top", "low"],
        columnNames: ["a", "b", "c"]))
    let cells = picture.root.elements("rect", "cell")
    #expect(cells.count == 6)
    for (index, cell) in cells.enumerated() {
      let (row, column) = (index / 3, index % 3)
      #expect(abs(cell["x"] - cells[0]["x"] - Double(column) * cell["width"]) < 0.02)
      #expect(abs(cell["y"] - cells[0]["y"] - Double(row) * cell["height"]) < 0.02)
      #expect(Double(cell.text) == values[index])
    }
    let lightness = cells.map { luminance($0.attributes["fill"] ?? "") }
    #expect(lightness == lightness.sorted() && Set(lightness).count == 6)
    for name in ["top", "low", "a", "b", "c"] { #expect(picture.texts.contains(name)) }
    // Names stand beside their rows.
    let low = try #require(picture.root.elements("text").first { $0.text == "low" })
    #expect(abs(low["y"] - (cells[3]["y"] + cells[3]["height"] / 2)) < 0.02)
  }

  @Test("Numbers on both sides of 0 are shown around it")
  func diverging() throws {
    let map = HeatMap(rows: 1, columns: 3, values: [-1, 0, 4])
    #expect(map.range == -4...4)
    let fills = try Picture(map).root.elements("rect", "cell").compactMap { $0.attributes["fill"] }
    // The middle is the lightest.
    #expect(luminance(fills[1]) > luminance(fills[0]) && luminance(fills[1]) > luminance(fills[2]))
    #expect(fills[1] == Palette.color(0.5, .diverging))
  }

  @Test("200 × 200 cells are one picture below 100 kB, with every value in its pixel")
  func large() throws {
    let values = (0..<40_000).map { Double($0 % 200) * Double($0 / 200) }
    let map = HeatMap("large", rows: 200, columns: 200, values: values)
    let svg = map.svg
    #expect(svg.utf8.count < 100_000)
    let image = try #require(Markup.parse(svg).elements("image").first)
    let link = try #require(image.attributes["href"])
    let prefix = "data:image/png;base64,"
    #expect(link.hasPrefix(prefix))
    let data = try #require(Data(base64Encoded: String(link.dropFirst(prefix.count))))
    let picture = try StoredPNG([UInt8](data))
    #expect(picture.width == 200 && picture.height == 200)
    for index in stride(from: 0, to: 40_000, by: 7) {
      let share = values[index] / (199.0 * 199)
      let (r, g, b) = Palette.bytes(share)
      let color = picture.palette[Int(picture.pixels[index])]
      // 255 colours: neighbours differ by at most 3 in each channel.
      for (a, b) in zip(color, [r, g, b]) { #expect(abs(Int(a) - Int(b)) <= 3) }
    }
  }

  @Test("As text, shades rise with the values and rows fit the width")
  func text() {
    let map = HeatMap(rows: 1, columns: 5, values: [0, 1, 2, 3, 4])
    #expect(map.text(width: 20).split(separator: "\n").first == "  ░░▒▒▓▓██")
    let named = HeatMap(
      xLabel: "across", yLabel: "down", rows: 2, columns: 3, values: [0, 1, 2, 2, 1, 0],
      rowNames: ["high", "low"], columnNames: ["-1", "0", "1"])
    #expect(
      named.text(width: 30).split(separator: "\n").map(String.init) == [
        "down", "high   ▒▒██", " low ██▒▒  ", "     -1   1  across", "  0  …  █ 2",
      ])
    let large = HeatMap(rows: 90, columns: 90, values: (0..<8100).map(Double.init))
    #expect(large.text(width: 60).split(separator: "\n").allSatisfy { $0.count <= 60 })
    #expect(HeatMap(rows: 1, columns: 2, values: [1]).text(width: 20).contains("??"))
  }
}

/// Reads the kind of PNG that stores its bytes uncompressed, by the letter of the format.
private struct StoredPNG {
  let width: Int
  let height: Int
  let palette: [[UInt8]]
  let pixels: [UInt8]

  init(_ bytes: [UInt8]) throws {
    try #require(Array(bytes.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10])
    func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    var chunks: [String: [UInt8]] = [:]
    var order: [String] = []
    var place = 8
    while place < bytes.count {
      let length = number(place)
      let name = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
      chunks[name] = Array(bytes[place + 8..<place + 8 + length])
      order.append(name)
      // A message followed by its checksum leaves this remainder, as the specification has it.
      #expect(Self.remainder(Array(bytes[place + 4..<place + 12 + length])) == 0xDEBB_20E3)
      place += 12 + length
    }
    try #require(order == ["IHDR", "PLTE", "IDAT", "IEND"])
    let header = try #require(chunks["IHDR"])
    width = header[0..<4].reduce(0) { $0 << 8 | Int($1) }
    height = header[4..<8].reduce(0) { $0 << 8 | Int($1) }
    #expect(Array(header[8...]) == [8, 3, 0, 0, 0])
    let colors = try #require(chunks["PLTE"])
    palette = stride(from: 0, to: colors.count, by: 3).map { Array(colors[$0..<$0 + 3]) }
    let stream = try #require(chunks["IDAT"])
    #expect((Int(stream[0]) << 8 | Int(stream[1])) % 31 == 0)
    var rows: [UInt8] = []
    var at = 2
    var isLast = false
    while !isLast {
      isLast = stream[at] == 1
      let length = Int(stream[at + 1]) | Int(stream[at + 2]) << 8
      let complement = Int(stream[at + 3]) | Int(stream[at + 4]) << 8
      try #require(length ^ complement == 0xFFFF)
      rows += stream[at + 5..<at + 5 + length]
      at += 5 + length
    }
    let sum = rows.reduce(1) { ($0 + Int($1)) % 65521 }
    #expect(Int(stream[at + 2]) << 8 | Int(stream[at + 3]) == sum)
    try #require(rows.count == (width + 1) * height)
    let (width, height) = (width, height)
    pixels = (0..<height).flatMap { Array(rows[$0 * (width + 1) + 1..<($0 + 1) * (width + 1)]) }
  }

  /// The checksum with the appended checksum read little end first, inverted once.
  private static func remainder(_ bytes: [UInt8]) -> UInt32 {
    let message = bytes.dropLast(4) + bytes.suffix(4).reversed()
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in message {
      for bit in 0..<8 {
        let isSet = (crc ^ UInt32(byte) >> UInt32(bit)) & 1 == 1
        crc = isSet ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1
      }
    }
    return crc
  }
}
