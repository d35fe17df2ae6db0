/// One rotation a feature: `R_P(x_i)` on the i-th qubit.
///
/// Features beyond the qubits and qubits beyond the features are left alone; give both the same
/// count.
public struct AngleEmbedding: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - axis: The axis of every rotation.
  ///   - scale: What a feature is multiplied by to give an angle in radians.
  public init(
    _ inputs: Inputs, on qubits: some Sequence<Int>, axis: Pauli = .y, scale: Double = 1
  ) {
    operations = zip(qubits, 0..<max(0, inputs.count)).flatMap { qubit, index in
      rotation(about: axis, by: Angle(scale) * inputs[index], on: qubit).operations
    }
  }
}

/// The one-qubit rotation about a Pauli axis.
func rotation(about axis: Pauli, by angle: Angle, on qubit: Int) -> any Gate {
  switch axis {
  case .x: RX(angle, on: qubit)
  case .y: RY(angle, on: qubit)
  case .z: RZ(angle, on: qubit)
  }
}
