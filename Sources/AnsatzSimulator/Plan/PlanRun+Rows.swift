import AnsatzMath

// Work on the rows of a state, spread over threads if there is only one.
extension PlanRun {
  /// Runs a numbered job on the threads of a single state, or here.
  func forEach(_ count: Int, _ body: (Int) -> Void) {
    if let pool, count > 1 {
      pool.run(chunks: count, body)
    } else {
      for index in 0..<count { body(index) }
    }
  }

  /// Rows in one job of a single state.
  static var jobRows: Int { 1 << 12 }

  /// Calls with the first row and the count of each job.
  func forEachJob(_ rows: Int, _ body: (_ first: Int, _ count: Int) -> Void) {
    forEach((rows + Self.jobRows - 1) / Self.jobRows) { job in
      let first = job * Self.jobRows
      body(first, min(Self.jobRows, rows - first))
    }
  }

  /// Turns all pairs of a group. The inverse is the same turn with the members of each pair in the
  /// other roles.
  func rotate(
    _ state: Pointer, _ group: Plan.RotationGroup, _ rotation: SharedRotation,
    lanes: PooledBuffer<S>?, inverted: Bool
  ) {
    let k = Int32(group.angles.count)
    let offsets = inverted ? group.reversedOffsets : group.offsets
    let count = group.pattern.count
    let width = group.angles.count * Self.laneCount
    group.pattern.withUnsafeBufferPointer { reps in
      offsets.withUnsafeBufferPointer { offsets in
        guard let reps = reps.baseAddress, let offsets = offsets.baseAddress else { return }
        forEach(group.repeatCount) { index in
          let base = group.base(index)
          switch rotation {
          case .lift(let lifts, let flags):
            kernels.rotateLift(state, reps, count, base, offsets, k, lifts.pointer, flags)
          case .full(let angles):
            kernels.rotateLanes(
              state, reps, count, base, offsets, k, angles.pointer, angles.pointer + width)
          case .lanes:
            guard let lanes else { return }
            kernels.rotateLanes(
              state, reps, count, base, offsets, k, lanes.pointer, lanes.pointer + width)
          }
        }
      }
    }
  }

  /// Turns by a word that moves lanes.
  func rotate(_ state: Pointer, _ word: Plan.WordRotation, in block: Block, inverted: Bool) {
    let lanes = Self.laneCount
    withUnsafeTemporaryAllocation(of: S.self, capacity: 2 * lanes) { angles in
      guard let cosines = angles.baseAddress else { return }
      let (c, s) = cosineAndSine(value(word.angle, lane: 0, in: block) / 2)
      for lane in 0..<lanes {
        cosines[lane] = S(c)
        cosines[lanes + lane] = S(parityIsOdd(lane & word.z.lane) != inverted ? -s : s)
      }
      forEachJob(word.x.row == 0 ? rows : rows / 2) { first, count in
        kernels.wordRotate(
          state, first, count, Int32(word.x.row), Int32(word.x.lane), Int32(word.z.row), cosines,
          cosines + lanes)
      }
    }
  }

  /// Adds `body`'s lane vectors, one a job, in order.
  func sumOverJobs(
    _ jobs: Int, vectors: Int, into out: Pointer, _ body: (_ job: Int, _ own: Pointer) -> Void
  ) {
    let size = vectors * Self.laneCount
    let partial = BufferPool.shared.take(jobs * size, of: S.self)
    forEach(jobs) { job in
      let own = partial.pointer + job * size
      for i in 0..<size { own[i] = 0 }
      body(job, own)
    }
    for i in 0..<size { out[i] = 0 }
    for job in 0..<jobs {
      for i in 0..<size { out[i] += partial.pointer[job * size + i] }
    }
  }
}

extension BitBasis {
  func withOrder(_ body: (UnsafePointer<Int32>?) -> Void) {
    guard let order else { return body(nil) }
    order.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
