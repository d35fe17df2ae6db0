import AnsatzData
import AnsatzMath

/// Predicts the class that most of the nearest training rows have (Euclidean distance).
///
/// Rows at equal distance count in training order; classes with equally many votes give way to the
/// smallest, as in scikit-learn.
public struct KNearestNeighbors: Classifier {
  public let name = "k-nearest-neighbors"
  /// How many training rows vote.
  public let neighborCount: Int
  private var training: (features: Tensor<Double>, labels: [Int], classCount: Int)?

  /// - Throws: `AnsatzError` unless there is at least one neighbour.
  public init(neighbors: Int) throws {
    guard neighbors >= 1 else {
      throw AnsatzError(.usage, "k-nearest-neighbors needs 1 neighbor or more, not \(neighbors)")
    }
    neighborCount = neighbors
  }

  /// Five neighbours.
  public init() {
    neighborCount = 5
  }

  /// 0: it remembers the training rows and trains no number.
  public var parameterCount: Int { 0 }

  public mutating func fit(
    _ features: Tensor<Double>, labels: [Int], classCount: Int, observer: any FitObserver
  ) throws {
    try FitInput.check(features, labels: labels, classCount: classCount, for: name)
    guard labels.count >= neighborCount else {
      throw AnsatzError(
        .badData, "\(name) needs \(neighborCount) training rows, but there are \(labels.count)")
    }
    training = (features, labels, classCount)
    observer.progressed(to: 1)
  }

  public func predict(_ features: Tensor<Double>) throws -> [Int] {
    try FitInput.check(features, fittedCount: training?.features.rowSize, for: name)
    return try votes(features).map { $0.firstIndex(of: $0.max() ?? 0) ?? 0 }
  }

  /// The part of the neighbours that are of the second class.
  public func secondClassScores(_ features: Tensor<Double>) throws -> [Double]? {
    try FitInput.check(features, fittedCount: training?.features.rowSize, for: name)
    guard training?.classCount == 2 else { return nil }
    return try votes(features).map { Double($0[1]) / Double(neighborCount) }
  }

  /// For each row, how many of its neighbours are of each class.
  private func votes(_ features: Tensor<Double>) throws -> [[Int]] {
    guard let (known, labels, classCount) = training else { return [] }
    let width = features.rowSize
    return try features.elements.withUnsafeBufferPointer { queries in
      try known.elements.withUnsafeBufferPointer { rows in
        try (0..<features.rowCount).map { query in
          try StopFlag.check()
          let nearest = nearestRows(
            to: UnsafeBufferPointer(rebasing: queries[query * width..<(query + 1) * width]),
            among: rows)
          var votes = [Int](repeating: 0, count: classCount)
          for row in nearest { votes[labels[row]] += 1 }
          return votes
        }
      }
    }
  }

  /// The nearest rows, by rising distance and then by index.
  private func nearestRows(
    to query: UnsafeBufferPointer<Double>, among rows: UnsafeBufferPointer<Double>
  ) -> [Int] {
    let width = query.count
    var nearest: [(distance: Double, row: Int)] = []
    for row in 0..<rows.count / width {
      var distance = 0.0
      for c in 0..<width {
        let difference = query[c] - rows[row * width + c]
        distance += difference * difference
      }
      if nearest.count == neighborCount {
        guard let farthest = nearest.last, distance < farthest.distance else { continue }
        nearest.removeLast()
      }
      // Strictly smaller: among equals the earlier row stays in front.
      let position = nearest.firstIndex { distance < $0.distance } ?? nearest.count
      nearest.insert((distance, row), at: position)
    }
    return nearest.map(\.row)
  }
}
