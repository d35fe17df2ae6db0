import AnsatzMath
import AnsatzNN
import Testing

/// The backward pass of every operation against central differences.
@Suite struct OperationTests {
  @Test("sums, products, scaling and means")
  func elementwise() throws {
    let (a, b) = (randomTensor([2, 3], seed: 1), randomTensor([2, 3], seed: 2))
    try expectGradientsMatch([a, b]) { tape, v in tape.sum(v[0], v[1]) }
    try expectGradientsMatch([a, b]) { tape, v in tape.product(v[0], v[1]) }
    try expectGradientsMatch([a]) { tape, v in tape.product(v[0], constant: b) }
    try expectGradientsMatch([a]) { tape, v in tape.scaled(v[0], by: -1.7) }
    try expectGradientsMatch([a]) { tape, v in tape.mean(v[0]) }
    try expectGradientsMatch([a, b]) { tape, v in tape.difference(v[0], v[1]) }
    try expectGradientsMatch([a]) { tape, v in
      tape.map(v[0], { $0 * $0 * $0 }, derivative: { 3 * $0 * $0 })
    }
  }

  @Test("matrix products, with and without bias")
  func products() throws {
    let (x, w) = (randomTensor([4, 3], seed: 1), randomTensor([3, 2], seed: 2))
    let b = randomTensor([2], seed: 3)
    try expectGradientsMatch([x, w]) { tape, v in tape.matrixProduct(v[0], v[1]) }
    try expectGradientsMatch([x, w, b]) { tape, v in
      tape.affine(v[0], weight: v[1], bias: v[2])
    }
    try expectGradientsMatch([x, randomTensor([3])]) { tape, v in tape.addingToRows(v[0], v[1]) }
  }

  @Test("an affine map is the product plus the bias in every row")
  func affineValue() {
    let tape = Tape<Float>()
    let x = Tensor<Float>(rows: [[1, 2], [3, 4], [0, -1]])
    let w = Tensor<Float>(rows: [[5, 6, 7], [8, 9, 10]])
    let b = Tensor<Float>(shape: [3], elements: [100, 200, 300])
    let y = tape.affine(tape.constant(x), weight: tape.constant(w), bias: tape.constant(b))
    #expect(y.value == Tensor(rows: [[121, 224, 327], [147, 254, 361], [92, 191, 290]]))
  }
}
