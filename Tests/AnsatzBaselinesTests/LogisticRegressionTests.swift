import AnsatzData
import AnsatzMath
import Foundation
import Testing

@testable import AnsatzBaselines

@Suite struct LogisticRegressionTests {
  func objective(classes: Int, weight: Double = 0.7) -> LogisticObjective {
    let data = clouds(classes: classes, rowsPerClass: 10, spread: 0.8, seed: 6)
    return LogisticObjective(
      data.features, labels: data.labels, classCount: classes, weight: weight)
  }

  func randomPoint(_ objective: LogisticObjective, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed)
    return (0..<objective.parameterCount).map { _ in stream.normal() }
  }

  @Test("The objective is the penalised sum of -log of the labels' probabilities")
  func objectiveByHand() throws {
    let rows = Tensor<Double>(rows: [[1, -2], [0.5, 3]])
    // Two classes: one weight vector and an offset.
    let binary = LogisticObjective(rows, labels: [0, 1], classCount: 2, weight: 2)
    let (w, b) = ([0.3, -0.2], 0.1)
    let scores = [w[0] - 2 * w[1] + b, 0.5 * w[0] + 3 * w[1] + b]
    let loss = log(1 + exp(scores[0])) + log(1 + exp(-scores[1]))
    // A dozen roundings of numbers of size 1.
    #expect(abs(binary.evaluate(w + [b]).value - (2 * loss + (0.09 + 0.04) / 2)) < 1e-14)
    // Three classes: a weight vector and an offset each.
    let multi = LogisticObjective(rows, labels: [2, 0], classCount: 3, weight: 1)
    let parameters = [0.1, 0.2, 0.3, -0.4, 0.5, 0.6, 0.7, -0.8, 0.9]
    func score(_ row: Int, _ k: Int) -> Double {
      parameters[3 * k] * rows[row, 0] + parameters[3 * k + 1] * rows[row, 1]
        + parameters[3 * k + 2]
    }
    func surprise(_ row: Int, _ label: Int) -> Double {
      log((0..<3).reduce(0) { $0 + exp(score(row, $1)) }) - score(row, label)
    }
    let penalty = (0.01 + 0.04 + 0.16 + 0.25 + 0.49 + 0.64) / 2
    let expected = surprise(0, 2) + surprise(1, 0) + penalty
    #expect(abs(multi.evaluate(parameters).value - expected) < 1e-13)
  }

  @Test("Gradient and Hessian are the finite differences of the objective", arguments: [2, 3, 4])
  func derivatives(classes: Int) throws {
    let objective = objective(classes: classes)
    let point = randomPoint(objective, seed: 1)
    let direction = randomPoint(objective, seed: 2)
    let (_, gradient, probabilities) = objective.evaluate(point)
    let diagonal = objective.curvatureDiagonal(probabilities: probabilities)
    let step = 1e-5
    func moved(_ along: [Double], _ length: Double) -> [Double] {
      zip(point, along).map { $0 + length * $1 }
    }
    for i in point.indices {
      let unit = point.indices.map { $0 == i ? 1.0 : 0 }
      let slope =
        (objective.evaluate(moved(unit, step)).value
          - objective.evaluate(moved(unit, -step)).value) / (2 * step)
      // Central differences: step² in truncation, 1e-16 · 30 / step in rounding.
      #expect(abs(gradient[i] - slope) < 1e-7)
      let curvature = objective.curvature(along: unit, probabilities: probabilities)
      #expect(abs(diagonal[i] - curvature[i]) < 1e-12)
    }
    let product = objective.curvature(along: direction, probabilities: probabilities)
    let (ahead, behind) = (
      objective.evaluate(moved(direction, step)).gradient,
      objective.evaluate(moved(direction, -step)).gradient
    )
    for i in point.indices {
      #expect(abs(product[i] - (ahead[i] - behind[i]) / (2 * step)) < 1e-7)
    }
  }

  @Test(
    "At the solution the gradient is zero by finite differences, and every move climbs",
    arguments: [2, 3, 4])
  func optimum(classes: Int) throws {
    let objective = objective(classes: classes)
    let solution = try minimize(objective, observer: SilentObserver())
    let best = objective.evaluate(solution)
    #expect(best.gradient.allSatisfy { abs($0) <= 1e-8 })
    for i in solution.indices {
      var (ahead, behind) = (solution, solution)
      ahead[i] += 1e-4
      behind[i] -= 1e-4
      let (up, down) = (objective.evaluate(ahead).value, objective.evaluate(behind).value)
      // Third derivatives of size 10 times step² leave 1e-7.
      #expect(abs(up - down) / 2e-4 < 1e-6)
      #expect(up > best.value && down > best.value)
    }
  }

  @Test("Two points ±1 have the weight that solves w = 2C / (1 + exp(w))", arguments: [0.1, 1, 50])
  func closedForm(inverseRegularization c: Double) throws {
    var classifier = try LogisticRegression(inverseRegularization: c)
    try classifier.fit(
      Tensor(rows: [[-1], [1]]), labels: [0, 1], classCount: 2, observer: SilentObserver())
    let parameters = classifier.solution?.parameters ?? []
    #expect(parameters.count == 2)
    #expect(abs(parameters[0] - 2 * c / (1 + exp(parameters[0]))) < 1e-7)
    #expect(abs(parameters[1]) < 1e-7)
    #expect(try classifier.predict(Tensor(rows: [[-0.1], [0.1]])) == [0, 1])
  }

  @Test("It converges on raw features of very different sizes and on separable classes")
  func hardProblems() throws {
    for name in ["iris", "wine", "breast-cancer"] {
      let data = try EmbeddedDatasets.named(name).load()
      let matrix = try data.features.matrix()
      var classifier = LogisticRegression()
      try classifier.fit(
        matrix, labels: data.labels, classCount: data.classCount, observer: SilentObserver())
      let correct = zip(try classifier.predict(matrix), data.labels).count { $0 == $1 }
      #expect(Double(correct) / Double(data.rowCount) > 0.94, "\(name)")
    }
    let apart = clouds(classes: 3, rowsPerClass: 20, spread: 1e-3, seed: 7)
    var classifier = try LogisticRegression(inverseRegularization: 1e4)
    try classifier.fit(
      apart.features, labels: apart.labels, classCount: 3, observer: SilentObserver())
    #expect(try classifier.predict(apart.features) == apart.labels)
  }

  @Test("Its numbers are a weight per feature and an offset, once for two classes, else per class")
  func parameterCount() throws {
    for (classes, count) in [(2, 3), (3, 9), (4, 12)] {
      let data = clouds(classes: classes, rowsPerClass: 5, spread: 0.5, seed: 8)
      var classifier = LogisticRegression()
      try classifier.fit(
        data.features, labels: data.labels, classCount: classes, observer: SilentObserver())
      #expect(classifier.parameterCount == count)
    }
  }

  @Test("A C that is not positive is refused", arguments: [0, -1, .nan, .infinity])
  func mistakes(c: Double) {
    #expect(
      message { try LogisticRegression(inverseRegularization: c) }
        == "logistic-regression needs a positive C, not \(c)")
  }
}
