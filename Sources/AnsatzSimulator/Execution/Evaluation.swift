/// One state to prepare: a sample of the batch, perhaps with some gates' angles shifted.
///
/// A batch of samples, the shifted circuits of a parameter-shift gradient and finite differences
/// are all lists of evaluations, run the same way.
package struct Evaluation: Sendable {
  /// The position of a shifted angle in the program's list, and the shift in radians.
  package typealias Shift = (occurrence: Int, amount: Double)

  package let sample: Int
  package let shift: Shift?
  /// Shifts beyond the first.
  package let others: [Shift]

  package init(sample: Int, shift: Shift? = nil) {
    self.sample = sample
    self.shift = shift
    others = []
  }

  /// Several angles shifted at once; shifts of the same angle add up.
  package init(sample: Int, shifts: [Shift]) {
    self.sample = sample
    shift = shifts.first
    others = Array(shifts.dropFirst())
  }

  @inline(__always)
  func forEachShift(_ body: (Shift) -> Void) {
    guard let shift else { return }
    body(shift)
    for other in others { body(other) }
  }
}
