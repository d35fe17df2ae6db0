import AnsatzMath
import AnsatzNN

/// The operations that the laws run over; a new one is a case, its shapes and its call.
enum TestedOperation: String, CaseIterable, Sendable {
  case broadcast, broadcastSum, difference, broadcastProduct, quotient, maximum, minimum
  case power, square, fractionalPower, powerOfBoth, exp, log, squareRoot
  case reshaped, flattened, insertingAxis, permuted, transposed
  case concatenated, concatenatedLast, stacked, slice, splitCounts, splitParts
  case batchedProduct, batchedProductTA, batchedProductTB, batchedProductTAB
  case sumMiddle, sumOuter, sumAll, meanLast, meanKept, maximumMiddle, minimumOuter
  case variance, varianceOuter, logSumExp, logSumExpOuter
  case softmax, softmaxFirst, softmaxMasked, softmaxShifted, logSoftmax, logSoftmaxFirst
  case selection, selectionLast, embedding, gathered

  var takesPositiveNumbers: Bool {
    switch self {
    case .log, .squareRoot, .fractionalPower, .powerOfBoth, .quotient: true
    default: false
    }
  }

  /// The shapes of the inputs, several times.
  var shapes: [[[Int]]] {
    switch self {
    case .broadcast: [[[3, 1]], [[4]], [[2, 3, 4]], [[1]], [[]]]
    case .broadcastSum, .difference, .broadcastProduct, .quotient, .maximum, .minimum,
      .powerOfBoth:
      [
        [[2, 3], [2, 3]], [[4, 3], [3]], [[3], [4, 3]], [[4, 1], [3]], [[2, 1, 3], [4, 1]],
        [[2, 3, 4], [2, 1, 1]], [[], [2, 2]], [[1, 1], [2]], [[2, 1, 2, 3], [5, 1, 3]],
      ]
    case .power, .square, .fractionalPower, .exp, .log, .squareRoot:
      [[[5]], [[2, 3]], [[]], [[2, 1, 2]]]
    case .reshaped: [[[2, 6]], [[12]], [[2, 2, 3]]]
    case .flattened, .insertingAxis: [[[2, 3, 4]], [[2, 3]], [[1, 2, 2, 2]]]
    case .permuted: [[[2, 3, 4]], [[1, 3, 2]], [[17, 2, 18]], [[2, 2, 1]]]
    case .transposed: [[[3, 4]], [[2, 3, 4]], [[2, 1, 3, 2]], [[18, 20]]]
    case .concatenated: [[[2, 3], [4, 3], [1, 3]], [[2], [3]], [[2, 1, 2], [1, 1, 2]]]
    case .concatenatedLast: [[[2, 3], [2, 4]], [[2, 1, 3], [2, 1, 1], [2, 1, 2]]]
    case .stacked: [[[2, 3], [2, 3], [2, 3]], [[4], [4]], [[2, 1, 3]]]
    case .slice, .splitCounts: [[[2, 5]], [[3, 5, 2]], [[5, 5]]]
    case .splitParts: [[[2, 6]], [[6]], [[2, 3, 4]]]
    case .batchedProduct:
      [
        [[3, 4], [4, 2]], [[2, 3, 4], [2, 4, 2]], [[2, 3, 4], [4, 2]], [[3, 4], [2, 4, 2]],
        [[2, 1, 3, 2], [3, 2, 2]], [[2, 3, 1, 2], [1, 3, 2, 1]], [[3, 2, 2], [1, 2, 3]],
      ]
    case .batchedProductTA:
      [
        [[4, 3], [4, 2]], [[2, 4, 3], [2, 4, 2]], [[2, 4, 3], [4, 2]], [[4, 3], [2, 4, 2]],
        [[2, 1, 2, 3], [3, 2, 2]],
      ]
    case .batchedProductTB:
      [
        [[3, 4], [2, 4]], [[2, 3, 4], [2, 2, 4]], [[2, 3, 4], [2, 4]], [[3, 4], [2, 2, 4]],
        [[2, 1, 3, 2], [3, 2, 2]],
      ]
    case .batchedProductTAB:
      [
        [[4, 3], [2, 4]], [[2, 4, 3], [2, 2, 4]], [[2, 4, 3], [2, 4]], [[4, 3], [2, 2, 4]],
        [[2, 1, 2, 3], [3, 2, 2]],
      ]
    case .sumMiddle, .maximumMiddle: [[[2, 3, 4]], [[2, 5]], [[1, 1, 3]], [[2, 3, 2, 2]]]
    case .sumOuter, .minimumOuter, .varianceOuter, .logSumExpOuter:
      [[[2, 3, 4]], [[3, 1, 2]], [[2, 3, 2, 3]]]
    case .sumAll: [[[2, 3, 4]], [[4]], [[]]]
    case .meanLast, .meanKept, .logSumExp: [[[2, 3, 4]], [[4]], [[3, 1]]]
    case .variance: [[[2, 3, 4]], [[4]], [[3, 2]]]
    case .softmax, .logSoftmax: [[[2, 3, 4]], [[4]], [[3, 1]]]
    case .softmaxFirst, .logSoftmaxFirst: [[[3, 4]], [[4]], [[3, 2, 2]]]
    case .softmaxMasked, .softmaxShifted: [[[3, 3]], [[2, 3, 3]], [[2, 2, 4, 4]]]
    case .selection: [[[3, 2]], [[3]], [[4, 2, 3]]]
    case .selectionLast: [[[2, 3]], [[3]], [[2, 2, 4]]]
    case .embedding: [[[3, 2]], [[4, 1]], [[3, 5]]]
    case .gathered: [[[2, 3]], [[2, 4, 2]], [[1, 3]]]
    }
  }

  static let examples: [OperationExample] = allCases.flatMap { operation in
    operation.shapes.map { OperationExample(operation: operation, shapes: $0) }
  }

  func apply<S: Scalar>(_ tape: Tape<S>, _ v: [Variable<S>]) throws -> Variable<S> {
    let shape = v[0].value.shape
    let last = max(0, shape.count - 1)
    switch self {
    case .broadcast:
      return try tape.broadcast(v[0], to: [2] + shape.map { $0 == 1 ? 3 : $0 })
    case .broadcastSum: return try tape.broadcastSum(v[0], v[1])
    case .difference: return try tape.broadcastDifference(v[0], v[1])
    case .broadcastProduct: return try tape.broadcastProduct(v[0], v[1])
    case .quotient: return try tape.quotient(v[0], v[1])
    case .maximum: return try tape.maximum(v[0], v[1])
    case .minimum: return try tape.minimum(v[0], v[1])
    case .power: return tape.power(v[0], 3)
    case .square: return tape.power(v[0], 2)
    case .fractionalPower: return tape.power(v[0], 1.7)
    case .powerOfBoth: return try tape.power(v[0], v[1])
    case .exp: return tape.exp(v[0])
    case .log: return tape.log(v[0])
    case .squareRoot: return tape.squareRoot(v[0])
    case .reshaped: return try tape.reshaped(v[0], to: [4, -1])
    case .flattened: return try tape.flattened(v[0])
    case .insertingAxis: return try tape.insertingAxis(v[0], at: -2)
    case .permuted: return try tape.permuted(v[0], axes: [2, 0, 1])
    case .transposed: return try tape.transposed(v[0])
    case .concatenated: return try tape.concatenated(v)
    case .concatenatedLast: return try tape.concatenated(v, axis: -1)
    case .stacked: return try tape.stacked(v, axis: 1)
    case .slice: return try tape.slice(v[0], axis: 1, from: 1, count: 3)
    case .splitCounts:
      let parts = try tape.split(v[0], axis: 1, counts: [2, 0, 3])
      return try tape.concatenated([parts[2], parts[1], parts[0]], axis: 1)
    case .splitParts:
      let parts = try tape.split(v[0], axis: -1, parts: 2)
      return try tape.broadcastProduct(parts[0], parts[1])
    case .batchedProduct: return try tape.batchedProduct(v[0], v[1])
    case .batchedProductTA: return try tape.batchedProduct(v[0], v[1], transposeA: true)
    case .batchedProductTB: return try tape.batchedProduct(v[0], v[1], transposeB: true)
    case .batchedProductTAB:
      return try tape.batchedProduct(v[0], v[1], transposeA: true, transposeB: true)
    case .sumMiddle: return try tape.sum(v[0], over: [1])
    case .sumOuter: return try tape.sum(v[0], over: [0, -1])
    case .sumAll: return try tape.sum(v[0])
    case .meanLast: return try tape.mean(v[0], over: [-1])
    case .meanKept: return try tape.mean(v[0], over: nil, keepingAxes: true)
    case .maximumMiddle: return try tape.maximum(v[0], over: [1])
    case .minimumOuter: return try tape.minimum(v[0], over: [0, last], keepingAxes: true)
    case .variance: return try tape.variance(v[0], over: [-1], correction: 1)
    case .varianceOuter: return try tape.variance(v[0], over: [0, last], keepingAxes: true)
    case .logSumExp: return try tape.logSumExp(v[0], over: [-1])
    case .logSumExpOuter: return try tape.logSumExp(v[0], over: [last, 0])
    case .softmax: return try tape.softmax(v[0])
    case .softmaxFirst: return try tape.softmax(v[0], axis: 0)
    case .softmaxMasked:
      return try tape.softmax(v[0], mask: .keeping(.causal(shape[last])))
    case .softmaxShifted:
      var shift = Tensor<S>(shape: [shape[last]])
      shift.elements[0] = -.infinity
      shift.elements[1] = 0.5
      return try tape.softmax(v[0], mask: .additive(shift))
    case .logSoftmax: return try tape.logSoftmax(v[0])
    case .logSoftmaxFirst: return try tape.logSoftmax(v[0], axis: 0)
    case .selection:
      return try tape.selection(v[0], at: Indices(shape: [2, 2], values: [2, 0, 2, 1]))
    case .selectionLast: return try tape.selection(v[0], at: Indices([1, 1, 0]), axis: -1)
    case .embedding:
      return try tape.embedding(Indices(shape: [2, 3], values: [0, 2, 1, 2, 2, 0]), table: v[0])
    case .gathered:
      var target = shape
      target[1] = 2
      let count = target.reduce(1, *)
      return try tape.gathered(
        v[0], at: Indices(shape: target, values: (0..<count).map { $0 * 7 % 3 }), axis: 1)
    }
  }
}
