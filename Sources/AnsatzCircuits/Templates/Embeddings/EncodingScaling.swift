import Numerics

/// How the frequency of an encoding grows from one qubit to the next that carries the same feature.
public enum EncodingScaling: String, CaseIterable, Hashable, Sendable {
  /// 1, 1, 1, …: sums of n such frequencies reach n.
  case constant
  /// 1, 2, 3, …: they reach n(n + 1)/2.
  case tower
  /// 1, 2, 4, …: they reach 2ⁿ - 1.
  case exponential

  /// The frequency on the `place`-th qubit of a feature, from 0.
  public func frequency(_ place: Int) -> Double {
    switch self {
    case .constant: 1
    case .tower: Double(place + 1)
    case .exponential: .pow(2, place)
    }
  }
}

/// The qubits with their feature, dealt in turn, and the frequency of each.
func dealtFeatures(
  _ inputs: Inputs, to qubits: some Sequence<Int>, scaling: EncodingScaling
) -> [(qubit: Int, feature: Angle, frequency: Double)] {
  guard inputs.count > 0 else { return [] }
  return qubits.enumerated().map { place, qubit in
    (qubit, inputs[place % inputs.count], scaling.frequency(place / inputs.count))
  }
}
