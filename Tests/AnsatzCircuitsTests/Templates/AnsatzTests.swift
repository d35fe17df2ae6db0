import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Numerics
import Testing

/// Rounding of some hundred multiplications of numbers up to 1.
private let tolerance = 1e-12

@Suite("Ansätze")
struct AnsatzTests {
  private func values(_ count: Int, seed: UInt64) -> [Double] {
    var random = RandomStream(seed: seed, stream: "weights")
    return (0..<count).map { _ in random.uniform(in: -3..<3) }
  }

  @Test("Identity blocks are the identity at their initial weights, and only there")
  func initialIdentity() throws {
    let turns = OperationList((0..<3).flatMap { RY(0.4 + Double($0), on: $0).operations })
    let start = try Circuit(qubits: 3) { turns }.stateVector()
    let circuit = try Circuit(qubits: 3) {
      turns
      IdentityBlocks(blocks: 2, depth: 2, on: 0..<3)
    }
    var random = RandomStream(seed: 1)
    let initial = IdentityBlocks.initialWeights(blocks: 2, depth: 2, qubits: 3, using: &random)
    #expect(initial.count == circuit.weightCount)
    #expect(Set(initial).count == circuit.weightCount / 2)
    func distance(_ weights: [Double]) throws -> Double {
      zip(try circuit.stateVector(weights: weights), start).map { ($0 - $1).length }.max() ?? 0
    }
    #expect(try distance(initial) < tolerance)
    #expect(try distance(initial.map { $0 * $0 }) < tolerance)
    #expect(try distance(values(initial.count, seed: 2)) > 0.1)
  }

  @Test("Excitations keep the number of ones and reach every state with it", arguments: 0...5)
  func particles(count: Int) throws {
    let circuit = try Circuit(qubits: 5) {
      ParticleConserving(particles: count, layers: 4, on: 0..<5)
    }
    let probabilities = try circuit.probabilities(weights: values(circuit.weightCount, seed: 7))
    for (index, probability) in probabilities.enumerated() {
      if index.nonzeroBitCount == count {
        #expect(probability > 1e-6, "state \(index)")
      } else {
        #expect(probability < 1e-28, "state \(index)")
      }
    }
  }

  @Test("Real templates keep real amplitudes")
  func real() throws {
    for name in ["real-amplitudes", "simplified-two-design", "alternating-layered", "mera"] {
      let circuit = try StandardTemplates.named(name).circuit(qubits: 4, layers: 2)
      let state = try circuit.stateVector(weights: values(circuit.weightCount, seed: 3))
      #expect(state.allSatisfy { abs($0.imaginary) < tolerance }, "\(name)")
    }
  }

  @Test("One layer of QAOA on one edge gives the textbook energy")
  func qaoa() throws {
    // ⟨Z Z⟩ = sin 4β sin 2γ: the mixer turns ZZ into cos 2β sin 2β (ZY + YZ), the cost those into X.
    let circuit = try Circuit(qubits: 2) { QAOA(cost: Z(0) * Z(1), layers: 1, on: 0..<2) }
    for (gamma, beta) in [(0.3, 0.7), (-1.1, 0.2)] {
      let energy = try circuit.expectation(of: Z(0) * Z(1), weights: [gamma, beta])
      let expected = Double.sin(4 * beta) * Double.sin(2 * gamma)
      #expect(abs(energy - expected) < tolerance)
    }
    let mixer: PauliSum = 0.5 * X(0) + Z(0)
    let mixed = QAOA(cost: Z(0), layers: 1, on: 0..<1, mixer: mixer)
    #expect(mixed.operations.map(\.name) == ["H", "RZ", "RX", "RZ"])
  }

  /// Numbers of weights from the paper's Table 2, with n qubits and L layers.
  @Test("The nineteen circuits have the published numbers of weights", arguments: 1...19)
  func simCounts(number: Int) throws {
    for n in 2...6 {
      for layers in 1...3 {
        let circuit = try Circuit(qubits: n) { SimCircuit(number, layers: layers, on: 0..<n) }
        let expected =
          switch number {
          case 1, 2, 15: 2 * n * layers
          case 3, 4, 16, 17: (3 * n - 1) * layers
          case 5, 6: (n * n + 3 * n) * layers
          case 7, 8: (5 * n - 1) * layers
          case 9: n * layers
          case 10: n * layers + n
          case 11, 12: (4 * n - 4) * layers
          case 13, 14: 4 * n * layers
          default: 3 * n * layers
          }
        #expect(circuit.weightCount == expected, "\(n) qubits, \(layers) layers")
      }
    }
  }

  @Test("Random layers follow their seed")
  func randomLayers() throws {
    func names(_ seed: UInt64) -> [String] {
      RandomLayers(layers: 3, rotations: 5, on: 0..<4, seed: seed).operations.map {
        "\($0.name) \($0.qubits)"
      }
    }
    #expect(names(1) == names(1))
    #expect(names(1) != names(2))
    let rotations = names(1).filter { !$0.hasPrefix("CNOT") }
    #expect(rotations.count == 15)
    #expect(RandomLayers(layers: 2, on: 0..<3, ratio: 0).operations.count == 6)
  }

  @Test("Alternating layers move their blocks by half a width")
  func alternating() {
    let layered = AlternatingLayered(layers: 2, on: 0..<6, width: 4)
    let pairs = layered.operations.filter { $0.name == "CZ" }.map(\.qubits)
    #expect(pairs == [[0, 1], [1, 2], [2, 3], [4, 5], [0, 1], [2, 3], [3, 4], [4, 5]])
  }

  @Test("Trees and MERA join the qubits that their comments list")
  func trees() {
    func pairs(_ component: some CircuitComponent) -> [[Int]] {
      component.operations.filter { $0.name == "CNOT" }.map(\.qubits)
    }
    let leaves = [[0, 1], [2, 3], [4, 5], [6, 7]]
    let branches = [[1, 3], [5, 7]]
    let tree: [[Int]] = leaves + branches + [[3, 7]]
    #expect(pairs(TreeTensorNetwork(on: 0..<8)) == tree)
    let between = [[1, 2], [3, 4], [5, 6]]
    let mera: [[Int]] = [between, leaves, [[3, 5]], branches, [[3, 7]]].flatMap { $0 }
    #expect(pairs(MERA(on: 0..<8)) == mera)
    #expect(pairs(TreeTensorNetwork(on: [5, 2, 9])) == [[5, 2], [2, 9]])
  }

  @Test("Pooling halves the qubits and a QCNN ends on the first")
  func qcnn() throws {
    #expect(QCNNPooling(on: 0..<5).remaining == [0, 2, 4])
    let circuit = try Circuit(qubits: 8) { QCNN(on: 0..<8) }
    #expect(circuit.operations.last?.qubits == [4, 0])
    // Of the pooling's two turns one acts: RX where the source is 0, RZ where it is 1.
    let pool = try Circuit(qubits: 2) {
      H(0)
      X(1)
      QCNNPooling(on: 0..<2)
    }
    #expect(abs(try pool.expectation(of: X(0), weights: [0.8, 5]) - Double.cos(0.8)) < tolerance)
  }

  @Test("The general block reaches any two-qubit state's entanglement, the real one RY and CNOT")
  func blocks() {
    #expect(PairBlock.allCases.map(\.weightCount) == [2, 15])
    #expect(
      MatrixProductState(on: 0..<2, block: .real).operations.map(\.name) == ["RY", "RY", "CNOT"])
    #expect(
      Brickwork(layers: 1, on: 0..<2).operations.map(\.name) == [
        "Rot", "Rot", "RXX", "RYY", "RZZ", "Rot", "Rot",
      ])
  }

  @Test("Prefixes let two templates of one kind stand in a circuit")
  func prefixes() throws {
    let circuit = try Circuit(qubits: 3) {
      RealAmplitudes(layers: 1, on: 0..<3, prefix: "a")
      RealAmplitudes(layers: 2, on: 0..<3, prefix: "b")
    }
    #expect(circuit.weights.map(\.description) == ["a[2, 3]", "b[3, 3]"])
    #expect {
      try Circuit(qubits: 3) {
        RealAmplitudes(layers: 1, on: 0..<3)
        RealAmplitudes(layers: 2, on: 0..<3)
      }
    } throws: { "\($0)".contains("clash") }
  }

  @Test("What an ansatz cannot be made of is refused with a remedy")
  func refusals() {
    let infinite: PauliSum = Double.infinity * Z(0)
    let undefined: PauliSum = Double.nan * Z(0)
    let cases: [(any CircuitComponent, String)] = [
      (SimCircuit(20, layers: 1, on: 0..<2), "there is no circuit 20; use 1...19"),
      (QAOA(cost: X(0), layers: 1, on: 0..<2), "X0 in the cost is not diagonal"),
      (
        QAOA(cost: infinite, layers: 1, on: 0..<2),
        "the coefficient inf of Z0 is not finite"
      ),
      (
        HamiltonianVariational([undefined], layers: 1), "the coefficient nan of Z0 is not finite"
      ),
      (
        ParticleConserving(particles: 3, layers: 1, on: 0..<2), "3 particles on 2 qubits; use 0...2"
      ),
      (RandomLayers(layers: 1, on: 0..<2, ratio: 1), "the ratio 1.0 of CNOTs; use 0...0.9"),
      (AlternatingLayered(layers: 1, on: 0..<2, width: 1), "blocks of 1 qubits; use at least 2"),
      (
        TwoLocal(rotations: [CNOT.definition], layers: 1, on: 0..<2),
        "CNOT does not act on one qubit; use rotations such as RY"
      ),
      (
        TwoLocal(entanglers: [Toffoli.definition], layers: 1, on: 0..<2),
        "Toffoli does not act on two qubits; use entanglers such as CNOT"
      ),
    ]
    for (component, message) in cases {
      #expect {
        try Circuit(qubits: 2, operations: component.operations)
      } throws: { "\($0)".contains(message) }
    }
  }

  @Test("No qubits, no layers and no inputs make no operations")
  func nothing() {
    let none: [Int] = []
    let x = Inputs("x", -1)
    let components: [any CircuitComponent] = [
      AngleEmbedding(x, on: 0..<2), IQPEmbedding(x, on: 0..<2), ZZFeatureMap(x, on: 0..<2),
      FourierEmbedding(x, on: 0..<2), QAOAEmbedding(x, layers: 1, on: none),
      IQPEmbedding(Inputs("x", 2), on: 0..<2, repeats: -1),
      DataReuploading(x, layers: -1, on: 0..<2), BasicEntangler(layers: -1, on: 0..<2),
      StronglyEntangling(layers: -1, on: 0..<2), HardwareEfficient(layers: -1, on: none),
      RealAmplitudes(layers: -1, on: none), EfficientSU2(layers: -1, on: none),
      TwoLocal(layers: -1, on: 0..<2, closes: false), SimplifiedTwoDesign(layers: -1, on: none),
      Brickwork(layers: -1, on: 0..<2), AlternatingLayered(layers: -1, on: 0..<2),
      RandomLayers(layers: 2, rotations: -1, on: 0..<2), RandomLayers(layers: 2, on: none),
      IdentityBlocks(blocks: -1, depth: -1, on: 0..<2), QAOA(cost: Z(0), layers: -1, on: none),
      HamiltonianVariational([PauliSum([(1, PauliString([(.z, 0)]))])], layers: -1), QCNN(on: none),
      QCNNConvolution(on: [0]), QCNNPooling(on: [0]), MatrixProductState(on: none),
      TreeTensorNetwork(on: [0]), MERA(on: none), Evolution(under: PauliSum([]), time: 1),
      ParticleConserving(particles: 0, layers: -1, on: 0..<2),
    ]
    for component in components { #expect(component.operations.isEmpty, "\(component)") }
    for number in 1...19 where number != 10 {
      #expect(SimCircuit(number, layers: -1, on: 0..<2).operations.isEmpty)
      #expect(SimCircuit(number, layers: 2, on: none).operations.isEmpty)
    }
  }
}
