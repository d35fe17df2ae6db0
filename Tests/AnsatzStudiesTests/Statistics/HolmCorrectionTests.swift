import Testing

@testable import AnsatzStudies

@Test("Holm's adjusted p-values agree with a worked example")
func holmExample() {
  // In rising order 0.005·4, 0.01·3, 0.03·2, 0.04·1: the last would fall below the one before.
  let adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005])
  for (found, wanted) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
    #expect(abs(found - wanted) < 1e-15)
  }
}

@Test("Holm's method leaves one p-value alone, and never exceeds 1")
func holmLimits() {
  #expect(holmAdjusted([0.04]) == [0.04])
  #expect(holmAdjusted([0.6, 0.7]) == [1, 1])
  #expect(holmAdjusted([]) == [])
}
