import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Numerics
import Testing

/// Rounding of some hundred multiplications of numbers up to 1.
private let tolerance = 1e-12

/// Laws that every template of the registry obeys. A new template meets them by being listed.
@Suite("Standard templates")
struct StandardTemplatesTests {
  private static let names = StandardTemplates.all.map(\.name)

  private func values(_ count: Int, _ name: String) -> [Double] {
    var random = RandomStream(seed: 3, stream: name)
    return (0..<count).map { _ in random.uniform(in: -0.9..<0.9) }
  }

  private func isStart(_ template: Template) -> Bool { template.name == "amplitude-embedding" }

  private var turns: OperationList {
    OperationList((0..<4).flatMap { RY(0.7 + Double($0), on: $0).operations })
  }

  @Test("Names are unique, in small letters with hyphens, and have a summary")
  func namesAreUnique() {
    #expect(Set(Self.names).count == Self.names.count)
    for template in StandardTemplates.all {
      #expect(template.name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(template.name)")
      #expect(!template.summary.isEmpty)
    }
    for kind in Template.Kind.allCases {
      #expect(StandardTemplates.all.contains { $0.kind == kind })
    }
  }

  @Test("A template is found by its name, and a wrong name gets a suggestion")
  func named() throws {
    #expect(try StandardTemplates.named("mera").name == "mera")
    #expect { try StandardTemplates.named("strongly-entangled") } throws: {
      "\($0)".contains("unknown template 'strongly-entangled'")
        && "\($0)".contains("'strongly-entangling'")
    }
  }

  @Test("Every template makes a circuit of norm 1 for any number of qubits", arguments: names)
  func anySize(name: String) throws {
    let template = try StandardTemplates.named(name)
    for qubits in 1...6 {
      for layers in 0...2 {
        let circuit = try template.circuit(qubits: qubits, layers: layers)
        let state = try circuit.stateVector(
          inputs: values(circuit.inputCount, name), weights: values(circuit.weightCount, name))
        let norm = state.reduce(0) { $0 + $1.lengthSquared }
        #expect(abs(norm - 1) < tolerance, "\(qubits) qubits, \(layers) layers")
      }
    }
    #expect(throws: CircuitError.self) { try template.circuit(qubits: 0) }
    #expect(throws: CircuitError.self) { try template.circuit(qubits: 63) }
  }

  @Test("Every number that a template declares is used", arguments: names)
  func everyNumberIsUsed(name: String) throws {
    for qubits in [2, 4, 5] {
      let circuit = try StandardTemplates.named(name).circuit(qubits: qubits, layers: 2)
      var used: Set<Symbol> = []
      for operation in circuit.operations {
        if case .amplitudes(let embedding) = operation {
          for i in 0..<embedding.inputs.count { used.formUnion(embedding.inputs[i].symbols) }
        }
        for angle in operation.angles { used.formUnion(angle.symbols) }
      }
      #expect(used.count == circuit.inputCount + circuit.weightCount, "\(qubits) qubits")
    }
  }

  @Test("Every template is undone by its inverse", arguments: names)
  func inverse(name: String) throws {
    let template = try StandardTemplates.named(name)
    let circuit = try template.circuit(qubits: 4, layers: 2)
    guard !isStart(template) else {
      #expect(throws: CircuitError.self) { try circuit.inverse() }
      return
    }
    let both = try Circuit(qubits: 4) {
      turns
      circuit
      Inverse { circuit }
    }
    let state = try both.stateVector(
      inputs: values(circuit.inputCount, name), weights: values(circuit.weightCount, name))
    let start = try Circuit(qubits: 4) { turns }.stateVector()
    for (a, b) in zip(state, start) { #expect((a - b).length < tolerance) }
  }

  @Test("Every template inside Controlled acts where the control is 1", arguments: names)
  func controlled(name: String) throws {
    let template = try StandardTemplates.named(name)
    let circuit = try template.circuit(qubits: 4, layers: 1)
    guard !isStart(template) else {
      #expect(throws: CircuitError.self) {
        try Circuit(qubits: 5) { Controlled(by: 4) { circuit } }
      }
      return
    }
    // (|0⟩ start + |1⟩ result)/√2: phases against the start would show.
    let larger = try Circuit(qubits: 5) {
      turns
      H(4)
      Controlled(by: 4) { circuit }
    }
    let inputs = values(circuit.inputCount, name)
    let weights = values(circuit.weightCount, name)
    let state = try larger.stateVector(inputs: inputs, weights: weights)
    let start = try Circuit(qubits: 4) { turns }.stateVector()
    let end = try Circuit(qubits: 4) {
      turns
      circuit
    }.stateVector(inputs: inputs, weights: weights)
    let half = Complex(0.5.squareRoot())
    for j in 0..<16 {
      #expect((state[2 * j] - half * start[j]).length < tolerance)
      #expect((state[2 * j + 1] - half * end[j]).length < tolerance)
    }
  }

  @Test("Every template can be drawn", arguments: names)
  func drawing(name: String) throws {
    let circuit = try StandardTemplates.named(name).circuit(qubits: 4, layers: 2)
    let text = TextDiagram(circuit).description
    #expect(text.split(separator: "\n").count >= 4)
    #expect(SVGDiagram(circuit).description.hasSuffix("</svg>"))
  }

  @Test("Every template survives OpenQASM 3, its inputs and weights too", arguments: names)
  func openQASM(name: String) throws {
    let template = try StandardTemplates.named(name)
    let circuit = try template.circuit(qubits: 4, layers: 2)
    guard !isStart(template) else {
      #expect(throws: AnsatzError.self) { try OpenQASM.write(circuit, version: .v3) }
      return
    }
    let text = try OpenQASM.write(circuit, version: .v3)
    let back = try OpenQASM.read(text, name: name).circuit
    #expect(back.inputCount == circuit.inputCount && back.weightCount == circuit.weightCount)
    let inputs = values(circuit.inputCount, name)
    let weights = values(circuit.weightCount, name)
    func state(_ own: Circuit) throws -> [Complex<Double>] {
      try Circuit(qubits: 4) {
        turns
        own
      }.stateVector(inputs: inputs, weights: weights)
    }
    // Up to a global phase the overlap of equal states is 1.
    let overlap = zip(try state(circuit), try state(back)).reduce(Complex<Double>.zero) {
      $0 + $1.0.conjugate * $1.1
    }
    #expect(abs(overlap.length - 1) < tolerance)
  }

  /// Shapes as the doc comments state them, on four qubits with two layers.
  @Test(
    "Weights have the shapes that the comments state",
    arguments: [
      ("qaoa-embedding", ["uploading[2, 8]"]),
      ("data-reuploading", ["reuploading.scale[2, 4, 3]", "reuploading.shift[2, 4, 3]"]),
      ("basic-entangler", ["entangler[2, 4]"]),
      ("strongly-entangling", ["strong[2, 4, 3]"]),
      ("hardware-efficient", ["hardware[3, 4, 2]"]),
      ("real-amplitudes", ["real[3, 4]"]),
      ("efficient-su2", ["su2[3, 2, 4]"]),
      ("two-local", ["local[3, 2, 4]", "local.entangler[2, 1, 6]"]),
      ("simplified-two-design", ["design.initial[4]", "design[2, 3, 2]"]),
      ("brickwork", ["brick[2, 3, 15]"]),
      ("alternating-layered", ["alternating[2, 4]"]),
      ("random-layers", ["random[2, 8]"]),
      ("identity-blocks", ["identity[2, 2, 2, 4, 3]"]),
      ("qaoa", ["qaoa[2, 2]"]),
      ("hamiltonian-variational", ["hamiltonian[2, 3]"]),
      ("qcnn-convolution", ["convolution[15]"]),
      ("qcnn-pooling", ["pooling[2]"]),
      ("qcnn", ["qcnn.convolution[2, 15]", "qcnn.pooling[2, 2]"]),
      ("matrix-product-state", ["mps[3, 2]"]),
      ("tree-tensor-network", ["tree[3, 2]"]),
      ("mera", ["mera[4, 2]"]),
      ("particle-conserving", ["particles[2, 3]", "particles.pairs[2, 1]"]),
      ("sim-10", ["sim[3, 4]"]),
      ("zz-feature-map", []), ("state-preparation", []), ("trotter-4", []),
    ])
  func shapes(name: String, expected: [String]) throws {
    let circuit = try StandardTemplates.named(name).circuit(qubits: 4, layers: 2)
    #expect(circuit.weights.map(\.description) == expected)
  }
}
