import AnsatzMath

extension CompiledObservables {
  /// The expectation value of every observable, lane by lane.
  func expectations<V: LaneVector>(in state: Amplitudes<V>) -> [V] {
    var values = constants.map { V(repeating: V.Element($0)) }
    let masks = diagonal.map(\.masks.z)
    if !masks.isEmpty {
      // One pass for all strings of Z, reduced over chunks in order.
      let rowsPerChunk = 1 << 12
      let chunks = max(1, state.rowCount / rowsPerChunk)
      var totals = [V](repeating: .zero, count: masks.count * chunks)
      totals.withUnsafeMutableBufferPointer { totals in
        guard let base = totals.baseAddress else { return }
        let pointer = SendablePointer(base)
        state.forEachIndex(below: chunks) { chunk in
          let rows =
            chunk * rowsPerChunk..<min(state.rowCount, (chunk + 1) * rowsPerChunk)
          accumulateDiagonal(
            state.pointer, rows, masks: masks, into: pointer.value + chunk * masks.count)
        }
      }
      for (t, term) in diagonal.enumerated() {
        var total = V.zero
        for chunk in 0..<chunks { total += totals[chunk * masks.count + t] }
        for use in term.uses {
          values[use.observable] += V(repeating: V.Element(use.coefficient)) * total
        }
      }
    }
    for term in general {
      let fixed = FixedBits(term.masks.pivot, qubitCount: state.qubitCount)
      let total = state.sumOverChunks(of: fixed.groupCount) {
        pauliExpectation(state.pointer, fixed, $0, masks: term.masks)
      }
      for use in term.uses {
        values[use.observable] += V(repeating: V.Element(use.coefficient)) * total
      }
    }
    return values
  }

  /// bra ← (Σ_k upstream_k O_k)·ket, lane by lane: the one effective observable of a backward sweep.
  package func apply<V: LaneVector>(
    to ket: Amplitudes<V>, into bra: Amplitudes<V>, upstream: [V]
  ) {
    func weight(_ term: Term) -> V {
      var total = V.zero
      for use in term.uses {
        total += V(repeating: V.Element(use.coefficient)) * upstream[use.observable]
      }
      return total
    }
    // The identity is a Z string of no letters.
    var constant = V.zero
    for (k, value) in constants.enumerated() where value != 0 {
      constant += V(repeating: V.Element(value)) * upstream[k]
    }
    let masks = diagonal.map(\.masks.z) + [0]
    var weights = diagonal.map(weight) + [constant]
    weights.withUnsafeMutableBufferPointer { weights in
      guard let base = weights.baseAddress else { return }
      let pointer = SendablePointer(base)
      ket.forEachChunk(of: ket.rowCount) { rows in
        applyDiagonalObservable(
          ket.pointer, bra.pointer, rows, masks: masks, weights: pointer.value)
      }
    }
    for term in general {
      let fixed = FixedBits(term.masks.pivot, qubitCount: ket.qubitCount)
      let weight = weight(term)
      ket.forEachChunk(of: fixed.groupCount) {
        addPauli(ket.pointer, bra.pointer, fixed, $0, masks: term.masks, weight: weight)
      }
    }
  }
}

/// A pointer that closures of one job may share: each chunk touches its own part.
struct SendablePointer<Pointer>: @unchecked Sendable {
  let value: Pointer
  init(_ value: Pointer) { self.value = value }
}
