import AnsatzData
import AnsatzMath
import Testing

@Suite struct SplitsTests {
  /// Random labels with at least `minimum` rows of each class.
  func randomLabels(_ stream: inout RandomStream, minimum: Int) -> [Int] {
    let sizes = (0..<(1 + stream.integer(below: 4))).map { _ in minimum + stream.integer(below: 30)
    }
    let labels = sizes.enumerated().flatMap { [Int](repeating: $0, count: $1) }
    return stream.permutation(labels.count).map { labels[$0] }
  }

  func counts(_ rows: [Int], _ labels: [Int]) -> [Int] {
    rows.reduce(into: [Int](repeating: 0, count: 5)) { $0[labels[$1]] += 1 }
  }

  @Test("Folds are disjoint, cover every row, and spread classes and sizes within one row")
  func foldsArePartitions() throws {
    for seed in 0..<100 as Range<UInt64> {
      var stream = RandomStream(seed: seed)
      let folds = 2 + stream.integer(below: 6)
      let labels = randomLabels(&stream, minimum: folds)
      let result = try stratifiedFolds(labels: labels, folds: folds, using: &stream)
      #expect(result.count == folds)
      #expect(result.flatMap { $0 }.sorted() == Array(labels.indices), "seed \(seed)")
      #expect(result.allSatisfy { $0 == $0.sorted() })
      let perFold = result.map { counts($0, labels) }
      for label in 0..<5 {
        let sizes = perFold.map { $0[label] }
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1, "seed \(seed)")
      }
      let sizes = result.map(\.count)
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1, "seed \(seed)")
    }
  }

  @Test("The same seed gives the same folds, another seed and the next repeat give others")
  func seeds() throws {
    let labels = (0..<60).map { $0 % 3 }
    var (a, b, c) = (RandomStream(seed: 1), RandomStream(seed: 1), RandomStream(seed: 2))
    let repeats = try repeatedStratifiedFolds(labels: labels, folds: 5, repeats: 3, using: &a)
    #expect(repeats[0] == (try stratifiedFolds(labels: labels, folds: 5, using: &b)))
    #expect(repeats[1] == (try stratifiedFolds(labels: labels, folds: 5, using: &b)))
    #expect(repeats[0] != (try stratifiedFolds(labels: labels, folds: 5, using: &c)))
    #expect(Set(repeats).count == 3)
  }

  @Test("Every pair of rows of a class meets in some fold over many draws")
  func foldsAreShuffled() throws {
    let labels = [Int](repeating: 0, count: 6)
    var stream = RandomStream(seed: 3)
    var met: Set<[Int]> = []
    for _ in 0..<200 {
      for fold in try stratifiedFolds(labels: labels, folds: 3, using: &stream) { met.insert(fold) }
    }
    #expect(met.count == 15)  // all pairs of 6 rows
  }

  @Test("Training rows are those outside the fold")
  func trainingRows() {
    #expect(rows(outside: [1, 3], of: 5) == [0, 2, 4])
  }

  @Test("A class smaller than the folds is named")
  func smallClass() {
    var stream = RandomStream(seed: 0)
    let labels = [0, 0, 0, 0, 0, 1, 1, 1]
    #expect(
      message {
        try stratifiedFolds(labels: labels, folds: 5, classNames: ["a", "b"], using: &stream)
      }
        == "class 'b' has 3 rows, fewer than the 5 folds; use fewer folds, merge such classes into one by "
        + "--rare-classes merge, or leave them out by --rare-classes drop")
    #expect(
      message { try stratifiedFolds(labels: labels + [2], folds: 2, using: &stream) }
        == "class '2' has 1 row, fewer than the 2 folds; merge such classes into one by --rare-classes "
        + "merge, or leave them out by --rare-classes drop")
    #expect(
      message { try stratifiedFolds(labels: labels, folds: 1, using: &stream) }
        == "1 folds: cross-validation needs 2 or more")
    #expect(
      message { try repeatedStratifiedFolds(labels: labels, folds: 2, repeats: 0, using: &stream) }
        == "0 repeats: cross-validation needs 1 or more")
  }

  @Test("A split covers every row once and divides each class in proportion, within one row")
  func splitIsStratified() throws {
    for seed in 0..<100 as Range<UInt64> {
      var stream = RandomStream(seed: seed)
      let labels = randomLabels(&stream, minimum: 2)
      let fraction = stream.uniform(in: 0.05..<0.95)
      let (first, second) = try stratifiedSplit(labels: labels, fraction: fraction, using: &stream)
      #expect((first + second).sorted() == Array(labels.indices), "seed \(seed)")
      let wanted = Int((fraction * Double(labels.count)).rounded())
      #expect(first.count == min(max(wanted, 1), labels.count - 1), "seed \(seed)")
      let (all, some) = (counts(Array(labels.indices), labels), counts(first, labels))
      for label in 0..<5 {
        #expect(abs(Double(some[label]) - fraction * Double(all[label])) < 1, "seed \(seed)")
      }
    }
  }

  @Test("A split needs two rows and a fraction inside 0 and 1", arguments: [0, 1, -1, .nan])
  func splitMistakes(fraction: Double) {
    var stream = RandomStream(seed: 0)
    #expect(
      message { try stratifiedSplit(labels: [0, 1], fraction: fraction, using: &stream) }
        == "a split fraction of \(fraction): it must lie between 0 and 1")
    #expect(
      message { try stratifiedSplit(labels: [0], fraction: 0.5, using: &stream) }
        == "1 rows cannot be split in two")
  }
}
