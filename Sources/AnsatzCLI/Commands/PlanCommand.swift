import Ansatz
import ArgumentParser

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show how a circuit, or the circuit of a model, is run, and what that costs.",
    discussion: """
      The floor is the time that the work on states takes at the rates of this machine, measured on \
      the spot unless given; no run by this plan can be faster.
      """)

  @Argument(
    help: ArgumentHelp(
      "An OpenQASM file, a circuit, a template or a model (see `ansatz draw`).", valueName: "NAME"))
  var name: String
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set a hyperparameter of the model; may be repeated.", valueName: "NAME=VALUE"))
  var settings: [String] = []
  @Option(help: ArgumentHelp("How many features a model is given.", valueName: "N"))
  var features = 4
  @Option(help: ArgumentHelp("How many classes a model tells apart.", valueName: "N"))
  var classes = 2
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The samples of the batch to cost.", valueName: "N"))
  var samples = 64
  @Option(help: ArgumentHelp("f64 or f32.", valueName: "PRECISION"))
  var precision = "f64"
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Multiply-adds per second, if not measured.", valueName: "RATE"))
  var multiplyAdds: Double?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Bytes moved per second, if not measured.", valueName: "RATE"))
  var bandwidth: Double?
  @OptionGroup var reading: CircuitReading
  @OptionGroup var computing: ComputeOptions
  @OptionGroup var reporting: ReportOptions

  func validate() throws {
    guard samples > 0 else { throw ValidationError("--samples must be 1 or more, not \(samples)") }
    for (name, rate) in [("--multiply-adds", multiplyAdds), ("--bandwidth", bandwidth)] {
      if let rate, !(rate > 0 && rate.isFinite) {
        throw ValidationError("\(name) must be a number above 0, not \(rate)")
      }
    }
  }

  /// One circuit's plan, and its floors in seconds.
  private struct CostedPlan: Encodable {
    let plan: PlanDescription
    let batch: Floor
    let single: Floor?
  }

  private struct Floor: Encodable {
    let samples: Int
    let forwardSeconds: Double
    let gradientSeconds: Double
    let forwardBytes: Double
    let gradientBytes: Double
    let forwardRates: MachineRates
    let gradientRates: MachineRates
  }

  func run() throws {
    try computing.apply()
    let layers = try Registry.layers(
      named: name, setting: settings, features: features, classes: classes,
      weights: reading.trained, size: reading.size)
    for layer in layers {
      guard let obstacle = layer.circuit.firstDynamicOperation else { continue }
      throw AnsatzError(
        .unavailable,
        "'\(name)' has no plan: it holds \(obstacle.name) in mid-circuit, and runs branch by branch"
      )
    }
    let precision = try Precision.named(precision)
    guard Executor.standard != .reference else {
      throw AnsatzError(
        .unavailable, "executor 'reference' runs gate by gate, without a plan")
    }
    let plans = try layers.map { layer in
      let program = Program(layer.circuit)
      guard
        let plan = program.planDescription(
          try CompiledObservables(layer.observables, qubitCount: layer.circuit.qubitCount))
      else {
        throw AnsatzError(
          .unavailable,
          "'\(name)' has no plan and runs gate by gate: \(program.planObstacle ?? "no plan holds it")"
        )
      }
      return switch precision {
      case .f64: costed(plan, in: Double.self)
      case .f32: costed(plan, in: Float.self)
      }
    }
    try report(plans, asJSON: reporting.json) {
      plans.map { text(of: $0) }.joined(separator: "\n\n")
    }
  }

  private func costed<S: Scalar>(_ plan: PlanDescription, in type: S.Type) -> CostedPlan {
    func floor(_ costs: PlanDescription.Costs, samples: Int) -> Floor {
      func rates(gradient: Bool) -> MachineRates {
        let measured =
          multiplyAdds != nil && bandwidth != nil
          ? nil
          : MachineRates.measured(
            workingSet: plan.workingSet(samples: samples, gradient: gradient, precision: S.self),
            precision: S.self)
        return MachineRates(
          multiplyAddsPerSecond: multiplyAdds ?? measured?.multiplyAddsPerSecond ?? .infinity,
          bytesPerSecond: bandwidth ?? measured?.bytesPerSecond ?? .infinity)
      }
      let (forward, gradient) = (rates(gradient: false), rates(gradient: true))
      let bytes = MemoryLayout<S>.stride
      func seconds(_ cost: PlanCost, _ rates: MachineRates) -> Double {
        cost.floor(evaluations: samples, bytesPerNumber: bytes, rates: rates)
      }
      return Floor(
        samples: samples, forwardSeconds: seconds(costs.forward, forward),
        gradientSeconds: seconds(costs.gradient, gradient),
        forwardBytes: costs.forward.numbersMoved * Double(bytes) * Double(samples),
        gradientBytes: costs.gradient.numbersMoved * Double(bytes) * Double(samples),
        forwardRates: forward, gradientRates: gradient)
    }
    return CostedPlan(
      plan: plan, batch: floor(plan.batch, samples: samples),
      single: plan.single.map { floor($0, samples: 1) })
  }

  /// A count without decimals, which may be more than an `Int` holds.
  private func whole(_ count: Double) -> String { decimal(count.rounded(), 0) }

  private func text(of costed: CostedPlan) -> String {
    let plan = costed.plan
    var table = TextTable([
      ("stage", .right), ("diagonal terms", .right), ("in groups", .right), ("rotations", .right),
      ("in passes", .right),
    ])
    for (index, stage) in plan.stages.enumerated() {
      table.append([
        "\(index + 1)", "\(stage.diagonalTerms)", "\(stage.diagonalGroups)", "\(stage.rotations)",
        "\(stage.rotationPasses)",
      ])
    }
    var costs = TextTable([
      ("run", .left), ("multiply-adds", .right), ("an amplitude", .right), ("bytes moved", .right),
      ("Gmultiply-adds/s", .right), ("GB/s", .right), ("floor", .right),
    ])
    let amplitudes = Double(1 << plan.qubits)
    func add(
      _ run: String, _ cost: PlanCost, samples: Int, bytes: Double, rates: MachineRates,
      seconds: Double
    ) {
      costs.append([
        run, whole(cost.multiplyAdds * Double(samples)),
        whole(cost.multiplyAdds / amplitudes), whole(bytes),
        decimal(rates.multiplyAddsPerSecond * 1e-9, 1), decimal(rates.bytesPerSecond * 1e-9, 1),
        "\(decimal(seconds * 1e6, 1)) µs",
      ])
    }
    func add(_ name: String, _ cost: PlanDescription.Costs, _ floor: Floor) {
      add(
        name, cost.forward, samples: floor.samples, bytes: floor.forwardBytes,
        rates: floor.forwardRates, seconds: floor.forwardSeconds)
      add(
        "\(name), gradients", cost.gradient, samples: floor.samples, bytes: floor.gradientBytes,
        rates: floor.gradientRates, seconds: floor.gradientSeconds)
    }
    add("batch of \(costed.batch.samples)", plan.batch, costed.batch)
    if let cost = plan.single, let floor = costed.single { add("single state", cost, floor) }
    let windows = plan.windows.map {
      "\na single state takes \(counted($0, "pass", plural: "passes")) over its memory, each through tiles that "
        + "stay in the cache\n"
    }
    return """
      \(name): \(counted(plan.qubits, "qubit")), \(counted(plan.gates, "gate"))
      start: a product state that takes in \(counted(plan.productGates, "rotation"))
      terms: \(plan.keptTerms) of \(plan.terms) can change what is measured
      measured: \(counted(plan.observableWords, "Pauli word"))
      state: \(plan.stateBytes) bytes a sample in f64

      \(plan.stages.isEmpty ? "no stages: the start is all there is" : table.text)
      \(windows ?? "")
      \(costs.text)
      """
  }
}
