import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Foundation
import Numerics
import Testing

/// What other simulators make of a circuit with each channel; the scripts that wrote the files are
/// named in them.
struct ChannelReference: Decodable, Sendable {
  let simulator: String
  let version: String
  let script: String
  let cases: [Case]

  struct Case: Decodable, Sendable {
    let channel: String
    let parameters: [Double]
    let qubits: [Int]
    let real: [Double]
    let imaginary: [Double]

    /// Three qubits with the channel between entangling gates.
    func circuit() throws -> Circuit {
      // |11⟩ decays to |01⟩ with probability 0.3.
      var lower = ComplexMatrix.diagonal([0, 0, 0, 0])
      lower[1, 3] = Complex(0.3.squareRoot())
      let decay = [ComplexMatrix.diagonal([1, 1, 1, Complex(0.7.squareRoot())]), lower]
      let definition =
        channel == "KrausChannel"
        ? KrausChannel.definition(decay) : try StandardChannels.named(channel)
      return try Circuit(qubits: 3) {
        RY(0.7, on: 0)
        RX(1.1, on: 1)
        RY(0.4, on: 2)
        CNOT(control: 0, target: 1)
        CNOT(control: 1, target: 2)
        RZ(0.9, on: 2)
        OperationList([
          .channel(ChannelOperation(definition, parameters: parameters, qubits: qubits))
        ])
        RX(0.5, on: 2)
        CNOT(control: 2, target: 1)
      }
    }

    var matrix: ComplexMatrix {
      ComplexMatrix(
        rows: 8, columns: 8, elements: zip(real, imaginary).map { Complex($0, $1) })
    }
  }

  static let all: [ChannelReference] = ["pennylane", "cirq"].compactMap { name in
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/channels-\(name).json")
    return try? JSONDecoder().decode(ChannelReference.self, from: Data(contentsOf: file))
  }
}

@Suite("Channels against other simulators")
struct ChannelReferenceTests {
  @Test("Two simulators cover every channel")
  func covered() {
    #expect(
      ChannelReference.all.map(\.simulator) == [
        "PennyLane default.mixed", "Cirq DensityMatrixSimulator",
      ])
    for reference in ChannelReference.all {
      for channel in StandardChannels.all + StandardChannels.examples {
        #expect(reference.cases.contains { $0.channel == channel.name }, "\(channel.name)")
      }
    }
  }

  /// They agree with each other to 2e-14.
  @Test("The density matrix is theirs")
  func matrices() throws {
    for reference in ChannelReference.all {
      for item in reference.cases {
        let density = try item.circuit().densityMatrix()
        #expect(
          density.matrix.maximumDifference(from: item.matrix) < 1e-13,
          "\(reference.simulator) \(item.channel) \(item.parameters)")
      }
    }
  }
}
