/// The state of one qubit.
struct BitVector {
  var re0: Double
  var im0: Double
  var re1: Double
  var im1: Double

  /// |0⟩
  init() { (re0, im0, re1, im1) = (1, 0, 0, 0) }

  init(_ re0: Double, _ im0: Double, _ re1: Double, _ im1: Double) {
    (self.re0, self.im0, self.re1, self.im1) = (re0, im0, re1, im1)
  }

  mutating func apply(
    _ axis: TermBuilder.ProductGate.Axis, cosine c: Double, sine s: Double
  ) {
    switch axis {
    case .y:
      (re0, im0, re1, im1) = (
        c * re0 - s * re1, c * im0 - s * im1, c * re1 + s * re0, c * im1 + s * im0
      )
    case .z:
      (re0, im0) = (c * re0 + s * im0, c * im0 - s * re0)
      (re1, im1) = (c * re1 - s * im1, c * im1 + s * re1)
    }
  }

  /// Im⟨self|P|ket⟩
  func derivative(_ axis: TermBuilder.ProductGate.Axis, ket: BitVector) -> Double {
    switch axis {
    case .y: re1 * ket.re0 + im1 * ket.im0 - (re0 * ket.re1 + im0 * ket.im1)
    case .z: re0 * ket.im0 - im0 * ket.re0 - (re1 * ket.im1 - im1 * ket.re1)
    }
  }
}
