import AnsatzMath
import Numerics

extension ComplexMatrix {
  /// A Pauli operator; nil for the identity.
  static func pauli(_ pauli: Pauli?) -> ComplexMatrix {
    switch pauli {
    case nil: .identity(2)
    case .x: ComplexMatrix([[0, 1], [1, 0]])
    case .y: ComplexMatrix([[0, -.i], [.i, 0]])
    case .z: .diagonal([1, -1])
    }
  }

  /// √p times it: a Kraus operator that acts with probability p.
  func weighted(_ probability: Double) -> ComplexMatrix {
    Complex(max(0, probability).squareRoot()) * self
  }
}
