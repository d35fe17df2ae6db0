import AnsatzMath
import Numerics

/// A channel on k qubits as a real matrix on Pauli coefficients: `r'_a = Σ_b R_ab r_b`, where
/// `r_a = Tr(ρ P_a)`.
///
/// Pauli words are numbers in base 4, a digit a qubit, the first qubit most significant: I = 0, X = 1,
/// Y = 2, Z = 3.
struct PauliTransfer: Sendable {
  let qubitCount: Int
  /// `[4ᵏ, 4ᵏ]`, row-major.
  let elements: [Double]

  var order: Int { 1 << (2 * qubitCount) }

  /// `R_ab = 2^(-k) Σ_K Tr(P_a K P_b K†)`; entries that are zero to rounding are zero.
  init(kraus: [ComplexMatrix]) { self.init(pairs: kraus.map { ($0, $0) }) }

  /// The same for the map `ρ → Σ A ρ B†`, if it takes Hermitian matrices to Hermitian ones.
  init(pairs: [(left: ComplexMatrix, right: ComplexMatrix)]) {
    let size = pairs.first?.left.rows ?? 1
    qubitCount = size.trailingZeroBitCount
    let order = size * size
    let words = (0..<order).map { PauliWord($0, qubitCount: size.trailingZeroBitCount) }
    var elements = [Double](repeating: 0, count: order * order)
    for b in 0..<order {
      var image = [Complex<Double>](repeating: 0, count: order)
      for (matrix, right) in pairs {
        for row in 0..<size {
          for j in 0..<size {
            // Column j of A P_b is column j ^ x of A times the phase of P_b at j.
            let left = matrix[row, j ^ words[b].x] * words[b].phase(j)
            if left == 0 { continue }
            for column in 0..<size {
              image[row * size + column] += left * right[column, j].conjugate
            }
          }
        }
      }
      for a in 0..<order {
        var trace = 0.0
        for i in 0..<size {
          trace += (words[a].phase(i) * image[i * size + (i ^ words[a].x)]).real
        }
        let value = trace / Double(size)
        elements[a * order + b] = abs(value) < 1e-15 ? 0 : value
      }
    }
    self.elements = elements
  }

  private init(qubitCount: Int, elements: [Double]) {
    self.qubitCount = qubitCount
    self.elements = elements
  }

  static let identity = PauliTransfer(kraus: [.identity(2)])

  /// This one after the other.
  func after(_ other: PauliTransfer) -> PauliTransfer {
    var product = [Double](repeating: 0, count: elements.count)
    for a in 0..<order {
      for c in 0..<order {
        let left = elements[a * order + c]
        if left == 0 { continue }
        for b in 0..<order { product[a * order + b] += left * other.elements[c * order + b] }
      }
    }
    return PauliTransfer(qubitCount: qubitCount, elements: product)
  }

  /// Takes observables back to before the channel.
  var transposed: PauliTransfer {
    var result = elements
    for a in 0..<order {
      for b in 0..<order { result[b * order + a] = elements[a * order + b] }
    }
    return PauliTransfer(qubitCount: qubitCount, elements: result)
  }

  /// For each row its one column and weight, if no row has two entries: a Clifford gate, or a
  /// channel that shrinks each coefficient by itself.
  var monomial: [(source: Int, weight: Double)]? {
    var list: [(Int, Double)] = []
    for a in 0..<order {
      let filled = (0..<order).filter { elements[a * order + $0] != 0 }
      guard filled.count <= 1 else { return nil }
      list.append(filled.first.map { ($0, elements[a * order + $0]) } ?? (a, 0))
    }
    return list
  }
}

/// `P|j⟩ = phase(j) |j ^ x⟩`.
private struct PauliWord {
  let x: Int
  private let z: Int
  private let power: Complex<Double>

  init(_ number: Int, qubitCount: Int) {
    var (x, z, count) = (0, 0, 0)
    for place in 0..<qubitCount {
      switch number >> (2 * place) & 3 {
      case 1: x |= 1 << place
      case 2:
        x |= 1 << place
        z |= 1 << place
        count += 1
      case 3: z |= 1 << place
      default: break
      }
    }
    (self.x, self.z) = (x, z)
    power = [1, .i, -1, -.i][count % 4]
  }

  func phase(_ j: Int) -> Complex<Double> { (j & z).nonzeroBitCount & 1 == 0 ? power : -power }
}
