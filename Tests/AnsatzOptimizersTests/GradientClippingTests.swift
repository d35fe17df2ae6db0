import AnsatzMath
import AnsatzOptimizers
import Testing

@Suite struct GradientClippingTests {
  @Test("the norm runs over all tensors together")
  func norm() {
    let tensors = [
      Tensor<Double>(shape: [5], elements: [1, 2, 4, 2, 0]), Tensor(shape: [1], elements: [-12]),
    ]
    #expect(globalNorm(of: tensors) == 13)
    #expect(globalNorm(of: tensors.map { $0.converted(to: Float.self) }) == 13)
  }

  @Test("clipping scales to the limit and keeps the direction")
  func clips() {
    var g = [Tensor<Double>(shape: [2], elements: [3, -4]), Tensor(shape: [1], elements: [12])]
    #expect(clip(&g, toGlobalNorm: 2.6) == 13)
    // One rounding in the factor and one in each product.
    #expect(abs(globalNorm(of: g) - 2.6) < 1e-14)
    #expect(abs(g[0].elements[0] - 0.6) < 1e-15 && abs(g[0].elements[1] + 0.8) < 1e-15)
  }

  @Test("a gradient within the limit stays as it is")
  func keeps() {
    let original = [Tensor<Float>(shape: [2], elements: [0.3, -0.4])]
    var g = original
    clip(&g, toGlobalNorm: 0.6)
    #expect(g == original)
  }
}
