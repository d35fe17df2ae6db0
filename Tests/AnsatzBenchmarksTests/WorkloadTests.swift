import Ansatz
import Testing

@testable import AnsatzBenchmarks

@Suite("Benchmark workloads")
struct WorkloadTests {
  private let once = Timing(runs: 1, seconds: 0)

  /// The sizes small enough for a test.
  private static let quick = [
    "train-step": ["4x2x6"], "vqe-grad": ["6x2"], "forward": ["10"], "qft": ["8"],
    "param-shift": ["4x2"], "mlp-step": ["64"], "shots": ["10"], "kernel": ["4x20"],
    "density": ["4"], "trajectories": ["4"], "mixed": ["5x6", "5x1"], "reupload": ["4x6", "4x1"],
    "su4-brickwork": ["4x6", "4x1"], "hessian": ["3x1"], "metric": ["3x1"],
  ]

  @Test(
    "Every workload gives its check values in both precisions",
    arguments: Workloads.all.map(\.name))
  func checkValues(name: String) throws {
    let workload = try #require(Workloads.all.first { $0.name == name })
    for size in try #require(Self.quick[name]) {
      let expected = try #require(workload.expected[size])
      let numbers = size.split(separator: "x").compactMap { Int($0) }
      let double = try workload.run(numbers, timing: once, precision: Double.self)
      #expect(double.disagreements(with: expected, precision: "f64").isEmpty)
      #expect(Set(double.check.map(\.0)).isSuperset(of: expected.keys))
      guard workload.precisions.contains("f32") else { continue }
      let single = try workload.run(numbers, timing: once, precision: Float.self)
      #expect(single.disagreements(with: expected, precision: "f32").isEmpty)
    }
  }

  @Test("A wrong value is reported")
  func wrongValue() {
    let report = Report(
      fields: [("n", 4)], times: Times(first: 1, median: 1, minimum: 1, runs: 1),
      check: [("loss", 1.00000002)])
    #expect(report.disagreements(with: ["loss": 1], precision: "f64").count == 1)
    #expect(report.disagreements(with: ["loss": 1], precision: "f32").isEmpty)
  }

  @Test("Angles come from the contract's formulas")
  func formulas() {
    #expect(abs(Formula.weight(0) - 2 * .pi * 0.6180339887498949) < 1e-15)
    #expect(abs(Formula.input(1) - .pi * 0.5097553324933854) < 1e-12)
  }
}
