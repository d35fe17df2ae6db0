import AnsatzMath
import AnsatzSimulator

extension Program {
  /// The frequencies of every expectation value as a function of one weight, ascending.
  ///
  /// A gate with frequencies f whose angle has m times the weight adds `f·|m|`; several gates add up
  /// in all ways.
  ///
  /// - Throws: `AnsatzError` if the weight enters an angle other than as a multiple, or there are too
  ///   many frequencies to tell apart.
  package func frequencies(ofWeight weight: Int) throws(AnsatzError) -> [Double] {
    var values = [0.0]
    for instruction in instructions {
      guard let occurrence = instruction.occurrence else { continue }
      let angle = angles[occurrence]
      for (index, partial) in angle.weightPartials where index == weight {
        guard let factor = partial.constantValue else {
          throw AnsatzError(
            .usage,
            "weight \(weight) enters an angle other than as a multiple, so the cost has no finite "
              + "set of frequencies in it; use 'lbfgs', 'adam' or 'spsa'")
        }
        guard factor != 0 else { continue }
        var sums = values
        for frequency in instruction.frequencies {
          for value in values {
            for sum in [value + frequency * abs(factor), abs(value - frequency * abs(factor))]
            where !sums.contains(where: { abs($0 - sum) < 1e-9 }) {
              sums.append(sum)
            }
          }
        }
        values = sums
        guard values.count <= 64 else {
          throw AnsatzError(
            .usage,
            "the cost has more than 64 frequencies in weight \(weight); use 'lbfgs', 'adam' or "
              + "'spsa'")
        }
      }
    }
    return values.filter { $0 > 1e-9 }.sorted()
  }
}
