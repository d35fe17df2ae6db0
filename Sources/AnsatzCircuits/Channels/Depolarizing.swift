import AnsatzMath
import Numerics

/// Replaces the qubit's state by X, Y or Z of it, each with a third of the probability.
///
/// `ρ → (1 - p)ρ + p/3 (XρX + YρY + ZρZ)`. It shrinks the Bloch vector by `1 - 4p/3`: `p = 3/4`
/// leaves the fully mixed state, `p = 1` turns the vector round.
///
/// A circuit with a channel runs on the density-matrix simulator.
///
/// - Source: Nielsen and Chuang, eq. (8.102).
public struct Depolarizing: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter probability: p, in 0...1.
  public init(probability: Double, on qubit: Int) {
    operations = [
      .channel(
        ChannelOperation(Self.definition, parameters: [probability], qubits: [qubit]))
    ]
  }

  public static let definition = ChannelDefinition(
    name: "Depolarizing", summary: "X, Y or Z, each with probability p/3", symbol: "D",
    problem: { parameters in
      guard parameters.count == 1, (0...1).contains(parameters[0]) else {
        return "probability \(parameters.first ?? .nan) is not in 0...1"
      }
      return nil
    }
  ) { parameters in
    let (none, each) = ((1 - parameters[0]).squareRoot(), (parameters[0] / 3).squareRoot())
    return [
      Complex(none) * ComplexMatrix.identity(2),
      Complex(each) * ComplexMatrix([[0, 1], [1, 0]]),
      Complex(each) * ComplexMatrix([[0, -.i], [.i, 0]]),
      Complex(each) * ComplexMatrix.diagonal([1, -1]),
    ]
  }
}
