import AnsatzMath

/// How often rows of each true class were predicted to be each class.
public struct ConfusionCounts: Equatable, Sendable {
  /// `counts[i][j]`: how many rows of true class i were predicted to be class j.
  public let counts: [[Int]]

  /// The counts of predictions.
  public init(_ predictions: ClassPredictions) {
    let classes = predictions.classCount
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for (truth, predicted) in zip(predictions.truth, predictions.predicted) {
      counts[truth][predicted] += 1
    }
    self.counts = counts
  }

  /// How many classes there are.
  public var classCount: Int { counts.count }
  /// How many rows there are.
  public var rowCount: Int { counts.joined().reduce(0, +) }
  /// How many rows were predicted rightly.
  public var correctCount: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }

  /// How many rows are of a class.
  public func trueCount(of label: Int) -> Int { counts[label].reduce(0, +) }
  /// How many rows were predicted to be of a class.
  public func predictedCount(of label: Int) -> Int { counts.reduce(0) { $0 + $1[label] } }

  /// The classes that occur, in truth or in predictions, ascending.
  public var occurringClasses: [Int] {
    counts.indices.filter { trueCount(of: $0) + predictedCount(of: $0) > 0 }
  }

  /// Of the rows predicted to be of a class, the part that is; 0 if there are none.
  public func precision(of label: Int) -> Double {
    fraction(counts[label][label], of: predictedCount(of: label))
  }

  /// Of the rows of a class, the part predicted so; 0 if there are none.
  public func recall(of label: Int) -> Double {
    fraction(counts[label][label], of: trueCount(of: label))
  }

  /// The harmonic mean of a class's precision and recall, `2 TP / (2 TP + FP + FN)`; 0 for a class
  /// that does not occur.
  public func f1(of label: Int) -> Double {
    fraction(2 * counts[label][label], of: trueCount(of: label) + predictedCount(of: label))
  }

  private func fraction(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}
