import Ansatz
import Foundation

/// A piece of work that every simulator can do alike, with check values that prove it was done.
protocol Workload: Sendable {
  var name: String { get }
  var summary: String { get }
  /// The sizes of the performance contract.
  var sizes: [String] { get }
  var precisions: [String] { get }
  /// The check values of each known size, in double precision.
  var expected: [String: [String: Double]] { get }

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report
}

extension Workload {
  var precisions: [String] { ["f64", "f32"] }
}

/// How often a workload is called.
struct Timing: Sendable {
  let runs: Int
  let seconds: Double

  /// Times calls after one warm-up, at least `runs` of them and at least `seconds` in all.
  func measure<Result>(_ call: () throws -> Result) rethrows -> (Result, Times) {
    var start = DispatchTime.now().uptimeNanoseconds
    var result = try call()
    func elapsed() -> Double {
      Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
    }
    let first = elapsed()
    var times: [Double] = []
    var total = 0.0
    while times.count < runs || (total < seconds && times.count < 100_000) {
      start = DispatchTime.now().uptimeNanoseconds
      result = try call()
      times.append(elapsed())
      total += times[times.count - 1]
    }
    times.sort()
    return (
      result,
      Times(
        first: first, median: times[times.count / 2], minimum: times[0], runs: times.count)
    )
  }
}

struct Times: Sendable {
  let first: Double
  let median: Double
  let minimum: Double
  let runs: Int
  /// Memory used at most up to the last call.
  let peakMegabytes = Self.peakMegabytes()

  private static func peakMegabytes() -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kilobytes = line.flatMap { Double($0.split(separator: " ").dropFirst().first ?? "") }
    return ((kilobytes ?? 0) / 1024 * 10).rounded() / 10
  }
}

/// What one workload prints.
struct Report: Sendable {
  /// The fields that name the size, such as `n` and `layers`.
  let fields: [(String, Int)]
  let times: Times
  let check: [(String, Double)]
  /// The difference allowed where the work is random; nil where it is exact.
  var tolerance: Double?
  /// The least seconds that the plan's work on states takes on this machine; nil if there is no plan.
  var floor: Double?

  func line(workload: String, precision: String) -> String {
    let size = fields.map { ", \"\($0.0)\": \($0.1)" }.joined()
    let checks = check.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ")
    return "{\"workload\": \"\(workload)\"\(size), \"precision\": \"\(precision)\", "
      + "\"system\": \"ansatz\", \"threads\": \(ThreadPool.shared.activeThreadCount), "
      + "\"first_s\": \(times.first), \"median_s\": \(times.median), \"min_s\": \(times.minimum), "
      + (floor.map { "\"floor_s\": \($0), " } ?? "")
      + "\"runs\": \(times.runs), \"peak_rss_mb\": \(times.peakMegabytes), "
      + "\"check\": {\(checks)}}"
  }

  /// Values that are off by more than 1e-8 (f64) or 1e-3 (f32), relative; a difference of sums near
  /// one half that cancels is measured against 1e-3 instead of its own size.
  func disagreements(with expected: [String: Double], precision: String) -> [String] {
    let relative = precision == "f64" ? 1e-8 : 1e-3
    return check.compactMap { name, value in
      guard let wanted = expected[name] else { return nil }
      let isProbability = name == "p0" || name == "p1"
      let allowed = tolerance ?? relative * max(abs(wanted), isProbability ? 0 : 1e-3)
      return abs(value - wanted) <= allowed ? nil : "\(name) is \(value), expected \(wanted)"
    }
  }
}

/// The angles of the performance contract: no random numbers, every angle from a formula.
enum Formula {
  static func fraction(_ x: Double) -> Double { x - x.rounded(.down) }
  static func weight(_ k: Int) -> Double { 2 * .pi * fraction(Double(k + 1) * 0.6180339887498949) }
  /// `x(b, i)` is `input(b * n + i)`.
  static func input(_ index: Int) -> Double {
    .pi * fraction(Double(index + 1) * 0.7548776662466927)
  }

  static func weights<S: Scalar>(_ count: Int, as type: S.Type) -> [S] {
    (0..<count).map { S(weight($0)) }
  }

  static func norm<S: Scalar>(_ values: [S]) -> Double {
    values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}

/// Layers of Rot on every qubit and a CNOT ring, the weights in order.
struct RotLayers: CircuitComponent {
  let operations: [CircuitOperation]

  init(layers: Int, qubits: Int) {
    let w = Weights("w", layers, qubits, 3)
    operations = (0..<layers).flatMap { l in
      (0..<qubits).flatMap { q in
        Rot(w[l, q, 0], w[l, q, 1], w[l, q, 2], on: q).operations
      }
        + (0..<qubits).flatMap { CNOT(control: $0, target: ($0 + 1) % qubits).operations }
    }
  }
}

enum Workloads {
  /// A new workload is one file and one line here.
  static let all: [any Workload] = [
    TrainStep(), VQEGradient(), Forward(), FourierTransformation(), ShiftGradient(), MLPStep(),
    Shots(), KernelMatrix(), Density(), Trajectories(), Mixed(), Reupload(), SU4Brickwork(),
    HessianMatrix(), MetricMatrix(),
  ]
}
