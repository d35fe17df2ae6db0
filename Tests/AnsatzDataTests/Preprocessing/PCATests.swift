import AnsatzData
import AnsatzMath
import Testing

@Suite struct PCATests {
  func fitted(_ table: Table, _ components: Int) throws -> PCA {
    var step = try PCA(components: components)
    try step.fit(table)
    return step
  }

  func randomTable(rows: Int, columns: Int, seed: UInt64) throws -> Table {
    var stream = RandomStream(seed: seed)
    let elements = (0..<rows * columns).map { i in stream.normal() * Double(1 + i % columns) + 5 }
    return try Table(
      matrix: Tensor(shape: [rows, columns], elements: elements), source: "random")
  }

  @Test("Points of covariance [[10, 6], [6, 10]]/3 have variances 16/3 and 4/3 along the diagonals")
  func knownCovariance() throws {
    // ±2(1, 1) and ±(1, -1): sums of squares 16 and 4 along the two diagonals, over 4 - 1.
    let points = try table([12, 8, 11, 9], [2, -2, -1, 1])
    let step = try fitted(points, 2)
    let half = 0.5.squareRoot()
    let expected = Tensor<Double>(rows: [[half, half], [half, -half]])
    let found = Tensor(rows: step.components ?? [])
    // A 2×2 eigenproblem: a few roundings.
    for (a, b) in zip(found.elements, expected.elements) { #expect(abs(a - b) < 1e-14) }
    for (a, b) in zip(step.variances ?? [], [16.0 / 3, 4.0 / 3]) { #expect(abs(a - b) < 1e-13) }
    let projected = try step.transform(points).matrix()
    let scores = Tensor<Double>(
      rows: [[4 * half, 0], [-4 * half, 0], [0, 2 * half], [0, -2 * half]])
    for (a, b) in zip(projected.elements, scores.elements) { #expect(abs(a - b) < 1e-13) }
  }

  @Test(
    "Scores are uncorrelated, with the variances reported, and components orthonormal",
    arguments: [(40, 6), (5, 12)])
  func laws(rows: Int, columns: Int) throws {
    let table = try randomTable(rows: rows, columns: columns, seed: 7)
    let count = min(rows - 1, columns)
    let step = try fitted(table, count)
    let scores = try step.transform(table).matrix()
    let components = Tensor(rows: step.components ?? [])
    let covariance = matrixProduct(scores, scores, transposeA: true)
    let gram = matrixProduct(components, components, transposeB: true)
    for i in 0..<count {
      for j in 0..<count {
        let variance = i == j ? step.variances?[i] ?? .nan : 0
        // Entries up to 200 from 40 products: relative rounding 1e-14.
        #expect(abs(covariance[i, j] / Double(rows - 1) - variance) < 1e-11)
        #expect(abs(gram[i, j] - (i == j ? 1 : 0)) < 1e-12)
      }
    }
    #expect(step.variances == step.variances?.sorted(by: >))
  }

  @Test("All components together keep every distance", arguments: [(40, 6), (5, 12)])
  func distancesSurvive(rows: Int, columns: Int) throws {
    let table = try randomTable(rows: rows, columns: columns, seed: 8)
    let x = try table.matrix()
    let z = try fitted(table, min(rows - 1, columns)).transform(table).matrix()
    func distance(_ m: Tensor<Double>, _ a: Int, _ b: Int) -> Double {
      zip(m.row(a), m.row(b)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
    for a in 0..<rows {
      for b in 0..<a { #expect(abs(distance(x, a, b) - distance(z, a, b)) < 1e-11) }
    }
  }

  @Test("The loading of largest magnitude is positive", arguments: 0..<20 as Range<UInt64>)
  func signs(seed: UInt64) throws {
    for (rows, columns) in [(20, 5), (4, 9)] {
      let step = try fitted(randomTable(rows: rows, columns: columns, seed: seed), 3)
      for component in step.components ?? [] {
        #expect(component.max { abs($0) < abs($1) } ?? 0 > 0)
      }
    }
  }

  @Test("A direction without variance projects to 0")
  func noVariance() throws {
    let line = try table([1, 2, 3, 4], [2, 4, 6, 8])
    let step = try fitted(line, 2)
    #expect(step.components?[1] == [0, 0])
    #expect(step.variances?[1] == 0)
  }

  @Test("The number of components is checked against features and rows")
  func mistakes() throws {
    let points = try table([1, 2, 3], [3, 1, 2], [0, 1, 5], [4, 4, 1])
    #expect(
      message { try fitted(points, 5) }
        == "table: 'pca:5' asks for more components than the 4 features")
    #expect(
      message { try fitted(points, 3) } == "table: 'pca:3' needs at least 4 rows, but there are 3")
    #expect(
      message { try PCA(argument: "0") } == "'pca' needs 1 component or more, not 0")
    #expect(
      message { try PCA(argument: nil) }
        == "'pca' needs a number of components; write pca:COMPONENTS, as in pca:8")
    #expect(
      message { try PCA(argument: "many") }
        == "preprocessing step 'pca' does not take 'many'; write pca:COMPONENTS, as in pca:8")
    let huge = try table([1e200, -1e200, 0])
    #expect(
      message { try fitted(huge, 1) }
        == "table: the features are too large for 'pca'; put 'standardize' before it")
  }
}
