import AnsatzMath
import AnsatzNN
import Testing

@Suite struct TapeTests {
  @Test("a value used twice receives both gradients")
  func fanOut() throws {
    let x = randomTensor([2, 3])
    try expectGradientsMatch([x]) { tape, v in
      let square = tape.product(v[0], v[0])
      return tape.sum(tape.product(square, v[0]), square)
    }
  }

  @Test("what does not depend on a weight has the gradient zero")
  func independent() throws {
    let tape = Tape<Double>()
    let (a, b) = (tape.trainable(randomTensor([3])), tape.trainable(randomTensor([2])))
    let gradients = try tape.gradients(of: tape.mean(a), withRespectTo: [a, b])
    #expect(gradients[0].elements.allSatisfy { abs($0 - 1.0 / 3) < 1e-16 })
    #expect(gradients[1] == Tensor(shape: [2]))
  }

  @Test("constants are not recorded, and their gradients are not asked for")
  func skipsConstants() throws {
    let tape = Tape<Double>()
    let (x, w) = (tape.constant(randomTensor([2])), tape.trainable(randomTensor([2])))
    var asked: [[Bool]] = []
    let constant = tape.record(x.value, parents: [x]) { _, needed in
      asked.append(needed)
      return [nil]
    }
    #expect(!constant.requiresGradient)
    let mixed = tape.record(w.value, parents: [constant, w]) { upstream, needed in
      asked.append(needed)
      return [nil, upstream]
    }
    _ = try tape.gradients(of: mixed, withRespectTo: [w])
    #expect(asked == [[false, true]])
  }

  @Test("an error in a backward pass reaches the caller")
  func throwing() {
    let tape = Tape<Double>()
    let w = tape.trainable(randomTensor([2]))
    let y = tape.record(w.value, parents: [w]) { _, _ in throw AnsatzError(.usage, "no") }
    #expect(errorText { _ = try tape.gradients(of: y, withRespectTo: [w]) } == "no")
  }
}
