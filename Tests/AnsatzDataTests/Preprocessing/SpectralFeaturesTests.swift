import AnsatzData
import AnsatzMath
import Numerics
import Testing

@Suite("Spectral features")
struct SpectralFeaturesTests {
  private func features(
    _ rows: [[Double]], _ step: SpectralFeatures
  ) throws -> (names: [String], rows: [[Double]]) {
    let table = try Table(matrix: Tensor<Double>(rows: rows), source: "series")
    var fitted = step
    try fitted.fit(table)
    let result = try fitted.transform(table)
    let matrix = try result.matrix()
    return (result.columnNames, (0..<matrix.rowCount).map { Array(matrix.row($0)) })
  }

  private func noise(_ count: Int, seed: UInt64) -> [Double] {
    var random = RandomStream(seed: seed, stream: "series")
    return (0..<count).map { _ in random.normal() }
  }

  @Test(
    "A wave of amplitude A and whole turns gives A, and through a Hann window half to each side")
  func wave() throws {
    let (count, turns, size, phase) = (32, 5, 1.7, 0.6)
    let series = (0..<count).map {
      size * Double.cos(2 * .pi * Double(turns * $0) / Double(count) + phase)
    }
    let plain = try features([series], SpectralFeatures(window: .rectangular))
    #expect(plain.names == (0...16).map { "wave\($0)" })
    for (k, value) in plain.rows[0].enumerated() {
      #expect(abs(value - (k == turns ? size : 0)) < 1e-14)
    }
    // hann = ½ - ¼ e^{2πij/N} - ¼ e^{-2πij/N}, of mean ½: 1 at k, ½ beside it.
    let hann = try features([series], SpectralFeatures())
    for (k, value) in hann.rows[0].enumerated() {
      let expected = k == turns ? size : abs(k - turns) == 1 ? size / 2 : 0
      #expect(abs(value - expected) < 1e-14)
    }
  }

  @Test("A constant gives itself at 0, and a value of alternating sign itself at the last place")
  func ends() throws {
    let found = try features(
      [[3, 3, 3, 3], [-2, 2, -2, 2]], SpectralFeatures(window: .rectangular))
    for (a, b) in zip(found.rows.joined(), [3.0, 0, 0, 0, 0, 2]) {
      #expect(abs(a - b) < 1e-15)
    }
  }

  @Test("The power of a frame is that of its waves", arguments: [2, 3, 16, 25])
  func parseval(count: Int) throws {
    let series = noise(count, seed: UInt64(count))
    let waves = try features([series], SpectralFeatures(window: .rectangular)).rows[0]
    let power = waves.enumerated().reduce(0.0) { sum, wave in
      let hasTwin = wave.offset > 0 && 2 * wave.offset < count
      return sum + (hasTwin ? 0.5 : 1) * wave.element * wave.element
    }
    let mean = series.reduce(0) { $0 + $1 * $1 } / Double(count)
    #expect(abs(power - mean) < 1e-14 * Double(count))
  }

  @Test("Frames are what the row holds from hop to hop, each as a row of its own")
  func frames() throws {
    let series = noise(21, seed: 1)
    let step = try SpectralFeatures(frame: 8, hop: 5)
    let found = try features([series], step)
    // Frames begin at 0, 5 and 10; a fourth would end at 23.
    #expect(found.names.count == 15)
    #expect(found.names.first == "frame1 wave0")
    #expect(found.names.last == "frame3 wave4")
    for (place, start) in [0, 5, 10].enumerated() {
      let alone = try features([Array(series[start..<start + 8])], SpectralFeatures())
      #expect(Array(found.rows[0][5 * place..<5 * place + 5]) == alone.rows[0])
    }
    // Half a frame if no hop is given: 0, 4, 8 and 12.
    #expect(try features([series], SpectralFeatures(frame: 8)).names.count == 20)
  }

  @Test("Logarithmic features are log(1 + m)")
  func logarithm() throws {
    let series = noise(12, seed: 3)
    let plain = try features([series], SpectralFeatures()).rows[0]
    let logarithmic = try features([series], SpectralFeatures(isLogarithmic: true)).rows[0]
    for (a, b) in zip(logarithmic, plain) { #expect(abs(a - .log(1 + b)) < 1e-14) }
  }

  @Test("The text of a step says frame, hop, window and scale")
  func parsing() throws {
    func step(_ text: String) throws -> SpectralFeatures {
      try #require(PreprocessingRegistry.step(text) as? SpectralFeatures)
    }
    #expect(try step("spectral") == SpectralFeatures())
    #expect(try step("spectral:64") == SpectralFeatures(frame: 64))
    #expect(
      try step("spectral:64/32+log+rectangular")
        == SpectralFeatures(frame: 64, hop: 32, window: .rectangular, isLogarithmic: true))
    #expect(try step("spectral:log") == SpectralFeatures(isLogarithmic: true))
    for text in ["", "x", "8/", "/8", "8/4/2", "log+8", "8+", "8+hamming"] {
      #expect(
        message { try step("spectral:" + text) }?.contains(
          "does not take '\(text)'; write spectral")
          == true, "\(text)")
    }
    for text in ["1", "0", "-8", "8/0"] {
      #expect(
        message { try step("spectral:" + text) }?.contains("needs frames of 2 values") == true)
    }
  }

  @Test("Rows shorter than a frame are refused, and a saved step does what it did")
  func saved() throws {
    var step = try SpectralFeatures(frame: 8)
    let short = try Table(matrix: Tensor<Double>(rows: [[1, 2, 3]]), source: "short.csv")
    #expect(
      message { try step.fit(short) }
        == "short.csv: 'spectral' takes frames of 8 values, but the rows have 3")
    var pipeline = try Preprocessing(parsing: "spectral:4/2+log")
    let table = try Table(
      matrix: Tensor(shape: [3, 9], elements: noise(27, seed: 5)), source: "series")
    try pipeline.fit(table)
    let restored = try jsonRoundTrip(pipeline)
    #expect(try restored.transform(table) == pipeline.transform(table))
    #expect(restored.outputCount == 9)
  }
}
