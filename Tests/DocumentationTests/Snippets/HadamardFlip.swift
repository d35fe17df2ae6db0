import AnsatzCircuits
import AnsatzMath
import Numerics

/// Applies H with a probability.
///
/// `ρ → (1 - p)ρ + p HρH`.
public struct HadamardFlip: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter probability: p, in 0...1.
  public init(probability: Double, on qubit: Int) {
    operations = [
      .channel(
        ChannelOperation(Self.definition, parameters: [probability], qubits: [qubit]))
    ]
  }

  public static let definition = ChannelDefinition(
    name: "HadamardFlip", summary: "H with probability p", symbol: "HF",
    parameters: ["probability"],
    problem: { (0...1).contains($0[0]) ? nil : "probability \($0[0]) is not in 0...1" }
  ) { parameters in
    let (p, h) = (parameters[0], Complex(0.5.squareRoot()))
    return [
      Complex((1 - p).squareRoot()) * .identity(2),
      Complex(p.squareRoot()) * ComplexMatrix([[h, h], [h, -h]]),
    ]
  }
}
