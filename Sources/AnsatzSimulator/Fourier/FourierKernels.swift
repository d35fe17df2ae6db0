import AnsatzMath
import CAnsatzKernels

/// The copying around Fourier transforms for one precision: in C for this processor, or their scalar
/// Swift twins. What each does is said in `CAnsatzFourier.h`. The closures hold no state.
struct FourierKernels<S: Scalar>: @unchecked Sendable {
  typealias Pointer = UnsafeMutablePointer<S>
  typealias Offsets = UnsafePointer<Int>

  let target: String
  let gather: (Pointer, Offsets, Int, Offsets, Int, Int32, Pointer, Int) -> Void
  let scatter: (Pointer, Offsets, Int, Offsets, Int, Int32, S, Pointer, Int) -> Void
  let scatterTurned:
    (
      Pointer, Offsets, Int, Offsets, Int, Int, Pointer, Pointer, Pointer, Int32, Int32, Pointer,
      Int
    ) -> Void
  let gatherAcross: (Pointer, Offsets, Offsets, Int, Pointer, Int) -> Void
  let scatterAcross: (Pointer, Offsets, Offsets, Int, Pointer, Int) -> Void
  let exchange: (Pointer, Offsets, Offsets, Int, Int, Int, Int, Int32) -> Void

  /// The fastest for this processor.
  static var current: FourierKernels {
    if let kernels = FourierKernelTables.double as? FourierKernels { return kernels }
    if let kernels = FourierKernelTables.single as? FourierKernels { return kernels }
    return .reference
  }
}

/// The C variants, one a precision.
enum FourierKernelTables {
  static let double = FourierKernels<Double>(ansatz_fourier_double().pointee)
  static let single = FourierKernels<Float>(ansatz_fourier_float().pointee)
  static let doubleBaseline = FourierKernels<Double>(ansatz_fourier_double_baseline().pointee)
  static let singleBaseline = FourierKernels<Float>(ansatz_fourier_float_baseline().pointee)
}

extension FourierKernels where S == Double {
  init(_ c: AnsatzFourierDouble) {
    self.init(
      target: String(cString: c.target),
      gather: { c.gather($0, $1, $2, $3, $4, $5, $6, $7) },
      scatter: { c.scatter($0, $1, $2, $3, $4, $5, $6, $7, $8) },
      scatterTurned: {
        c.scatter_turned($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      },
      gatherAcross: { c.gather_across($0, $1, $2, $3, $4, $5) },
      scatterAcross: { c.scatter_across($0, $1, $2, $3, $4, $5) },
      exchange: { c.exchange($0, $1, $2, $3, $4, $5, $6, $7) })
  }
}

extension FourierKernels where S == Float {
  init(_ c: AnsatzFourierFloat) {
    self.init(
      target: String(cString: c.target),
      gather: { c.gather($0, $1, $2, $3, $4, $5, $6, $7) },
      scatter: { c.scatter($0, $1, $2, $3, $4, $5, $6, $7, $8) },
      scatterTurned: {
        c.scatter_turned($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      },
      gatherAcross: { c.gather_across($0, $1, $2, $3, $4, $5) },
      scatterAcross: { c.scatter_across($0, $1, $2, $3, $4, $5) },
      exchange: { c.exchange($0, $1, $2, $3, $4, $5, $6, $7) })
  }
}
