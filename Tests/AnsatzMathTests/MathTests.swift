import AnsatzMath
import Foundation
import Testing

@Suite("Tensors and linear algebra")
struct MathTests {
  private func random(_ shape: [Int], seed: UInt64) -> Tensor<Double> {
    var stream = RandomStream(seed: seed, stream: "tensor")
    return Tensor(
      shape: shape, elements: (0..<shape.reduce(1, *)).map { _ in stream.uniform(in: -1..<1) })
  }

  @Test(
    "Products equal the sums that define them, in every transposition",
    arguments: [false, true], [false, true])
  func products(transposeA: Bool, transposeB: Bool) {
    let a = random(transposeA ? [4, 3] : [3, 4], seed: 1)
    let b = random(transposeB ? [5, 4] : [4, 5], seed: 2)
    let product = matrixProduct(a, b, transposeA: transposeA, transposeB: transposeB)
    #expect(product.shape == [3, 5])
    for i in 0..<3 {
      for j in 0..<5 {
        let expected = (0..<4).reduce(0.0) {
          $0 + (transposeA ? a[$1, i] : a[i, $1]) * (transposeB ? b[j, $1] : b[$1, j])
        }
        #expect(abs(product[i, j] - expected) < 1e-14)
      }
    }
    let single = matrixProduct(
      a.converted(to: Float.self), b.converted(to: Float.self), transposeA: transposeA,
      transposeB: transposeB)
    for (x, y) in zip(single.elements, product.elements) { #expect(abs(Double(x) - y) < 1e-6) }
  }

  @Test("Eigenvectors rebuild the matrix they came from")
  func eigen() throws {
    let half = random([6, 6], seed: 3)
    let matrix = half + half.transposed()
    let (values, vectors) = try symmetricEigen(matrix)
    #expect(values == values.sorted())
    for i in 0..<6 {
      for j in 0..<6 {
        let rebuilt = (0..<6).reduce(0.0) { $0 + values[$1] * vectors[$1, i] * vectors[$1, j] }
        #expect(abs(rebuilt - matrix[i, j]) < 1e-12)
      }
    }
  }

  @Test("Random streams repeat by seed, differ by name, and survive being saved")
  func streams() throws {
    var a = RandomStream(seed: 5, stream: "a")
    var b = RandomStream(seed: 5, stream: "b")
    var again = RandomStream(seed: 5, stream: "a")
    let first = (0..<5).map { _ in a.next() }
    #expect(first == (0..<5).map { _ in again.next() })
    #expect(first != (0..<5).map { _ in b.next() })
    var restored = try JSONDecoder().decode(
      RandomStream.self, from: try JSONEncoder().encode(a))
    #expect(restored.next() == a.next())
  }

  @Test("Random numbers are those of xoshiro256++'s reference code")
  func randomReference() throws {
    var stream = try JSONDecoder().decode(
      RandomStream.self, from: Data(#"["1", "2", "3", "4"]"#.utf8))
    let published: [UInt64] = [
      41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386,
      9_228_616_714_210_784_205, 9_973_669_472_204_895_162,
    ]
    #expect(published.map { _ in stream.next() } == published)
  }

  @Test("Uniform and normal numbers have the right moments")
  func moments() {
    var stream = RandomStream(seed: 9)
    let count = 100_000
    let uniform = (0..<count).map { _ in stream.uniform() }
    let normal = (0..<count).map { _ in stream.normal() }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    // Five standard errors of the mean, and of the variance of a normal.
    #expect(abs(mean(uniform) - 0.5) < 5 * 0.2887 / Double(count).squareRoot())
    #expect(abs(mean(normal)) < 5 / Double(count).squareRoot())
    #expect(abs(mean(normal.map { $0 * $0 }) - 1) < 5 * (2.0 / Double(count)).squareRoot())
    #expect(uniform.allSatisfy { (0..<1).contains($0) })
  }

  @Test("A permutation holds every number once")
  func permutations() {
    var stream = RandomStream(seed: 1)
    let order = stream.permutation(50)
    #expect(order.sorted() == Array(0..<50))
    #expect(order != Array(0..<50))
  }

  @Test("Near misses are suggested, far ones are not")
  func suggestions() {
    #expect(didYouMean("adma", in: ["adam", "sgd"]) == "did you mean 'adam'?")
    #expect(didYouMean("xyzzy", in: ["adam", "sgd"]) == "choose one of: adam, sgd")
  }

  @Test("A buffer filled with uniform numbers equals single draws, and the stream goes on alike")
  func filledUniforms() {
    var one = RandomStream(seed: 12, stream: "fill")
    var other = one
    let singles = (0..<37).map { _ in one.uniform() }
    let filled = [Double](unsafeUninitializedCapacity: 37) { buffer, count in
      other.fill(UnsafeMutableBufferPointer(rebasing: buffer[..<37]))
      count = 37
    }
    #expect(filled == singles)
    #expect(one == other)
  }
}
