import AnsatzMath

/// The Euclidean norm over all elements of all tensors, summed in double precision.
///
/// Not finite when an element is not.
public func globalNorm<S: Scalar>(of tensors: [Tensor<S>]) -> Double {
  var total = 0.0
  for tensor in tensors { total += sumOfSquares(tensor.elements) }
  return total.squareRoot()
}

/// Scales gradients together so that their global norm is at most `limit`.
///
/// `g ← g · limit / ‖g‖` where the norm is larger; gradients within the limit stay as they are, to
/// the bit. The direction of the whole gradient is kept.
///
/// - Returns: The norm before clipping.
/// - Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural
///   networks" (2013), algorithm 1.
@discardableResult
public func clip<S: Scalar>(_ gradients: inout [Tensor<S>], toGlobalNorm limit: Double) -> Double {
  let norm = globalNorm(of: gradients)
  guard norm > limit else { return norm }
  for i in gradients.indices { scale(&gradients[i].elements, by: S(limit / norm)) }
  return norm
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func sumOfSquares<S: Scalar>(_ values: [S]) -> Double {
  // Four sums, so that one addition need not wait for the last.
  var (sum0, sum1, sum2, sum3) = (0.0, 0.0, 0.0, 0.0)
  let whole = values.count & ~3
  for i in stride(from: 0, to: whole, by: 4) {
    sum0 += Double(values[i]) * Double(values[i])
    sum1 += Double(values[i + 1]) * Double(values[i + 1])
    sum2 += Double(values[i + 2]) * Double(values[i + 2])
    sum3 += Double(values[i + 3]) * Double(values[i + 3])
  }
  for i in whole..<values.count { sum0 += Double(values[i]) * Double(values[i]) }
  return (sum0 + sum1) + (sum2 + sum3)
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func scale<S: Scalar>(_ values: inout [S], by factor: S) {
  for i in values.indices { values[i] *= factor }
}
