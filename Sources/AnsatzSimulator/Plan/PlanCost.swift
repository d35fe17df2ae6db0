import AnsatzMath

/// Work on the states of one evaluation.
public struct PlanCost: Codable, Equatable, Sendable {
  /// Real multiply-adds.
  public let multiplyAdds: Double
  /// Real numbers of states read and written, by sweeps over a whole state.
  public let numbersMoved: Double

  /// Takes the values as they are.
  public init(multiplyAdds: Double, numbersMoved: Double) {
    self.multiplyAdds = multiplyAdds
    self.numbersMoved = numbersMoved
  }

  static func + (a: PlanCost, b: PlanCost) -> PlanCost {
    PlanCost(
      multiplyAdds: a.multiplyAdds + b.multiplyAdds, numbersMoved: a.numbersMoved + b.numbersMoved)
  }

  /// The least time for a number of evaluations: the arithmetic at full rate, or the sweeps at full
  /// bandwidth, whichever takes longer.
  ///
  /// What is counted is the work on the states themselves, each sweep reading and writing them whole
  /// once. Binding angles, building tables and starting threads come on top, so a small circuit stays
  /// further from its floor than a large one.
  public func floor(
    evaluations: Int = 1, bytesPerNumber: Int, rates: MachineRates
  ) -> Double {
    Double(evaluations)
      * max(
        multiplyAdds / rates.multiplyAddsPerSecond,
        numbersMoved * Double(bytesPerNumber) / rates.bytesPerSecond)
  }
}

extension Plan {
  /// What one evaluation takes by this plan.
  ///
  /// For each amplitude, forwards: 4 multiply-adds for the product start and for each diagonal (a
  /// complex product), 2 for each rotation (a lift of its real and its imaginary part). Back: the bra
  /// alone is carried, and each gradient reads ket and bra once, so a rotation takes 2 for either,
  /// a diagonal 4 for the bra and 2 for the vector its gradients are read from.
  ///
  /// - Parameter measures: Whether observables are read, or the state is what is wanted.
  func costs(measures: Bool) -> PlanDescription.Costs {
    let amplitudes = Double(sign: .plus, exponent: rowBits, significand: 1)
    // In units of an amplitude, and of a state read or written.
    func cost(_ operations: Double, sweeps: Double) -> PlanCost {
      PlanCost(multiplyAdds: operations * amplitudes, numbersMoved: 2 * sweeps * amplitudes)
    }
    var forward = cost(product == nil ? 0 : 4, sweeps: 1)
    var back = product == nil ? cost(0, sweeps: 0) : cost(20, sweeps: 2)
    for stage in stages {
      let passes = Double(stage.rotations.count)
      let rotations = Double(stage.rotations.reduce(0) { $0 + $1.angles.count })
      forward = forward + cost(2 * rotations, sweeps: 2 * passes)
      back = back + cost(4 * rotations, sweeps: 4 * passes)
      guard let diagonal = stage.diagonal else { continue }
      forward = forward + cost(4, sweeps: 2)
      back = back + cost(6 + 2 * Double(diagonal.groups.count), sweeps: 3)
    }
    guard measures else {
      return PlanDescription.Costs(forward: forward, gradient: forward + back)
    }
    let (groups, general) = (Double(readout.groups.count), Double(readout.general.count))
    let read = cost(4 + 4 * general, sweeps: max(1, groups) + general)
    let observe = cost(4 + 4 * general, sweeps: 2 + 3 * general)
    return PlanDescription.Costs(
      forward: forward + read, gradient: forward + read + observe + back)
  }
}

extension TilePlan {
  /// What one state takes by this plan, counted as `Plan.costs` does, with two differences: a window
  /// sweeps over memory once for all it runs, and on the way back the ket is undone beside the bra.
  ///
  /// - Parameter measures: Whether observables are read, or the state is what is wanted.
  func costs(measures: Bool) -> PlanDescription.Costs {
    let amplitudes = Double(sign: .plus, exponent: qubitCount, significand: 1)
    func cost(_ operations: Double, sweeps: Double) -> PlanCost {
      PlanCost(multiplyAdds: operations * amplitudes, numbersMoved: 2 * sweeps * amplitudes)
    }
    var forward = cost(product == nil ? 0 : 4, sweeps: 1)
    var back = product == nil ? cost(0, sweeps: 0) : cost(20, sweeps: 1)
    for window in windows {
      forward = forward + cost(0, sweeps: 2)
      back = back + cost(0, sweeps: 4)
      for step in window.steps {
        let rotations = Double(step.turns.reduce(0) { $0 + $1.angles.count })
        forward = forward + cost(2 * rotations, sweeps: 0)
        back = back + cost(6 * rotations, sweeps: 0)
        guard step.diagonal != nil else { continue }
        forward = forward + cost(4, sweeps: 0)
        back = back + cost(10, sweeps: 0)
      }
    }
    guard measures else {
      return PlanDescription.Costs(forward: forward, gradient: forward + back)
    }
    let passes = Double(readout.passes.count)
    let pairs = Double(readout.passes.reduce(0) { $0 + $1.inner.count + $1.outer.count })
    let read = cost(4 + 4 * pairs, sweeps: passes)
    let observe = cost(4 + 4 * pairs, sweeps: 2 * passes)
    return PlanDescription.Costs(
      forward: forward + read, gradient: forward + read + observe + back)
  }
}
