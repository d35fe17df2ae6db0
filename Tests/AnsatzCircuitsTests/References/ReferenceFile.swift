import Foundation
import Numerics

/// What another simulator computed, from a file of Fixtures/ that its script wrote.
struct ReferenceFile: Decodable {
  struct Gate: Decodable {
    let name: String
    /// Controls and targets, in order.
    let qubits: Int
    let angles: [Double]
    /// Row-major, real and imaginary parts in turn; the first qubit most significant.
    let matrix: [Double]
  }

  struct Template: Decodable {
    let name: String
    let qubits: Int
    let layers: Int
    /// The simulator's own template, or "primitives" if it was built from gates.
    let by: String
    let phase: Phase
    /// Whether the circuit starts with turns of every qubit rather than from |0…0⟩.
    let probe: Bool
    let inputs: [Double]
    let weights: [Double]
    let state: [Double]
  }

  /// Whether the simulator's construction has the same global phase as ours.
  enum Phase: String, Decodable {
    case fixed, free
  }

  let simulator: String
  let version: String
  let script: String
  let gates: [Gate]
  let templates: [Template]

  static let all: [ReferenceFile] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures").standardizedFileURL
    return ["pennylane", "qiskit"].compactMap { name in
      guard let data = try? Data(contentsOf: folder.appending(path: "\(name).json")) else {
        return nil
      }
      return try? JSONDecoder().decode(ReferenceFile.self, from: data)
    }
  }()
}

/// Numbers from real and imaginary parts in turn.
func complexNumbers(_ parts: [Double]) -> [Complex<Double>] {
  stride(from: 0, to: parts.count, by: 2).map { Complex(parts[$0], parts[$0 + 1]) }
}
