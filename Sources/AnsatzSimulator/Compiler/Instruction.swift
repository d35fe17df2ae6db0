import AnsatzCircuits
import AnsatzMath

/// A Pauli word as bit masks: `P|j⟩ = i^{yCount} (-1)^{parity(j & z)} |j ^ x⟩`.
package struct PauliMasks: Hashable, Sendable {
  let x: Int
  let z: Int
  let yCount: Int

  init(x: Int, z: Int, yCount: Int) {
    self.x = x
    self.z = z
    self.yCount = yCount
  }

  init(_ factors: [(Pauli, bit: Int)]) {
    var (x, z, y) = (0, 0, 0)
    for (pauli, bit) in factors {
      if pauli != .z { x |= 1 << bit }
      if pauli != .x { z |= 1 << bit }
      if pauli == .y { y += 1 }
    }
    (self.x, self.z, yCount) = (x, z, y)
  }

  /// The bit that tells the two members of a pair `(j, j ^ x)` apart.
  var pivot: Int { x == 0 ? 0 : 1 << (Int.bitWidth - 1 - x.leadingZeroBitCount) }
}

/// One step of a program: what a kernel runs.
package struct Instruction: Sendable {
  package enum Work: Sendable {
    /// exp(-iθP/2) where the controls are 1.
    case pauliRotation(PauliMasks)
    /// e^{iφ} on the basis states with all bits of the mask set.
    case phase
    case constantPhase(Double)
    /// Exchanges the amplitudes at two offsets within each group.
    case exchange(Int, Int)
    case matrix(ComplexMatrix, bits: [Int])
    case fourier(bits: [Int], inverse: Bool)
  }

  package let work: Work
  /// The bits that must be 1; for a phase, its target among them.
  let controls: Int
  /// The bits that do not run when the kernel goes over its groups.
  let fixed: FixedBits
  /// The position of its angle in the program's list, for parametric work.
  package let occurrence: Int?
  /// The operation of the circuit it comes from.
  package let operation: Int

  var isFourier: Bool { if case .fourier = work { true } else { false } }

  /// The bits it acts on or depends on.
  package var bits: Int {
    switch work {
    case .pauliRotation(let masks): controls | masks.x | masks.z
    case .phase, .constantPhase: controls
    case .exchange(let a, let b): controls | a | b
    case .matrix(_, let bits), .fourier(let bits, _): bits.reduce(controls) { $0 | 1 << $1 }
    }
  }

  /// What the angle is multiplied by in the sine and cosine.
  var angleFactor: Double {
    if case .pauliRotation = work { 0.5 } else { 1 }
  }

  /// The gaps between the eigenvalues of the generator: the frequencies of an expectation value as
  /// a function of the angle.
  package var frequencies: [Double] {
    switch work {
    case .pauliRotation: controls == 0 ? [1] : [0.5, 1]
    case .phase: [1]
    default: []
    }
  }
}

/// The set of bit positions held constant while a kernel enumerates all values of the others.
package struct FixedBits: Sendable {
  /// For each fixed position, ascending, the mask of the bits below it.
  private let below: [Int]
  /// How many consecutive groups have consecutive indices.
  let runLength: Int
  /// The number of groups in a state of the program's size.
  let groupCount: Int

  init(_ mask: Int, qubitCount: Int) {
    below = (0..<qubitCount).filter { mask >> $0 & 1 == 1 }.map { (1 << $0) - 1 }
    runLength = below.first.map { $0 + 1 } ?? (1 << qubitCount)
    groupCount = 1 << (qubitCount - below.count)
  }

  /// The index of a group with all fixed bits 0.
  @inline(__always)
  func index(of group: Int) -> Int {
    var index = group
    for mask in below { index = ((index & ~mask) << 1) | (index & mask) }
    return index
  }

  /// Visits the groups of a range as runs of consecutive indices.
  @inline(__always)
  func forEachRun(in groups: Range<Int>, _ body: (_ first: Int, _ count: Int) -> Void) {
    var group = groups.lowerBound
    while group < groups.upperBound {
      let count = min(runLength - group & (runLength - 1), groups.upperBound - group)
      body(index(of: group), count)
      group += count
    }
  }
}
