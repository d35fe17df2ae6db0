import AnsatzData
import AnsatzMath
import Foundation
import Testing

@testable import AnsatzBaselines

@Suite struct SupportVectorMachineTests {
  func fitted(
    _ features: Tensor<Double>, _ labels: [Int], classes: Int, cost: Double, gamma: Double?
  ) throws -> SupportVectorMachine {
    var classifier = try SupportVectorMachine(cost: cost, gamma: gamma)
    try classifier.fit(
      features, labels: labels, classCount: classes, observer: SilentObserver())
    return classifier
  }

  @Test(
    "Two points of squared distance 2 have the dual solution min(C, 1 / (1 - exp(-2γ)))",
    arguments: [(0.5, 10), (0.5, 1), (2, 10)])
  func twoPoints(gamma: Double, cost: Double) throws {
    let points = Tensor<Double>(rows: [[1, 0], [0, 1]])
    let classifier = try fitted(points, [0, 1], classes: 2, cost: cost, gamma: gamma)
    let machine = try #require(classifier.machine)
    // The dual is 2α - α²(1 - k), by symmetry without offset; libsvm solves one pair
    // exactly but for its kernel values, which it keeps as Float.
    let alpha = min(cost, 1 / (1 - exp(-2 * gamma)))
    #expect(machine.coefficients.count == 2)
    #expect(abs(machine.coefficients.elements[0] - alpha) < 1e-6)
    #expect(abs(machine.coefficients.elements[1] + alpha) < 1e-6)
    #expect(abs(machine.offsets[0]) < 1e-12)
    #expect(classifier.parameterCount == 3)
    #expect(try classifier.predict(Tensor(rows: [[1, 0.2], [0.2, 1]])) == [0, 1])
  }

  @Test(
    "The solution of every pair of classes meets the optimality conditions",
    arguments: [(2, 1.0), (3, 1.0), (4, 5.0)])
  func optimality(classes: Int, cost: Double) throws {
    let data = clouds(classes: classes, rowsPerClass: 25, spread: 0.6, seed: 9)
    let classifier = try fitted(
      data.features, data.labels, classes: classes, cost: cost, gamma: 0.8)
    let machine = try #require(classifier.machine)
    let owners = machine.vectorCounts.enumerated().flatMap { [Int](repeating: $0, count: $1) }
    var pair = 0
    for i in 0..<classes {
      for j in (i + 1)..<classes {
        var balance = 0.0
        for row in data.labels.indices where [i, j].contains(data.labels[row]) {
          let own = data.labels[row]
          let vector = (0..<owners.count).first {
            machine.vectors.row($0) == data.features.row(row)
          }
          let line = own == i ? j - 1 : i
          let coefficient = vector.map { machine.coefficients[line, $0] } ?? 0
          let sign: Double = own == i ? 1 : -1
          balance += coefficient
          let alpha = coefficient * sign
          #expect(alpha >= 0 && alpha <= cost)
          let margin = sign * machine.decisions(data.features.row(row))[pair]
          // libsvm stops when the conditions hold within 1e-3.
          if alpha < cost { #expect(margin > 1 - 2e-3, "row \(row)") }
          if alpha > 0 { #expect(margin < 1 + 2e-3, "row \(row)") }
        }
        #expect(abs(balance) < 1e-9)
        pair += 1
      }
    }
    #expect(pair == machine.offsets.count)
  }

  @Test("Decisions are the kernel sum of the support vectors, and votes choose the class")
  func votes() throws {
    let data = clouds(classes: 3, rowsPerClass: 15, spread: 0.5, seed: 10)
    let classifier = try fitted(data.features, data.labels, classes: 3, cost: 1, gamma: nil)
    let machine = try #require(classifier.machine)
    let numbers = data.features.elements
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let squares = numbers.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    // 1 / (features · variance), for two features, to the roundings of the sums.
    #expect(abs(machine.gamma * 2 * squares / Double(numbers.count) - 1) < 1e-12)
    #expect(machine.classes == [0, 1, 2])
    let predicted = try classifier.predict(data.features)
    for (row, label) in predicted.enumerated() {
      let d = machine.decisions(data.features.row(row))
      // Pairs (0, 1), (0, 2), (1, 2).
      let votes = [
        (d[0] > 0 ? 1 : 0) + (d[1] > 0 ? 1 : 0), (d[0] > 0 ? 0 : 1) + (d[2] > 0 ? 1 : 0),
        (d[1] > 0 ? 0 : 1) + (d[2] > 0 ? 0 : 1),
      ]
      #expect(votes[label] == votes.max())
    }
    #expect(zip(predicted, data.labels).count { $0 == $1 } > 40)
  }

  @Test("The order of the training rows does not change a prediction")
  func rowOrder() throws {
    let data = clouds(classes: 3, rowsPerClass: 20, spread: 0.3, seed: 11)
    var stream = RandomStream(seed: 12)
    let order = stream.permutation(data.labels.count)
    let straight = try fitted(data.features, data.labels, classes: 3, cost: 1, gamma: nil)
    let shuffled = try fitted(
      data.features.rows(at: order), order.map { data.labels[$0] }, classes: 3, cost: 1, gamma: nil)
    #expect(try straight.predict(data.features) == shuffled.predict(data.features))
  }

  @Test("Parameters that are not positive are refused", arguments: [0, -1, .nan, .infinity])
  func mistakes(value: Double) {
    #expect(
      message { try SupportVectorMachine(cost: value) } == "svm needs a positive C, not \(value)")
    #expect(
      message { try SupportVectorMachine(cost: 1, gamma: value) }
        == "svm needs a positive gamma, not \(value)")
  }
}
