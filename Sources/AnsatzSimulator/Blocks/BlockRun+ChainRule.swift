import AnsatzMath

extension BlockRun {
  /// Takes a block's derivatives in the angles, `scratch.derivatives`, to weights and inputs.
  ///
  /// - Parameters:
  ///   - weights: Set to the sums over the block's lanes, in order.
  ///   - inputs: `[evaluations, inputs]`, of which the block's rows are set.
  func applyChainRule(
    _ jacobian: AngleJacobian, _ block: Block, _ scratch: Scratch, weights: Numbers?,
    inputs: Pointer?
  ) {
    let lanes = Self.laneCount
    let derivatives = scratch.derivatives
    if let weights {
      for weight in 0..<program.weightCount { weights[weight] = 0 }
      jacobian.weights.withUnsafeBufferPointer { entries in
        for entry in entries {
          let own = derivatives + entry.angle * lanes
          var total = 0.0
          for lane in 0..<lanes { total += own[lane] }
          weights[entry.variable] += entry.factor * total
        }
      }
    }
    if let inputs {
      let width = program.inputCount
      // Lane vectors first: an input may be in several angles.
      for i in 0..<width * lanes { scratch.inputs[i] = 0 }
      jacobian.inputs.withUnsafeBufferPointer { entries in
        for entry in entries {
          let own = derivatives + entry.angle * lanes
          let place = scratch.inputs + entry.variable * lanes
          for lane in 0..<lanes { place[lane] += entry.factor * own[lane] }
        }
      }
    }
    if !jacobian.others.isEmpty {
      addOthers(
        jacobian, block, scratch, weights: weights, inputs: inputs == nil ? nil : scratch.inputs)
    }
    guard let inputs else { return }
    let width = program.inputCount
    for lane in 0..<block.count {
      let row = inputs + (block.first + lane) * width
      for i in 0..<width { row[i] = S(scratch.inputs[i * lanes + lane]) }
    }
  }

  /// The angles whose partial derivatives depend on the values.
  ///
  /// - Parameter inputs: A lane vector an input.
  private func addOthers(
    _ jacobian: AngleJacobian, _ block: Block, _ scratch: Scratch, weights: Numbers?,
    inputs: Numbers?
  ) {
    let lanes = Self.laneCount
    let width = program.inputCount
    values.weights.withUnsafeBufferPointer { weightValues in
      for lane in 0..<block.count {
        let sample = evaluation(lane, block).sample
        for i in 0..<width {
          scratch.row[i] = Double(values.inputs.elements[sample * width + i])
        }
        let row = UnsafeBufferPointer(start: scratch.row, count: width)
        for index in jacobian.others {
          let angle = program.angles[index]
          let derivative = scratch.derivatives[index * lanes + lane]
          if let weights {
            for (weight, partial) in angle.weightPartials {
              weights[weight] += derivative * partial.value(inputs: row, weights: weightValues)
            }
          }
          if let inputs {
            for (input, partial) in angle.inputPartials {
              inputs[input * lanes + lane] +=
                derivative * partial.value(inputs: row, weights: weightValues)
            }
          }
        }
      }
    }
  }
}
