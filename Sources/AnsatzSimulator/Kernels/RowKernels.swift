import AnsatzMath
import CAnsatzKernels

/// The innermost loops of the batch engine for one precision: in C for this processor, or their
/// scalar Swift twins. What each does is said in `CAnsatzKernels.h`. The closures hold no state.
struct RowKernels<S: Scalar>: @unchecked Sendable {
  typealias Pointer = UnsafeMutablePointer<S>
  typealias Rows = UnsafePointer<Int32>

  let target: String
  let rotateLift: (Pointer, Rows, Int, Int32, Rows, Int32, Pointer, Int32) -> Void
  let rotateLanes: (Pointer, Rows, Int, Int32, Rows, Int32, Pointer, Pointer) -> Void
  let rotationGradient: (Pointer, Pointer, Rows, Int, Int32, Rows, Int32, Pointer) -> Void
  let wordRotate: (Pointer, Int, Int, Int32, Int32, Int32, Pointer, Pointer) -> Void
  let wordSum: (Pointer, Pointer, Int, Int, Int32, Int32, Int32, Int32, Pointer) -> Void
  let wordAdd: (Pointer, Pointer, Int, Int, Int32, Int32, Int32, Int32, Pointer) -> Void
  let diagonal: (Pointer, Pointer, Pointer, Int) -> Void
  let diagonalLanes: (Pointer, Pointer, Pointer, Int) -> Void
  let diagonalBack: (Pointer, Pointer, Pointer, Pointer, Int) -> Void
  let diagonalBackLanes: (Pointer, Pointer, Pointer, Pointer, Int) -> Void
  let product: (Pointer, Pointer, Pointer, Int) -> Void
  let scale: (Pointer, Pointer, S, S, Int) -> Void
  let productBack: (Pointer, Pointer, Pointer, Pointer, Int) -> Void
  let productDiagonal: (Pointer, Pointer, Pointer, Pointer, Int) -> Void
  let productDiagonalBack: (Pointer, Pointer, Pointer, Pointer, Pointer, Pointer, Int) -> Void
  let probabilities: (Pointer, Rows?, Pointer, Int) -> Void
  let gather: (Pointer, Rows?, Pointer, Int) -> Void
  let signedSums: (Pointer, Int32, Pointer) -> Void
  let orderedSignedSums: (Pointer, Rows?, Pointer, Int32, Pointer) -> Void
  let signedSpread: (Pointer, Int32, Pointer, Pointer) -> Void
  let weigh: (Pointer, Pointer, Pointer, Rows?, Int) -> Void
  let phaseTable: (Pointer, Int32, S, Pointer) -> Void
  let phaseTableLanes: (Pointer, Int32, Pointer, Pointer) -> Void
  let tableMultiply: (Pointer, Pointer, Rows?, Int) -> Void
  let tableMultiplyLanes: (Pointer, Pointer, Rows?, Int) -> Void
  let rotateSignedLift: (Pointer, Rows, Int, Int32, Rows, Int32, Pointer, Pointer?, Int32) -> Void
  let tileDiagonal: (Pointer, Pointer?, Pointer, Rows, Int, Int32, Pointer, Pointer) -> Void
  let tileDiagonalBack:
    (
      Pointer, Pointer, Pointer?, Pointer, Rows, Pointer, Int, Int32, Pointer, Pointer, Pointer
    ) -> Void
  let loadTile: (Pointer, Pointer, Rows, Int32, Int, Int, S) -> Void
  let storeTile: (Pointer, Pointer, Rows, Int32, Int, Int, S) -> Void

  /// The fastest for this processor.
  static var current: RowKernels {
    if let kernels = RowKernelTables.double as? RowKernels { return kernels }
    if let kernels = RowKernelTables.single as? RowKernels { return kernels }
    return .reference
  }
}

/// The C variants: the fastest for this processor, and all it runs.
enum RowKernelTables {
  static let double = RowKernels<Double>(ansatz_kernels_double().pointee)
  static let single = RowKernels<Float>(ansatz_kernels_float().pointee)

  static var allDouble: [RowKernels<Double>] {
    sequence(state: Int32(0)) { index in
      defer { index += 1 }
      return ansatz_kernels_double_variant(index).map { RowKernels($0.pointee) }
    }.map { $0 }
  }

  static var allSingle: [RowKernels<Float>] {
    sequence(state: Int32(0)) { index in
      defer { index += 1 }
      return ansatz_kernels_float_variant(index).map { RowKernels($0.pointee) }
    }.map { $0 }
  }
}

extension RowKernels where S == Double {
  init(_ c: AnsatzKernelsDouble) {
    self.init(
      target: String(cString: c.target),
      rotateLift: { c.rotate_lift($0, $1, $2, $3, $4, $5, $6, $7) },
      rotateLanes: { c.rotate_lanes($0, $1, $2, $3, $4, $5, $6, $7) },
      rotationGradient: { c.rotation_gradient($0, $1, $2, $3, $4, $5, $6, $7) },
      wordRotate: { c.word_rotate($0, $1, $2, $3, $4, $5, $6, $7) },
      wordSum: { c.word_sum($0, $1, $2, $3, $4, $5, $6, $7, $8) },
      wordAdd: { c.word_add($0, $1, $2, $3, $4, $5, $6, $7, $8) },
      diagonal: { c.diagonal($0, $1, $2, $3) },
      diagonalLanes: { c.diagonal_lanes($0, $1, $2, $3) },
      diagonalBack: { c.diagonal_back($0, $1, $2, $3, $4) },
      diagonalBackLanes: { c.diagonal_back_lanes($0, $1, $2, $3, $4) },
      product: { c.product($0, $1, $2, $3) },
      scale: { c.scale($0, $1, $2, $3, $4) },
      productBack: { c.product_back($0, $1, $2, $3, $4) },
      productDiagonal: { c.product_diagonal($0, $1, $2, $3, $4) },
      productDiagonalBack: { c.product_diagonal_back($0, $1, $2, $3, $4, $5, $6) },
      probabilities: { c.probabilities($0, $1, $2, $3) },
      gather: { c.gather($0, $1, $2, $3) },
      signedSums: { c.signed_sums($0, $1, $2) },
      orderedSignedSums: { c.ordered_signed_sums($0, $1, $2, $3, $4) },
      signedSpread: { c.signed_spread($0, $1, $2, $3) },
      weigh: { c.weigh($0, $1, $2, $3, $4) },
      phaseTable: { c.phase_table($0, $1, $2, $3) },
      phaseTableLanes: { c.phase_table_lanes($0, $1, $2, $3) },
      tableMultiply: { c.table_multiply($0, $1, $2, $3) },
      tableMultiplyLanes: { c.table_multiply_lanes($0, $1, $2, $3) },
      rotateSignedLift: { c.rotate_signed_lift($0, $1, $2, $3, $4, $5, $6, $7, $8) },
      tileDiagonal: { c.tile_diagonal($0, $1, $2, $3, $4, $5, $6, $7) },
      tileDiagonalBack: { c.tile_diagonal_back($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10) },
      loadTile: { c.load_tile($0, $1, $2, $3, $4, $5, $6) },
      storeTile: { c.store_tile($0, $1, $2, $3, $4, $5, $6) })
  }
}

extension RowKernels where S == Float {
  init(_ c: AnsatzKernelsFloat) {
    self.init(
      target: String(cString: c.target),
      rotateLift: { c.rotate_lift($0, $1, $2, $3, $4, $5, $6, $7) },
      rotateLanes: { c.rotate_lanes($0, $1, $2, $3, $4, $5, $6, $7) },
      rotationGradient: { c.rotation_gradient($0, $1, $2, $3, $4, $5, $6, $7) },
      wordRotate: { c.word_rotate($0, $1, $2, $3, $4, $5, $6, $7) },
      wordSum: { c.word_sum($0, $1, $2, $3, $4, $5, $6, $7, $8) },
      wordAdd: { c.word_add($0, $1, $2, $3, $4, $5, $6, $7, $8) },
      diagonal: { c.diagonal($0, $1, $2, $3) },
      diagonalLanes: { c.diagonal_lanes($0, $1, $2, $3) },
      diagonalBack: { c.diagonal_back($0, $1, $2, $3, $4) },
      diagonalBackLanes: { c.diagonal_back_lanes($0, $1, $2, $3, $4) },
      product: { c.product($0, $1, $2, $3) },
      scale: { c.scale($0, $1, $2, $3, $4) },
      productBack: { c.product_back($0, $1, $2, $3, $4) },
      productDiagonal: { c.product_diagonal($0, $1, $2, $3, $4) },
      productDiagonalBack: { c.product_diagonal_back($0, $1, $2, $3, $4, $5, $6) },
      probabilities: { c.probabilities($0, $1, $2, $3) },
      gather: { c.gather($0, $1, $2, $3) },
      signedSums: { c.signed_sums($0, $1, $2) },
      orderedSignedSums: { c.ordered_signed_sums($0, $1, $2, $3, $4) },
      signedSpread: { c.signed_spread($0, $1, $2, $3) },
      weigh: { c.weigh($0, $1, $2, $3, $4) },
      phaseTable: { c.phase_table($0, $1, $2, $3) },
      phaseTableLanes: { c.phase_table_lanes($0, $1, $2, $3) },
      tableMultiply: { c.table_multiply($0, $1, $2, $3) },
      tableMultiplyLanes: { c.table_multiply_lanes($0, $1, $2, $3) },
      rotateSignedLift: { c.rotate_signed_lift($0, $1, $2, $3, $4, $5, $6, $7, $8) },
      tileDiagonal: { c.tile_diagonal($0, $1, $2, $3, $4, $5, $6, $7) },
      tileDiagonalBack: { c.tile_diagonal_back($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10) },
      loadTile: { c.load_tile($0, $1, $2, $3, $4, $5, $6) },
      storeTile: { c.store_tile($0, $1, $2, $3, $4, $5, $6) })
  }
}
