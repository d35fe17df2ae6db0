/// Adjusts the p-values of several comparisons made together, by Holm's step-down method.
///
/// With the p-values in rising order, the i-th of m becomes `max over j ≤ i of min(1, (m-j+1) p_j)`;
/// rejecting those at most α keeps the probability of any false difference at most α.
///
/// - Returns: The adjusted values, in the order given.
/// - Source: Holm, "A simple sequentially rejective multiple test procedure" (1979).
public func holmAdjusted(_ pValues: [Double]) -> [Double] {
  var adjusted = pValues
  var largest = 0.0
  let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  for (rank, index) in order.enumerated() {
    largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
    adjusted[index] = largest
  }
  return adjusted
}
