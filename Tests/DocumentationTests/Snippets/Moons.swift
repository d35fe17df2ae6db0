import Ansatz

@testable import AnsatzData

/// What the C file of docs/adding-a-dataset.md would give.
private func ansatz_moons_csv(_ length: UnsafeMutablePointer<Int>) -> UnsafePointer<UInt8>? {
  length.pointee = moons.count
  return UnsafePointer(moons.baseAddress)
}

// Written once, never changed.
nonisolated(unsafe) private let moons: UnsafeMutableBufferPointer<UInt8> = {
  let text = "x,y,label\n1,0,up\n0,1,up\n-1,0,up\n0,0.5,down\n1,-0.5,down\n2,0.5,down\n"
  let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
  _ = bytes.initialize(from: text.utf8)
  return bytes
}()

extension EmbeddedDatasets {
  static let moons = EmbeddedDataset(
    name: "moons",
    summary: "two half circles that reach into each other",
    rowCount: 6, featureCount: 2, classCount: 2,
    origin: "made for this page",
    licence: "CC0 1.0",
    bytes: { ansatz_moons_csv($0) })
}
