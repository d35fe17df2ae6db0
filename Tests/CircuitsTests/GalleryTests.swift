import Ansatz
import Circuits
import Numerics
import Testing

@Suite("The gallery")
struct GalleryTests {
  @Test("Every circuit has a name of its own")
  func names() throws {
    let names = try Gallery.all().map(\.name)
    #expect(names.count >= 20)
    #expect(Set(names).count == names.count)
    #expect(!names.contains(""))
  }

  @Test("The Bell pair is (|00⟩ + |11⟩)/√2")
  func bell() throws {
    let state = try bellPair().stateVector()
    let half = 0.5
    let expected = [half.squareRoot(), 0, 0, half.squareRoot()]
    for (a, b) in zip(state, expected) { #expect(abs(a.real - b) + abs(a.imaginary) < 1e-15) }
  }

  @Test("The entangled states are what they are called")
  func states() throws {
    let ghz = try ghz().probabilities()
    #expect(abs(ghz[0] - 0.5) < 1e-15 && abs(ghz[15] - 0.5) < 1e-15)
    let amplitudes = try wState().stateVector()
    for index in [1, 2, 4, 8] { #expect(abs(amplitudes[index].real - 0.5) < 1e-15) }
    let swapped = try entanglementSwapping()
    for observable in [X(0) * X(3), Z(0) * Z(3), -1.0 * Y(0) * Y(3)] {
      #expect(try abs(swapped.expectation(of: observable) - 1) < 1e-14)
    }
  }

  @Test("The algorithms find what they look for")
  func algorithms() throws {
    #expect(try superdenseCoding().outcomes().keys.sorted() == ["10"])
    #expect(try abs(superdenseCoding().outcomes()["10"] ?? 0) > 1 - 1e-14)
    #expect(try deutschJozsa().outcomes()["000"] == nil)
    // s₀s₁s₂s₃ = 1011, the highest bit of a register first.
    #expect(try abs((bernsteinVazirani().outcomes()["1101"] ?? 0) - 1) < 1e-14)
    let simon = try simon().outcomes()
    #expect(simon.count == 4)
    for outcome in simon.keys {
      // y₀ + y₁ is even; they are the last two letters.
      let bits = Array(outcome)
      #expect(bits[2] == bits[1])
    }
    #expect(try abs(grover().probabilities()[0b101] - 121.0 / 128) < 1e-14)
    #expect(try abs((phaseEstimation().outcomes()["0101"] ?? 0) - 1) < 1e-13)
    #expect(try abs((iterativePhaseEstimation().outcomes()["0101"] ?? 0) - 1) < 1e-13)
    #expect(try abs((rippleCarryAdder().outcomes()["101"] ?? 0) - 1) < 1e-14)
    let fourier = try fourierTransform().stateVector()
    for (k, amplitude) in fourier.enumerated() {
      let angle = 2 * Double.pi * 5 * Double(k) / 16
      #expect(abs(amplitude.real - .cos(angle) / 4) < 1e-14)
      #expect(abs(amplitude.imaginary - .sin(angle) / 4) < 1e-14)
    }
  }

  @Test("What is sent, protected or retried arrives")
  func protocols() throws {
    let sent = try Circuit(qubits: 1) {
      RY(0.7, on: 0)
      RZ(1.9, on: 0)
    }
    for (a, b) in [(X(2).pauliSum, X(0).pauliSum), (Y(2).pauliSum, Y(0).pauliSum)] {
      let arrived = try teleportation().expectation(of: a, inputs: [0.7, 1.9])
      #expect(try abs(arrived - sent.expectation(of: b)) < 1e-14)
    }
    let corrected = try bitFlipCode().expectation(of: Z(0), inputs: [0.7])
    #expect(abs(corrected - .cos(0.7)) < 1e-14)
    let overlap = try swapTest().expectation(of: Z(0), inputs: [0.4, 1.5])
    #expect(abs(overlap - .pow(.cos(0.55), 2)) < 1e-14)
    // Three tries fail together with probability (3/8)³; then Z is left, else the turn by the angle
    // with cosine 3/5.
    let failure = 27.0 / 512
    let tried = try repeatUntilSuccess()
    #expect(try abs((tried.outcomes()["00"] ?? 0) - (1 - failure)) < 1e-14)
    #expect(
      try abs(tried.expectation(of: X(2)) - ((1 - failure) * 0.6 - failure)) < 1e-13)
  }

  @Test("The energies are those of the textbooks")
  func physics() throws {
    // One round at γ = β = π/8 of half angles cuts 3/4 of a ring's edges: with the second round off.
    let cut = (0..<4).map { 0.5 * PauliString.identity - 0.5 * Z($0) * Z(($0 + 1) % 4) }
      .reduce(PauliSum([])) { $0 + $1 }
    let quarter = Double.pi / 4
    let value = try maxCut().expectation(of: cut, weights: [quarter, 0, quarter / 2, 0])
    #expect(abs(max(value, 4 - value) - 3) < 1e-13)
    // The number of electrons stays 2.
    let number = (0..<4).map { 0.5 * PauliString.identity - 0.5 * Z($0) }
      .reduce(PauliSum([])) { $0 + $1 }
    #expect(
      try abs(hydrogenMolecule().expectation(of: number, weights: [0.23]) - 2) < 1e-14)
    // The magnetisation along Z is conserved.
    let magnetisation = Z(0) + Z(1) + Z(2)
    #expect(try abs(heisenbergEvolution().expectation(of: magnetisation) - 1) < 1e-13)
    // Three steps from place 4 with a coin at 0: 5/8 one place down, 1/8 each elsewhere (Kempe,
    // arXiv:quant-ph/0303081, table 1, whose coin drifts the way of its start).
    let places = try quantumWalk().marginal(of: [0, 1, 2])
    for (place, probability) in [(1, 0.125), (3, 0.625), (5, 0.125), (7, 0.125)] {
      #expect(abs(places[place] - probability) < 1e-14)
    }
  }

  @Test("Every circuit with inputs and weights trains as a model under its own name, and no other")
  func trains() throws {
    let registry = try ModelRegistry(StandardModels.all, circuits: Gallery.all())
    let trainable = try Gallery.all().filter { $0.trainingObstacle == nil }
    #expect(trainable.count >= 4)
    for circuit in try Gallery.all() where circuit.trainingObstacle != nil {
      #expect(!registry.names.contains(circuit.name))
      #expect(throws: AnsatzError.self) { try registry.model(named: circuit.name) }
    }
    for circuit in trainable {
      var options = TrainingOptions(epochs: 3)
      options.seed = 1
      var classifier = NetworkClassifier<Double>(
        try registry.model(named: circuit.name), options: options)
      let iris = try EmbeddedDatasets.named("iris").load()
      try classifier.fit(
        iris.features.matrix(), labels: iris.labels, classCount: 3, observer: SilentObserver())
      let losses = classifier.trainer?.progress.history.map(\.trainingLoss) ?? []
      #expect(losses.count == 3)
      #expect((losses.last ?? 9) < (losses.first ?? 0), "\(circuit.name) must learn something")
    }
  }
}
