import AnsatzMath
import AnsatzSettings
import Numerics

/// Every template there is. A new one is one file and one line here; drawings, references and tests
/// follow from the list.
public enum StandardTemplates {
  /// Every example, in the order of listings.
  public static let all: [Template] =
    [
      .init("basis-embedding", .embedding, "RX(π x) on every qubit, or constant bits") { n, _ in
        BasisEmbedding(Inputs("x", n), on: 0..<n)
      },
      .init("angle-embedding", .embedding, "one rotation a feature") { n, _ in
        AngleEmbedding(Inputs("x", n), on: 0..<n)
      },
      .init("amplitude-embedding", .embedding, "the sample as the start state") { n, _ in
        AmplitudeEmbedding(Inputs("x", (1 << min(n, 20)) - 1), on: 0..<n, padding: 0.5)
      },
      .init("iqp-embedding", .embedding, "features and their products as Z rotations") {
        n, layers in
        IQPEmbedding(Inputs("x", n), on: 0..<n, repeats: layers)
      },
      .init("z-feature-map", .embedding, "H and Z rotations by the features, repeated") {
        n, layers in
        ZFeatureMap(Inputs("x", n), on: 0..<n, repeats: layers)
      },
      .init("zz-feature-map", .embedding, "Z rotations by features and pairs, repeated") {
        n, layers in
        ZZFeatureMap(Inputs("x", n), on: 0..<n, repeats: layers)
      },
      .init("pauli-feature-map", .embedding, "rotations about any Pauli words") { n, layers in
        PauliFeatureMap(
          Inputs("x", n), words: ["Y", "ZX", "ZYI"], on: 0..<n, repeats: layers,
          entanglement: .circular, scale: 1.5)
      },
      .init("qaoa-embedding", .embedding, "features as RX and a trained Ising model") { n, layers in
        QAOAEmbedding(Inputs("x", n), layers: layers, on: 0..<n)
      },
      .init("fourier-embedding-constant", .embedding, "rotations by the feature") { n, _ in
        FourierEmbedding(Inputs("x", 1), on: 0..<n)
      },
      .init("fourier-embedding-tower", .embedding, "rotations by 1, 2, 3, … times it") { n, _ in
        FourierEmbedding(Inputs("x", 1), on: 0..<n, scaling: .tower)
      },
      .init("fourier-embedding-exponential", .embedding, "rotations by 1, 2, 4, … times it") {
        n, _ in
        FourierEmbedding(Inputs("x", 1), on: 0..<n, scaling: .exponential)
      },
      .init("chebyshev-embedding-constant", .embedding, "rotations by 2 acos of the feature") {
        n, _ in
        ChebyshevEmbedding(Inputs("x", 1), on: 0..<n)
      },
      .init("chebyshev-embedding-tower", .embedding, "rotations by 2, 4, 6, … times acos") { n, _ in
        ChebyshevEmbedding(Inputs("x", 1), on: 0..<n, scaling: .tower)
      },
      .init("chebyshev-embedding-exponential", .embedding, "rotations by 2, 4, 8, … acos") { n, _ in
        ChebyshevEmbedding(Inputs("x", 1), on: 0..<n, scaling: .exponential)
      },
      .init("data-reuploading", .embedding, "features scaled and shifted in every layer") {
        n, layers in
        DataReuploading(Inputs("x", 3 * n), layers: layers, on: 0..<n)
      },
      .init("basic-entangler", .ansatz, "one rotation a qubit and a ring of CNOT") { n, layers in
        BasicEntangler(layers: layers, on: 0..<n)
      },
      .init("strongly-entangling", .ansatz, "Rot and CNOTs of growing reach") { n, layers in
        StronglyEntangling(layers: layers, on: 0..<n)
      },
      .init("hardware-efficient", .ansatz, "RY, RZ and a chain of CZ") { n, layers in
        HardwareEfficient(layers: layers, on: 0..<n)
      },
      .init("real-amplitudes", .ansatz, "RY and CNOT") { n, layers in
        RealAmplitudes(layers: layers, on: 0..<n)
      },
      .init("efficient-su2", .ansatz, "RY, RZ and CNOT") { n, layers in
        EfficientSU2(layers: layers, on: 0..<n)
      },
      .init("two-local", .ansatz, "any rotations and any entanglers") { n, layers in
        TwoLocal(
          rotations: [RX.definition, H.definition, RZ.definition],
          entanglers: [CRX.definition, CZ.definition], entanglement: .full, layers: layers,
          on: 0..<n)
      },
      .init("simplified-two-design", .ansatz, "CZ and RY on neighbours in turn") { n, layers in
        SimplifiedTwoDesign(layers: layers, on: 0..<n)
      },
      .init("brickwork", .ansatz, "general two-qubit blocks like bricks of a wall") { n, layers in
        Brickwork(layers: layers, on: 0..<n)
      },
      .init("alternating-layered", .ansatz, "RY and CZ in blocks that move") { n, layers in
        AlternatingLayered(layers: layers, on: 0..<n, width: 4)
      },
      .init("random-layers", .ansatz, "seeded rotations and CNOTs") { n, layers in
        RandomLayers(layers: layers, rotations: 2 * n, on: 0..<n, seed: 7)
      },
      .init("identity-blocks", .ansatz, "U and its inverse with weights of their own") {
        n, layers in
        IdentityBlocks(blocks: layers, depth: 2, on: 0..<n)
      },
      .init("qaoa", .ansatz, "a diagonal cost and a mixer in turn") { n, layers in
        QAOA(cost: exampleCost(n), layers: layers, on: 0..<n)
      },
      .init("hamiltonian-variational", .ansatz, "the parts of a Hamiltonian in turn") { n, layers in
        HamiltonianVariational(exampleParts(n), layers: layers)
      },
      .init("qcnn-convolution", .ansatz, "one two-qubit block on all neighbours") { n, _ in
        QCNNConvolution(on: 0..<n)
      },
      .init("qcnn-pooling", .ansatz, "every second qubit steers its neighbour") { n, _ in
        QCNNPooling(on: 0..<n)
      },
      .init("qcnn", .ansatz, "convolution and pooling down to one qubit") { n, _ in
        QCNN(on: 0..<n)
      },
      .init("matrix-product-state", .ansatz, "blocks down a chain") { n, _ in
        MatrixProductState(on: 0..<n)
      },
      .init("tree-tensor-network", .ansatz, "blocks up a binary tree") { n, _ in
        TreeTensorNetwork(on: 0..<n)
      },
      .init("mera", .ansatz, "a tree with entanglers between its pairs") { n, _ in
        MERA(on: 0..<n)
      },
      .init("particle-conserving", .ansatz, "excitations that keep the number of ones") {
        n, layers in
        ParticleConserving(particles: n / 2, layers: layers, on: 0..<n)
      },
    ]
    + (1...19).map { number in
      .init("sim-\(number)", .ansatz, "circuit \(number) of arXiv:1905.10876") { n, layers in
        SimCircuit(number, layers: layers, on: 0..<n)
      }
    } + [
      .init("state-preparation", .preparation, "any state from its amplitudes") { n, _ in
        StatePreparation(exampleAmplitudes(min(n, 20)), on: 0..<n)
      },
      .init("trotter-1", .evolution, "a Pauli sum by the first-order formula") { n, layers in
        Evolution(under: exampleHamiltonian(n), time: 0.7, steps: max(1, layers))
      },
      .init("trotter-2", .evolution, "a Pauli sum by the second-order formula") { n, layers in
        Evolution(under: exampleHamiltonian(n), time: 0.7, steps: max(1, layers), order: 2)
      },
      .init("trotter-4", .evolution, "a Pauli sum by the fourth-order formula") { n, layers in
        Evolution(under: exampleHamiltonian(n), time: 0.7, steps: max(1, layers), order: 4)
      },
    ]

  /// The template of a name.
  ///
  /// - Throws: `AnsatzError` that suggests the nearest name.
  public static func named(_ name: String) throws(AnsatzError) -> Template {
    try Catalogue("template", all) { $0.name }.named(name)
  }

  /// An Ising chain in fields: `Σ (0.5 + 0.1 i) Z_i Z_{i+1} - 0.3 Z_i` and 0.2 times the identity.
  private static func exampleCost(_ n: Int) -> PauliSum {
    let bonds = (0..<n - 1).map { (0.5 + 0.1 * Double($0), PauliString([(.z, $0), (.z, $0 + 1)])) }
    return PauliSum(bonds + (0..<n).map { (-0.3, PauliString([(.z, $0)])) } + [(0.2, .identity)])
  }

  /// The parts of the transverse Ising chain: bonds from even places, from odd ones, the field.
  private static func exampleParts(_ n: Int) -> [PauliSum] {
    func bonds(from first: Int) -> PauliSum {
      PauliSum(
        stride(from: first, to: n - 1, by: 2).map { (1, PauliString([(.z, $0), (.z, $0 + 1)])) })
    }
    let field = PauliSum((0..<n).map { (0.8, PauliString([(.x, $0)])) })
    return [bonds(from: 0), bonds(from: 1)].filter { !$0.terms.isEmpty } + [field]
  }

  /// `Σ X_i Y_{i+1} + (0.5 + 0.1 i) Z_i Z_{i+1} + 0.4 X_i - 0.2 Z_i` and 0.3 times the identity.
  private static func exampleHamiltonian(_ n: Int) -> PauliSum {
    var terms: [(Double, PauliString)] = []
    for i in 0..<n - 1 {
      terms.append((1, PauliString([(.x, i), (.y, i + 1)])))
      terms.append((0.5 + 0.1 * Double(i), PauliString([(.z, i), (.z, i + 1)])))
    }
    for i in 0..<n {
      terms.append((0.4, PauliString([(.x, i)])))
      terms.append((-0.2, PauliString([(.z, i)])))
    }
    return PauliSum(terms + [(0.3, .identity)])
  }

  /// `√((j + 1)/Σ) e^{i j²/5}`.
  private static func exampleAmplitudes(_ n: Int) -> [Complex<Double>] {
    let count = 1 << n
    let total = Double(count) * Double(count + 1) / 2
    return (0..<count).map {
      Complex(length: (Double($0 + 1) / total).squareRoot(), phase: Double($0 * $0) / 5)
    }
  }
}
