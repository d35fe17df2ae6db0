import Ansatz

/// The hydrogen molecule in four spin orbitals: both electrons excited together by one angle.
///
/// - Source: McArdle et al., arXiv:1808.10402, section VI.
public func hydrogenMolecule() throws -> Circuit {
  let theta = Weights("theta", 1)
  return try Circuit("hydrogen-molecule", qubits: 4) {
    X(0)
    X(1)
    DoubleExcitation(theta[0], 0, 1, 2, 3)
  }
}
