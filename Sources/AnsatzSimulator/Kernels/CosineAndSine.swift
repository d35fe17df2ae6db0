import CAnsatzKernels

/// Cosine and sine of one angle in radians.
func cosineAndSine(_ angle: Double) -> (cosine: Double, sine: Double) {
  var (angle, c, s) = (angle, 0.0, 0.0)
  ansatz_cosines_sines(&angle, &c, &s, 1)
  return (c, s)
}
