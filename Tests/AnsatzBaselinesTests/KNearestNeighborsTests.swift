import AnsatzBaselines
import AnsatzData
import AnsatzMath
import Testing

@Suite struct KNearestNeighborsTests {
  @Test("Predictions are those of sorting all distances", arguments: [1, 2, 5, 8])
  func bruteForce(neighbors: Int) throws {
    var stream = RandomStream(seed: UInt64(neighbors))
    // Small whole coordinates, so that equal distances and equal votes are common.
    let rows = (0..<60).map { _ in (0..<3).map { _ in Double(stream.integer(below: 4)) } }
    let queries = (0..<40).map { _ in (0..<3).map { _ in Double(stream.integer(below: 4)) } }
    let labels = (0..<60).map { _ in stream.integer(below: 4) }
    var classifier = try KNearestNeighbors(neighbors: neighbors)
    try classifier.fit(
      Tensor(rows: rows), labels: labels, classCount: 4, observer: SilentObserver())
    let expected = queries.map { query in
      let distances = rows.map { zip($0, query).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
      let nearest = rows.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
        .prefix(neighbors)
      let votes = (0..<4).map { label in nearest.count { labels[$0] == label } }
      return votes.indices.sorted { (-votes[$0], $0) < (-votes[$1], $1) }[0]
    }
    #expect(try classifier.predict(Tensor(rows: queries)) == expected)
    #expect(classifier.parameterCount == 0)
  }

  @Test("Fewer rows than neighbours, and no neighbours, are refused")
  func mistakes() throws {
    var classifier = KNearestNeighbors()
    #expect(
      message {
        try classifier.fit(
          Tensor(shape: [4, 1]), labels: [0, 1, 0, 1], classCount: 2, observer: SilentObserver())
      } == "k-nearest-neighbors needs 5 training rows, but there are 4")
    #expect(
      message { try KNearestNeighbors(neighbors: 0) }
        == "k-nearest-neighbors needs 1 neighbor or more, not 0")
  }
}
