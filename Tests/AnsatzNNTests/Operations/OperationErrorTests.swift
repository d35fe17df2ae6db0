import AnsatzMath
import AnsatzNN
import Testing

/// Shapes that do not fit are one line that says what was asked, what there is and what would do.
@Suite struct OperationErrorTests {
  private func text(
    _ body: (Tape<Double>, Variable<Double>, Variable<Double>) throws -> some Any
  ) -> String {
    let tape = Tape<Double>()
    return errorText {
      _ = try body(tape, tape.constant(randomTensor([2, 3])), tape.constant(randomTensor([4])))
    }
  }

  @Test("every operation refuses shapes that it cannot take")
  func refusals() {
    let cases: [(String, String)] = [
      (
        text { tape, x, y in try tape.broadcastSum(x, y) },
        "a sum of shapes [2, 3] and [4]: counted from the last axis, extents must be equal or 1"
      ),
      (
        text { tape, x, _ in try tape.broadcast(x, to: [3]) },
        "the shape [2, 3] cannot be repeated to [3]: counted from the last axis, each extent must be "
          + "1 or the one asked for"
      ),
      (
        text { tape, x, _ in try tape.softmax(x, axis: 2) },
        "a softmax over axis 2: the shape [2, 3] has the axes 0...1, or -2...-1 from the back"
      ),
      (
        text { tape, x, _ in try tape.sum(x, over: [0, -2]) },
        "a sum over axes [0, -2]: axis 0 is named twice; name each axis once"
      ),
      (
        text { tape, x, _ in try tape.reshaped(x, to: [4, -1]) },
        "[2, 3] cannot be reshaped to [4, -1]: 6 elements do not fill it; it holds a multiple of 4"
      ),
      (
        text { tape, x, _ in try tape.reshaped(x, to: [-1, -1]) },
        "[2, 3] cannot be reshaped to [-1, -1]: one extent may be -1, not 2"
      ),
      (
        text { tape, x, _ in try tape.reshaped(x, to: [Int.max, 2]) },
        "[2, 3] cannot be reshaped to [\(Int.max), 2]: extents are whole numbers of 0 or more, or -1"
      ),
      (
        text { tape, x, _ in try tape.permuted(x, axes: [0]) },
        "a permutation by [0]: the shape [2, 3] has 2 axes; name each of them once"
      ),
      (
        text { tape, x, y in try tape.concatenated([x, y]) },
        "a concatenation over axis 0 of shapes [2, 3] and [4]: the other extents must be equal"
      ),
      (
        text { tape, _, _ in try tape.concatenated([]) },
        "a concatenation of nothing; give one part or more"
      ),
      (
        text { tape, x, y in try tape.stacked([x, y]) },
        "a stack of shapes [2, 3] and [4]: all must be equal"
      ),
      (
        text { tape, x, _ in try tape.slice(x, axis: 1, from: 2, count: Int.max) },
        "a slice of \(Int.max) from 2 on over axis 1: the shape [2, 3] has 3 there"
      ),
      (
        text { tape, x, _ in try tape.split(x, axis: 1, counts: [Int.max, Int.max]) },
        "a split into [\(Int.max), \(Int.max)] over axis 1: the sizes must add up to 3, the extent of "
          + "[2, 3] there"
      ),
      (
        text { tape, x, _ in try tape.split(x, axis: 1, parts: 2) },
        "a split into 2 equal parts over axis 1: the shape [2, 3] has 3 there; choose a divisor of it, "
          + "or give the sizes"
      ),
      (
        text { tape, x, _ in try tape.batchedProduct(x, x) },
        "a matrix product of shapes [2, 3] and [2, 3]: the inner extents 3 and 2 must be equal"
      ),
      (
        text { tape, x, y in try tape.batchedProduct(x, y) },
        "a matrix product of shapes [2, 3] and [4]: both need two axes or more"
      ),
      (
        text { tape, x, _ in try tape.variance(x, over: [0], correction: 2) },
        "a variance of 2 elements with correction 2: the correction must be 0 or more, and fewer than "
          + "the elements"
      ),
      (
        text { tape, _, _ in try tape.mean(tape.constant(Tensor(shape: [0, 3])), over: [0]) },
        "a mean over axes [0] of shape [0, 3]: there are no elements to reduce"
      ),
      (
        text { tape, x, _ in try tape.softmax(x, mask: .keeping(.causal(3))) },
        "a softmax of shape [2, 3] with a mask of [3, 3]: counted from the last axis, each extent of "
          + "the mask must be 1 or the input's"
      ),
      (
        text { tape, x, _ in try tape.embedding(Indices([0, 2]), table: x) },
        "an embedding of 2 entries: index 2 at place 1 is out of range; there are 0...1"
      ),
      (
        text { tape, _, y in try tape.embedding(Indices([0]), table: y) },
        "an embedding looks rows up in a table [entries, width], not in the shape [4]"
      ),
      (
        text { tape, x, _ in try tape.selection(x, at: Indices([-1]), axis: 1) },
        "a selection over axis 1 of shape [2, 3]: index -1 at place 0 is out of range; there are 0...2"
      ),
      (
        text { tape, x, _ in try tape.gathered(x, at: Indices([0]), axis: 1) },
        "gathering over axis 1 of shape [2, 3] by indices of shape [1]: the other extents must be equal"
      ),
      (
        text { _, _, _ in try Indices(shape: [2, 2], values: [1]) },
        "indices of shape [2, 2] with 1 values"
      ),
      (
        text { _, _, _ in try BooleanMask(shape: [-1], values: []) },
        "a mask of shape [-1] with 0 values"
      ),
    ]
    for (message, expected) in cases { #expect(message == expected) }
  }
}
