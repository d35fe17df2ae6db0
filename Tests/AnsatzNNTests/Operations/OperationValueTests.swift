import AnsatzMath
import AnsatzNN
import Testing

/// The values of operations against their definitions, written out place by place.
@Suite struct OperationValueTests {
  /// Every place of a shape, in row-major order.
  private func places(_ shape: [Int]) -> [[Int]] {
    shape.reduce([[]]) { found, extent in found.flatMap { head in (0..<extent).map { head + [$0] } }
    }
  }

  private func element(_ x: Tensor<Double>, _ place: [Int]) -> Double {
    x.elements[zip(place, x.shape).reduce(0) { $0 * $1.1 + $1.0 }]
  }

  /// A shape of up to four axes of 1 to 4.
  private func randomShape(_ random: inout RandomStream, axes: Range<Int>) -> [Int] {
    (0..<Int(random.uniform(in: Double(axes.lowerBound)..<Double(axes.upperBound))))
      .map { _ in 1 + random.integer(below: 4) }
  }

  @Test("repeated operands meet as NumPy defines it, over random shapes", arguments: 0..<60)
  func broadcasting(seed: UInt64) throws {
    var random = RandomStream(seed: seed, stream: "shapes")
    let full = randomShape(&random, axes: 0..<5)
    func operand(_ seed: UInt64) -> Tensor<Double> {
      let kept = full.suffix(random.integer(below: full.count + 1))
      return randomTensor(kept.map { random.integer(below: 3) == 0 ? 1 : $0 }, seed: seed)
    }
    let (a, b) = (operand(seed + 1), operand(seed + 1000))
    let tape = Tape<Double>()
    let sum = try tape.broadcastSum(tape.constant(a), tape.constant(b)).value
    func at(_ x: Tensor<Double>, _ place: [Int]) -> Double {
      element(x, zip(place.suffix(x.rank), x.shape).map { $1 == 1 ? 0 : $0 })
    }
    #expect(sum.rank == max(a.rank, b.rank))
    for (index, place) in places(sum.shape).enumerated() {
      #expect(sum.elements[index] == at(a, place) + at(b, place))
    }
  }

  @Test("a permutation puts every element at its place, and its inverse back", arguments: 0..<40)
  func permutations(seed: UInt64) throws {
    var random = RandomStream(seed: seed, stream: "shapes")
    var shape = randomShape(&random, axes: 1..<6)
    if seed % 4 == 0 { shape[0] = 37 }
    let order = random.permutation(shape.count)
    let x = randomTensor(shape, seed: seed)
    let tape = Tape<Double>()
    let y = try tape.permuted(tape.constant(x), axes: order).value
    #expect(y.shape == order.map { shape[$0] })
    for (index, place) in places(y.shape).enumerated() {
      var source = place
      for (axis, from) in order.enumerated() { source[from] = place[axis] }
      #expect(y.elements[index] == element(x, source))
    }
    let inverse = order.indices.map { axis in order.firstIndex(of: axis) ?? 0 }
    #expect(try tape.permuted(tape.constant(y), axes: inverse).value == x)
  }

  @Test("reductions over any axes are those of the elements there", arguments: 0..<40)
  func reductions(seed: UInt64) throws {
    var random = RandomStream(seed: seed, stream: "shapes")
    let x = randomTensor(randomShape(&random, axes: 1..<5), seed: seed)
    let axes = x.shape.indices.filter { _ in random.integer(below: 2) == 0 }
    let tape = Tape<Double>()
    let v = tape.constant(x)
    var groups: [[Int]: [Double]] = [:]
    for place in places(x.shape) {
      groups[x.shape.indices.filter { !axes.contains($0) }.map { place[$0] }, default: []]
        .append(element(x, place))
    }
    let kept = x.shape.indices.map { axes.contains($0) ? 1 : x.shape[$0] }
    let results = try [
      tape.sum(v, over: axes), tape.mean(v, over: axes), tape.maximum(v, over: axes),
      tape.minimum(v, over: axes), tape.variance(v, over: axes), tape.logSumExp(v, over: axes),
    ].map(\.value)
    #expect(try tape.sum(v, over: axes, keepingAxes: true).value.shape == kept)
    for (index, place) in places(results[0].shape).enumerated() {
      let values = try #require(groups[place])
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let expected = [
        values.reduce(0, +), mean, values.max() ?? 0, values.min() ?? 0,
        values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / count,
        Double.log(values.map { Double.exp($0) }.reduce(0, +)),
      ]
      for (result, expected) in zip(results, expected) {
        // Up to 256 roundings.
        #expect(abs(result.elements[index] - expected) < 1e-12)
      }
    }
  }

  @Test("a batched product is the product of every pair, large and small")
  func batchedProducts() throws {
    for (a, b) in [([3, 5, 4], [3, 4, 6]), ([2, 1, 5, 4], [3, 4, 2]), ([600, 70], [70, 30])] {
      let (x, y) = (randomTensor(a, seed: 1), randomTensor(b, seed: 2))
      let tape = Tape<Double>()
      let z = try tape.batchedProduct(tape.constant(x), tape.constant(y)).value
      for (index, place) in places(z.shape).enumerated() {
        let stack = Array(place.dropLast(2))
        func at(_ t: Tensor<Double>, _ i: Int, _ j: Int) -> Double {
          let own = zip(stack.suffix(t.rank - 2), t.shape).map { $1 == 1 ? 0 : $0 }
          return element(t, own + [i, j])
        }
        let expected = (0..<a[a.count - 1]).reduce(0.0) {
          $0 + at(x, place[place.count - 2], $1) * at(y, $1, place[place.count - 1])
        }
        // 70 products of normal numbers.
        #expect(abs(z.elements[index] - expected) < 1e-12)
      }
    }
  }

  @Test(
    "products have the same bits whatever the number of threads", .serialized, arguments: [1, 2])
  func threads(count: Int) throws {
    let before = ThreadPool.shared.activeThreadCount
    defer { ThreadPool.shared.activeThreadCount = before }
    func product() throws -> [Tensor<Double>] {
      let tape = Tape<Double>()
      let a = tape.trainable(randomTensor([5, 300, 64], seed: 1))
      let b = tape.trainable(randomTensor([5, 64, 70], seed: 2))
      let output = try tape.batchedProduct(a, b)
      return [output.value] + (try tape.gradients(of: output, withRespectTo: [a, b]))
    }
    let expected = try product()
    ThreadPool.shared.activeThreadCount = count
    #expect(try product() == expected)
  }

  @Test("parts joined and split again are the parts")
  func parts() throws {
    let tape = Tape<Double>()
    let parts = [2, 0, 3].map { tape.constant(randomTensor([2, $0, 2], seed: UInt64($0))) }
    let whole = try tape.concatenated(parts, axis: 1)
    let again = try tape.split(whole, axis: 1, counts: [2, 0, 3])
    #expect(again.map(\.value) == parts.map(\.value))
    let stack = try tape.stacked([parts[0], parts[0]], axis: -1)
    #expect(stack.value.shape == [2, 2, 2, 2])
    #expect(
      try tape.slice(stack, axis: 3, from: 1, count: 1).value.elements == parts[0].value.elements)
  }

  @Test("an embedding's padding is looked up, and gets no gradient; repeats add up")
  func embedding() throws {
    let tape = Tape<Double>()
    let table = tape.trainable(Tensor(rows: [[1, 2], [3, 4], [5, 6]]))
    let y = try tape.embedding(Indices([2, 0, 2, 1]), table: table, padding: 0)
    #expect(y.value == Tensor(rows: [[5, 6], [1, 2], [5, 6], [3, 4]]))
    let gradient = try tape.gradients(of: y, withRespectTo: [table])[0]
    #expect(gradient == Tensor(rows: [[0, 0], [1, 1], [2, 2]]))
  }

  @Test("masks leave out exactly what they name, whatever stands there")
  func masks() throws {
    let tape = Tape<Double>()
    let x = tape.trainable(Tensor(rows: [[1, .nan, 2], [0, .nan, .infinity]]))
    let mask = try BooleanMask(shape: [2, 3], values: [true, false, true, false, false, false])
    let y = try tape.softmax(x, mask: .keeping(mask))
    let e = 1 / (1 + Double.exp(1))
    #expect(isClose(y.value, Tensor(rows: [[e, 0, 1 - e], [0, 0, 0]]), 1e-15))
    let logs = try tape.logSoftmax(x, mask: .keeping(mask))
    #expect(logs.value.elements[1] == -.infinity && abs(logs.value.elements[0] - .log(e)) < 1e-15)
    for output in [y, logs] {
      let gradient = try tape.gradients(of: output, withRespectTo: [x])[0]
      #expect(gradient.elements.allSatisfy { $0.isFinite })
      #expect(gradient.elements[1] == 0 && gradient.elements[3...].allSatisfy { $0 == 0 })
    }
    #expect(
      BooleanMask.lengths([1, 3], count: 3).values == [true, false, false, true, true, true])
    #expect(BooleanMask.causal(2).values == [true, false, true, true])
  }

  @Test("large and infinite elements neither overflow nor hide what is not a number")
  func extremes() throws {
    let tape = Tape<Double>()
    let large = tape.trainable(Tensor(rows: [[1000, 1000], [-1000, -1001]]))
    let sums = try tape.logSumExp(large, over: [1])
    #expect(abs(sums.value.elements[0] - (1000 + .log(2.0))) < 1e-12)
    #expect(try tape.softmax(large).value.row(0) == [0.5, 0.5])
    let nothing = tape.trainable(Tensor<Double>(repeating: -.infinity, shape: [1, 2]))
    let none = try tape.logSumExp(nothing, over: [1])
    #expect(none.value.elements == [-.infinity])
    #expect(try tape.gradients(of: none, withRespectTo: [nothing])[0].elements == [0, 0])
    let broken = tape.constant(Tensor<Double>(rows: [[1, .nan], [.nan, 1]]))
    for result in try [
      tape.maximum(broken, over: [1]), tape.minimum(broken, over: [1]), tape.softmax(broken),
      tape.logSumExp(broken, over: [1]), tape.maximum(broken, tape.constant(Tensor(shape: []))),
    ] { #expect(result.value.elements.contains { $0.isNaN }) }
  }

  @Test("where both are equal, each gets half; of equal elements the first is chosen")
  func ties() throws {
    let tape = Tape<Double>()
    let (a, b) = (
      tape.trainable(Tensor(rows: [[2, 2, 1]])), tape.trainable(Tensor(rows: [[2, 1, 3]]))
    )
    let gradients = try tape.gradients(of: tape.maximum(a, b), withRespectTo: [a, b])
    #expect(gradients.map(\.elements) == [[0.5, 1, 0], [0.5, 0, 1]])
    #expect(
      try tape.gradients(of: tape.maximum(a, over: [1]), withRespectTo: [a])[0].elements == [
        1, 0, 0,
      ])
  }

  @Test("powers of zero and of negative numbers follow the whole exponent")
  func powers() throws {
    let tape = Tape<Double>()
    let x = tape.trainable(Tensor<Double>(shape: [3], elements: [0, -2, 3]))
    let zeroth = tape.power(x, 0)
    #expect(zeroth.value.elements == [1, 1, 1])
    #expect(try tape.gradients(of: zeroth, withRespectTo: [x])[0].elements == [0, 0, 0])
    #expect(tape.power(x, 3).value.elements == [0, -8, 27])
    #expect(tape.power(x, 0.5).value.elements[1].isNaN)
    let p = tape.trainable(Tensor<Double>(shape: [], elements: [2]))
    let both = try tape.power(tape.constant(Tensor<Double>(shape: [], elements: [0])), p)
    #expect(try tape.gradients(of: both, withRespectTo: [p])[0].elements == [0])
  }

  @Test("nothing to work on is a result of no elements, and a sum of nothing is 0")
  func empty() throws {
    let tape = Tape<Double>()
    let x = tape.trainable(Tensor(shape: [0, 3]))
    #expect(try tape.sum(x, over: [0]).value.elements == [0, 0, 0])
    #expect(try tape.logSumExp(x, over: [0]).value.elements.allSatisfy { $0 == -.infinity })
    #expect(try tape.softmax(x).value.shape == [0, 3])
    #expect(try tape.permuted(x, axes: [1, 0]).value.shape == [3, 0])
    #expect(
      try tape.batchedProduct(tape.transposed(x), x).value == Tensor(repeating: 0, shape: [3, 3]))
    #expect(try tape.broadcastSum(x, tape.constant(Tensor(shape: [3]))).value.shape == [0, 3])
    let loss = try tape.sum(tape.exp(x))
    #expect(try tape.gradients(of: loss, withRespectTo: [x])[0].shape == [0, 3])
  }
}
