import AnsatzMath
import Numerics

/// The penalised negative log-likelihood of logistic regression, with its derivatives.
///
/// Parameters are a row-major matrix `[outputs, features + 1]`, the offset last in each row; there
/// is one output for two classes and one per class for more.
struct LogisticObjective {
  /// The features with a column of ones, `[rows, features + 1]`.
  private let rows: Tensor<Double>
  private let labels: [Int]
  private let weight: Double
  private let outputCount: Int

  init(_ features: Tensor<Double>, labels: [Int], classCount: Int, weight: Double) {
    rows = Self.withOnes(features)
    self.labels = labels
    self.weight = weight
    outputCount = classCount == 2 ? 1 : classCount
  }

  var parameterCount: Int { outputCount * rows.rowSize }

  static func withOnes(_ features: Tensor<Double>) -> Tensor<Double> {
    var elements: [Double] = []
    elements.reserveCapacity(features.count + features.rowCount)
    for row in 0..<features.rowCount {
      elements += features.row(row)
      elements.append(1)
    }
    return Tensor(shape: [features.rowCount, features.rowSize + 1], elements: elements)
  }

  /// `[rows, outputs]`: what softmax or the sigmoid is applied to.
  static func scores(_ rows: Tensor<Double>, parameters: [Double]) -> Tensor<Double> {
    let matrix = Tensor(
      shape: [parameters.count / rows.rowSize, rows.rowSize], elements: parameters)
    return matrixProduct(rows, matrix, transposeB: true)
  }

  /// The value, its gradient, and the probabilities `[rows, outputs]` that `curvature` needs.
  func evaluate(
    _ parameters: [Double]
  ) -> (value: Double, gradient: [Double], probabilities: Tensor<Double>) {
    var probabilities = Self.scores(rows, parameters: parameters)
    var errors = probabilities
    var loss = 0.0
    for (row, label) in labels.enumerated() {
      let range = row * outputCount..<(row + 1) * outputCount
      if outputCount == 1 {
        let score = probabilities.elements[row]
        // -log p of the label is log(1 + exp(∓score)), written so that nothing overflows.
        let margin = label == 1 ? score : -score
        loss += max(-margin, 0) + Double.log(onePlus: Double.exp(-abs(margin)))
        let probability = sigmoid(score)
        probabilities.elements[row] = probability
        errors.elements[row] = probability - (label == 1 ? 1 : 0)
      } else {
        let largest = probabilities.elements[range].max() ?? 0
        var total = 0.0
        for i in range { total += Double.exp(probabilities.elements[i] - largest) }
        let logTotal = largest + Double.log(total)
        loss += logTotal - probabilities.elements[range.lowerBound + label]
        for i in range {
          probabilities.elements[i] = Double.exp(probabilities.elements[i] - logTotal)
          errors.elements[i] = probabilities.elements[i]
        }
        errors.elements[range.lowerBound + label] -= 1
      }
    }
    var gradient = matrixProduct(errors, rows, transposeA: true).elements
    var penalty = 0.0
    for i in gradient.indices {
      gradient[i] *= weight
      guard isPenalized(i) else { continue }
      penalty += parameters[i] * parameters[i] / 2
      gradient[i] += parameters[i]
    }
    return (weight * loss + penalty, gradient, probabilities)
  }

  /// The Hessian at the point of `probabilities`, times a direction.
  func curvature(along direction: [Double], probabilities: Tensor<Double>) -> [Double] {
    var change = Self.scores(rows, parameters: direction)
    for row in labels.indices {
      let range = row * outputCount..<(row + 1) * outputCount
      var mean = 0.0
      for i in range { mean += probabilities.elements[i] * change.elements[i] }
      // For one output p·(1 - p)·change: the other class's score does not change.
      for i in range {
        change.elements[i] = probabilities.elements[i] * (change.elements[i] - mean)
      }
    }
    var result = matrixProduct(change, rows, transposeA: true).elements
    for i in result.indices {
      result[i] = weight * result[i] + (isPenalized(i) ? direction[i] : 0)
    }
    return result
  }

  /// The diagonal of the Hessian at the point of `probabilities`.
  func curvatureDiagonal(probabilities: Tensor<Double>) -> [Double] {
    var variances = probabilities
    for i in variances.elements.indices {
      variances.elements[i] = probabilities.elements[i] * (1 - probabilities.elements[i])
    }
    let diagonal = matrixProduct(variances, rows * rows, transposeA: true).elements
    return diagonal.indices.map { weight * diagonal[$0] + (isPenalized($0) ? 1 : 0) }
  }

  /// Whether a parameter is a weight, not an offset.
  private func isPenalized(_ index: Int) -> Bool { (index + 1) % rows.rowSize != 0 }
}

private func sigmoid(_ x: Double) -> Double {
  x >= 0 ? 1 / (1 + Double.exp(-x)) : Double.exp(x) / (1 + Double.exp(x))
}
