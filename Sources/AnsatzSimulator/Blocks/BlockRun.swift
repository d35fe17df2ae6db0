import AnsatzMath

/// One batch of evaluations on one code: what all blocks share is bound here, and blocks of W
/// evaluations are then independent of one another and may run on any thread.
///
/// No function of a run allocates. All memory is taken at the start: what is shared, each block's
/// part, and each worker's scratch.
final class BlockRun<S: Scalar>: @unchecked Sendable {
  typealias Pointer = UnsafeMutablePointer<S>
  typealias Numbers = UnsafeMutablePointer<Double>

  let code: BlockCode
  let program: Program
  let values: ProgramValues<S>
  let evaluations: [Evaluation]
  let kernels = BlockKernels<S>()
  /// Whether evaluations shift angles, so that any slot may differ from lane to lane.
  let isShifted: Bool

  // Shared by all blocks:
  /// The program's angles, those of samples without their input part; slots' half angles, cosines and
  /// sines; the scale that the lifts of each stage leave out.
  let sharedAngles: Numbers
  let half: Numbers
  let cosines: Numbers
  let sines: Numbers
  let scales: Numbers
  /// For each slot: the cosine and the sine of half its angle as lane vectors, and its lift.
  let cosineRows: Pointer
  let sineRows: Pointer
  let lifts: Pointer
  /// For each stage, a table of (re, im) pairs.
  let tables: Pointer
  /// For each group, which of its lifts are swapped.
  let flags: UnsafeMutablePointer<Int32>

  private let numbers: PooledBuffer<Double>
  private let scalars: PooledBuffer<S>
  private let integers: PooledBuffer<Int32>
  private let blockMemory: Pointer
  private let workerScalars: Pointer
  private let workerNumbers: Numbers
  let layout: BlockLayout

  static var laneCount: Int { S.Lanes.laneCount }
  var rows: Int { 1 << code.rowBits }
  /// Scalars in one block's state.
  var stateSize: Int { layout.stateSize }
  var blockCount: Int { (evaluations.count + Self.laneCount - 1) / Self.laneCount }
  /// How many slots have lane vectors in a block, and which.
  var laneSlots: FlatList<Int32> { isShifted ? code.allSlots : code.laneSlots }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  init(
    _ code: BlockCode, program: Program, values: ProgramValues<S>, evaluations: [Evaluation],
    pool: ThreadPool
  ) {
    self.code = code
    self.program = program
    self.values = values
    self.evaluations = evaluations
    isShifted = evaluations.contains { $0.shift != nil }
    let lanes = Self.laneCount
    let blocks = (evaluations.count + lanes - 1) / lanes
    let workers = pool.threadCount
    let layout = BlockLayout(code, program, lanes: lanes, isShifted: isShifted)
    self.layout = layout
    let slots = code.slots.count
    numbers = BufferPool.shared.take(
      program.angles.count + 3 * slots + code.stages.count + workers * layout.workerNumbers,
      of: Double.self)
    sharedAngles = numbers.pointer
    half = sharedAngles + program.angles.count
    cosines = half + slots
    sines = cosines + slots
    scales = sines + slots
    workerNumbers = scales + code.stages.count
    let tableSize = 2 << code.rowBits
    let sharedSize = BlockLayout.lines(
      (2 * lanes + 1) * slots + tableSize * code.stages.count, lanes)
    scalars = BufferPool.shared.take(
      sharedSize + blocks * layout.blockScalars + workers * layout.workerScalars, of: S.self)
    cosineRows = scalars.pointer
    sineRows = cosineRows + slots * lanes
    tables = sineRows + slots * lanes
    lifts = tables + tableSize * code.stages.count
    blockMemory = scalars.pointer + sharedSize
    workerScalars = blockMemory + blocks * layout.blockScalars
    integers = BufferPool.shared.take(code.groups.count, of: Int32.self)
    flags = integers.pointer
    bindShared(pool: pool)
  }

  func block(_ index: Int) -> Block {
    let lanes = Self.laneCount
    let first = index * lanes
    let memory = blockMemory + index * layout.blockScalars
    return Block(
      first: first, count: min(lanes, evaluations.count - first), cosines: memory,
      sines: memory + layout.laneSlots * lanes, factors: memory + 2 * layout.laneSlots * lanes)
  }

  func scratch(_ worker: Int) -> Scratch {
    Scratch(
      layout, worker: worker, scalars: workerScalars + worker * layout.workerScalars,
      numbers: workerNumbers + worker * layout.workerNumbers, angles: program.angles.count)
  }

  /// W evaluations, with the memory for what differs from lane to lane.
  struct Block {
    let first: Int
    let count: Int
    /// The cosines and sines of the lane slots' half angles, a lane vector each.
    let cosines: Pointer
    let sines: Pointer
    /// The two amplitudes of each bit's part of the starting product, a row each.
    let factors: Pointer
  }

  /// One worker's memory.
  struct Scratch {
    let worker: Int
    private(set) var bra: Pointer
    let imaginary: Pointer
    let sums: Pointer
    let table: Pointer
    let otherTable: Pointer
    /// Rows: a start, and a factor for each bit.
    let tableFactors: Pointer
    /// A lane vector for each bit, and one more.
    let small: Pointer
    /// A lane vector for each observable.
    let observables: Pointer
    /// The derivatives in the slots, a lane vector each.
    let derivatives: Pointer
    /// For when no states are kept.
    let state: Pointer
    let prefixes: Pointer
    /// Lane vectors: the inputs, the program's angles, the slots' half angles.
    let inputs: Numbers
    let angles: Numbers
    let half: Numbers
    /// One sample's inputs.
    let row: Numbers

    init(
      _ layout: BlockLayout, worker: Int, scalars: Pointer, numbers: Numbers, angles count: Int
    ) {
      self.worker = worker
      let lanes = layout.lanes
      let half = layout.stateSize / 2
      bra = scalars
      imaginary = bra + layout.stateSize + BlockLayout.page / MemoryLayout<S>.stride
      sums = imaginary + half
      table = sums + half
      otherTable = table + layout.stateSize
      state = otherTable + layout.stateSize
      prefixes = state + layout.stateSize
      tableFactors = prefixes + layout.stateSize
      small = tableFactors + 2 * lanes * (layout.rowBits + 1)
      observables = small + 2 * lanes * (layout.rowBits + 2)
      derivatives = observables + lanes * layout.observables
      inputs = numbers
      angles = inputs + lanes * layout.inputs
      self.half = angles + lanes * count
      row = self.half + lanes * layout.laneSlots
    }

    /// Puts the bra 12 lines from the kets, modulo pages: when the same rows of both are used
    /// together, rows pages apart do not all compete for one set of the cache.
    mutating func placeBra(apartFrom kets: Pointer) {
      let (own, wanted) = (Int(bitPattern: bra), Int(bitPattern: kets) + 12 * 64)
      bra += ((wanted - own) & (BlockLayout.page - 1)) / MemoryLayout<S>.stride
    }
  }
}

/// How much memory the parts of a run take.
struct BlockLayout {
  let lanes: Int
  let rowBits: Int
  let laneSlots: Int
  let inputs: Int
  let weights: Int
  let observables: Int
  let stateSize: Int
  let blockScalars: Int
  let workerScalars: Int
  let workerNumbers: Int
  /// Scalars that a block's kept states take: the start, one after each stage, and the prefixes of
  /// the starting product if they are kept too.
  let keptScalars: Int
  /// Large prefixes are sooner made again than fetched from memory.
  let keepsPrefixes: Bool

  init(_ code: BlockCode, _ program: Program, lanes: Int, isShifted: Bool) {
    self.lanes = lanes
    rowBits = code.rowBits
    laneSlots = isShifted ? code.slots.count : code.laneSlots.count
    inputs = program.inputCount
    weights = program.weightCount
    observables = code.constants.count
    stateSize = (2 * lanes) << rowBits
    keepsPrefixes = code.rowBits <= 8
    keptScalars = (code.stages.count + (keepsPrefixes ? 2 : 1)) * stateSize
    blockScalars = Self.lines(2 * laneSlots * lanes + 4 * lanes * rowBits, lanes)
    workerScalars =
      Self.lines(
        6 * stateSize + 2 * lanes * (2 * rowBits + 3)
          + lanes * (observables + code.slots.count), lanes) + Self.page / 4
    workerNumbers = Self.lines(
      lanes * (inputs + program.angles.count + laneSlots) + inputs, 8)
  }

  /// Bytes of a page.
  static let page = 4096

  /// Rounded up to whole cache lines.
  static func lines(_ count: Int, _ lanes: Int) -> Int {
    (count + 2 * lanes - 1) / (2 * lanes) * (2 * lanes)
  }
}
