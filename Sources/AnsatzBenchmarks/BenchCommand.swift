import Ansatz
import ArgumentParser
import Foundation

/// Runs one workload and prints its result as a JSON line, with check values to compare.
@main
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ansatz-bench",
    abstract: "Times one workload and prints its result, with check values, as a JSON line.",
    discussion: Workloads.all.map {
      "\($0.name): sizes \($0.sizes.joined(separator: ", "))  \($0.summary)"
    }.joined(separator: "\n"))

  @Option(help: "The workload's name.")
  var workload: String?

  @Flag(help: "Print every workload, size and precision of the performance contract instead.")
  var list = false

  @Option(help: "The size, such as 8x3x64; the workload's first if left out.")
  var size: String?

  @Option(help: "f64 or f32.")
  var precision = "f64"

  @Option(help: "Worker threads.")
  var threads: Int?

  @Option(help: "Timed calls; the median counts.")
  var runs = 5

  @Option(help: "The least seconds to spend on timed calls; short workloads repeat until then.")
  var seconds = 1.0

  func run() throws {
    do {
      try measure()
    } catch let error as AnsatzError {
      throw Self.exit(error.message, error.exitCode)
    } catch let error as CircuitError {
      throw Self.exit(
        error.problems.map(\.description).joined(separator: "; "),
        AnsatzError.Category.usage.rawValue)
    }
  }

  private func printList() {
    for workload in Workloads.all {
      for size in workload.sizes {
        for precision in workload.precisions { print(workload.name, size, precision) }
      }
    }
  }

  private static func exit(_ message: String, _ code: Int32) -> ExitCode {
    FileHandle.standardError.write(Data("ansatz-bench: error: \(message)\n".utf8))
    return ExitCode(code)
  }

  private func measure() throws {
    guard !list else { return printList() }
    guard let workload else {
      throw AnsatzError(.usage, "name a workload with --workload, or see --list")
    }
    guard let chosen = Workloads.all.first(where: { $0.name == workload }) else {
      throw AnsatzError(
        .usage,
        "unknown workload '\(workload)'; \(didYouMean(workload, in: Workloads.all.map(\.name)))")
    }
    let size = size ?? chosen.sizes[0]
    let numbers = size.split(separator: "x").compactMap { Int($0) }
    guard numbers.count == chosen.sizes[0].split(separator: "x").count,
      numbers.allSatisfy({ $0 > 0 })
    else {
      throw AnsatzError(.usage, "--size \(size) does not look like \(chosen.sizes[0])")
    }
    guard precision == "f64" || precision == "f32", chosen.precisions.contains(precision) else {
      throw AnsatzError(
        .usage,
        "--precision \(precision): \(chosen.name) runs in "
          + chosen.precisions.joined(separator: " or "))
    }
    if let threads { ThreadPool.shared.activeThreadCount = threads }
    let timing = Timing(runs: max(1, runs), seconds: seconds)
    let report =
      precision == "f64"
      ? try chosen.run(numbers, timing: timing, precision: Double.self)
      : try chosen.run(numbers, timing: timing, precision: Float.self)
    print(report.line(workload: chosen.name, precision: precision))
    if let expected = chosen.expected[size] {
      let wrong = report.disagreements(with: expected, precision: precision)
      guard wrong.isEmpty else {
        throw AnsatzError(.software, "check failed: \(wrong.joined(separator: "; "))")
      }
    }
  }
}
