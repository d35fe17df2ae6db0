import AnsatzData
import AnsatzMath
import AnsatzNN
import Synchronization
import Testing

/// Raises the stop flag in the middle of its n-th forward pass, once.
private struct Tripwire: Layer {
  final class Counter: Sendable {
    let passes = Atomic<Int>(0)
  }
  let name = "tripwire"
  let counter: Counter
  let limit: Int

  func forward<S: Scalar>(
    _ input: Variable<S>, _ parameters: ParameterView<S>, in pass: inout Pass<S>
  ) throws -> Variable<S> {
    if counter.passes.add(1, ordering: .relaxed).newValue == limit { StopFlag.raise() }
    return input
  }
}

private func trainer(raisingAt limit: Int) throws -> Trainer<Double> {
  let (x, y) = clouds(Double.self)
  let layers = Sequential {
    Dense(5)
    Tripwire(counter: .init(), limit: limit)
    Dropout(0.2)
    Dense(3)
  }
  return try Trainer(
    Network(layers, inputs: x.rowSize, seed: 2), loss: CrossEntropy(), features: x, labels: y,
    classCount: 3,
    options: TrainingOptions(
      epochs: 3, batchSize: 16, optimizer: "adam", validationFraction: 0.25, seed: 4))
}

// The flag is the process's own, so this has a process to itself.
@Test(
  "Wherever in a batch a step is interrupted, it leaves no trace, and the run ends to the same bits"
)
func interruptedSteps() async {
  await #expect(processExitsWith: .success) {
    var whole = try trainer(raisingAt: 0)
    try whole.run()
    var interruptions = 0
    // Passes of batches and, after the last of each epoch, of the rows held out.
    for limit in 1...(whole.progress.stepCount + 3) {
      var stopped = try trainer(raisingAt: limit)
      while !stopped.progress.isFinished {
        let before = (stopped.progress, stopped.network.parameters)
        do { _ = try stopped.step() } catch is CancellationError {
          interruptions += 1
          #expect(stopped.progress == before.0)
          #expect(stopped.network.parameters == before.1)
          StopFlag.lower()
        }
      }
      #expect(stopped.progress == whole.progress)
      #expect(stopped.network.parameters == whole.network.parameters)
    }
    #expect(interruptions == whole.progress.stepCount + 3)
  }
}
