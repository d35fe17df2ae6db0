/// One state to prepare: a sample of the batch, perhaps with one gate's angle shifted.
///
/// A batch of samples, the shifted circuits of a parameter-shift gradient and finite differences
/// are all lists of evaluations, run the same way.
package struct Evaluation: Sendable {
  package let sample: Int
  /// The position of the shifted angle in the program's list, and the shift in radians.
  package let shift: (occurrence: Int, amount: Double)?

  package init(sample: Int, shift: (occurrence: Int, amount: Double)? = nil) {
    self.sample = sample
    self.shift = shift
  }
}
