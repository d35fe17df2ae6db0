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

/// By what the level of each interval is divided so that it leaves out 0 exactly where Holm's method
/// finds a difference at that level.
///
/// The i-th smallest of m p-values is held against `level / (m-i+1)`, and its interval has that level.
/// From the first that is not below it on, nothing counts as a difference, and all intervals have the
/// level at which that one failed.
///
/// - Returns: The divisors, in the order given.
func holmDivisors(_ pValues: [Double], level: Double) -> [Int] {
  var divisors = [Int](repeating: 1, count: pValues.count)
  var stopped: Int?
  let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  for (rank, index) in order.enumerated() {
    let divisor = stopped ?? (pValues.count - rank)
    divisors[index] = divisor
    if Double(divisor) * pValues[index] >= level { stopped = divisor }
  }
  return divisors
}
