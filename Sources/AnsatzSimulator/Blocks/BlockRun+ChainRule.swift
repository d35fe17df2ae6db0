import AnsatzMath

// The chain rule: from derivatives in slots, `scratch.derivatives`, to weights and inputs. Each block
// makes its own sums, which are added in the order of the blocks; so the result depends on nothing
// else.
extension BlockRun {
  /// How many numbers one block leaves for the weights: a sum for each slot, then what the angles with
  /// partial derivatives of their own give each weight.
  var partialCount: Int {
    code.slots.count + (program.jacobian.others.isEmpty ? 0 : layout.weights)
  }

  /// - Parameters:
  ///   - partials: `partialCount` numbers, set; nil if no weights' derivatives are wanted.
  ///   - inputs: `[evaluations, inputs]`, of which the block's rows are set.
  func applyChainRule(_ block: Block, _ scratch: Scratch, partials: Numbers?, inputs: Pointer?) {
    let lanes = Self.laneCount
    if let partials {
      let own = scratch.derivatives
      for slot in 0..<code.slots.count {
        var total = Double(own[slot * lanes])
        for lane in 1..<lanes { total += Double(own[slot * lanes + lane]) }
        partials[slot] = total
      }
    }
    let width = layout.inputs
    if inputs != nil {
      // Lane vectors first: an input may be in several slots.
      for i in 0..<width * lanes { scratch.inputs[i] = 0 }
      for index in 0..<code.inputPartials.count {
        let partial = code.inputPartials[index]
        let own = scratch.derivatives + Int(partial.slot) * lanes
        let place = scratch.inputs + Int(partial.variable) * lanes
        for lane in 0..<lanes { place[lane] += partial.factor * Double(own[lane]) }
      }
    }
    if !program.jacobian.others.isEmpty {
      addOthers(
        block, scratch, weights: partials.map { $0 + code.slots.count },
        inputs: inputs == nil ? nil : scratch.inputs)
    }
    guard let inputs else { return }
    for lane in 0..<block.count {
      let row = inputs + (block.first + lane) * width
      for i in 0..<width { row[i] = S(scratch.inputs[i * lanes + lane]) }
    }
  }

  /// The angles whose partial derivatives depend on the values.
  ///
  /// - Parameters:
  ///   - weights: A number for each, set.
  ///   - inputs: A lane vector for each, added to.
  private func addOthers(
    _ block: Block, _ scratch: Scratch, weights: Numbers?, inputs: Numbers?
  ) {
    let lanes = Self.laneCount
    let width = layout.inputs
    if let weights { for weight in 0..<layout.weights { weights[weight] = 0 } }
    let angles = scratch.angles
    for i in 0..<code.angles.count * lanes { angles[i] = 0 }
    for index in 0..<code.otherPartials.count {
      let partial = code.otherPartials[index]
      let own = scratch.derivatives + Int(partial.slot) * lanes
      let place = angles + Int(partial.variable) * lanes
      for lane in 0..<lanes { place[lane] += partial.factor * Double(own[lane]) }
    }
    values.weights.withUnsafeBufferPointer { weightValues in
      for lane in 0..<block.count {
        let sample = evaluation(lane, block).sample
        for i in 0..<width {
          scratch.row[i] = Double(values.inputs.elements[sample * width + i])
        }
        let row = UnsafeBufferPointer(start: scratch.row, count: width)
        for index in program.jacobian.others {
          let angle = program.angles[index]
          let derivative = angles[index * lanes + lane]
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

  /// All blocks' partials, `[blocks, partialCount]`, added in order and taken to the weights.
  func weightGradient(_ partials: Numbers) -> [S] {
    let count = partialCount
    for index in 1..<max(1, blockCount) {
      let own = partials + index * count
      for i in 0..<count { partials[i] += own[i] }
    }
    let weights = layout.weights
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, weights)) { totals in
      for weight in 0..<weights {
        totals[weight] = count > code.slots.count ? partials[code.slots.count + weight] : 0
      }
      for index in 0..<code.weightPartials.count {
        let partial = code.weightPartials[index]
        totals[Int(partial.variable)] += partial.factor * partials[Int(partial.slot)]
      }
      return [S](unsafeUninitializedCapacity: weights) { buffer, initialized in
        for weight in 0..<weights {
          buffer.initializeElement(at: weight, to: S(totals[weight]))
        }
        initialized = weights
      }
    }
  }
}
