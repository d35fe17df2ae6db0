import Ansatz
import Circuits
import Testing

@Suite("The gallery")
struct GalleryTests {
  @Test("Every circuit has a name of its own")
  func names() throws {
    let names = try Gallery.all().map(\.name)
    #expect(names.count >= 3)
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

  @Test("Every circuit with inputs trains as a model under its own name")
  func trains() throws {
    let registry = try ModelRegistry(StandardModels.all, circuits: Gallery.all())
    for circuit in try Gallery.all() where circuit.inputCount > 0 {
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
