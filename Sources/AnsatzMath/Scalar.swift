import CBLAS
import Numerics

/// What a kernel computes with: one number, or a SIMD vector whose lanes are samples of a batch.
///
/// `Float` and `Double` are vectors of one lane, so one kernel serves single states and batches.
public protocol LaneVector: Sendable {
  /// What a lane holds.
  associatedtype Element: Scalar
  /// How many lanes there are.
  static var laneCount: Int { get }
  /// The same value in every lane.
  init(repeating value: Element)
  /// One lane.
  subscript(lane index: Int) -> Element { get set }
  /// The sum, lane by lane.
  static func + (a: Self, b: Self) -> Self
  /// The difference, lane by lane.
  static func - (a: Self, b: Self) -> Self
  /// The product, lane by lane.
  static func * (a: Self, b: Self) -> Self
  /// The other sign, lane by lane.
  static prefix func - (a: Self) -> Self
}

extension LaneVector {
  /// 0 in every lane.
  @inlinable public static var zero: Self { Self(repeating: 0) }
  /// Adds, lane by lane.
  @inlinable public static func += (a: inout Self, b: Self) { a = a + b }
  /// Subtracts, lane by lane.
  @inlinable public static func -= (a: inout Self, b: Self) { a = a - b }
}

/// The real number types a computation can run in: `Double` (the default) and `Float`.
public protocol Scalar: Real, BinaryFloatingPoint, LaneVector, Codable
where Element == Self {
  /// The vector whose lanes are samples of a batch; with its imaginary twin it fills one cache line.
  associatedtype Lanes: LaneVector where Lanes.Element == Self

  /// `f64` or `f32`, as options and files spell it.
  static var precisionName: String { get }

  /// C ← α·op(A)·op(B) + β·C, all row-major.
  static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Self,
    a: UnsafePointer<Self>, lda: Int, b: UnsafePointer<Self>, ldb: Int, beta: Self,
    c: UnsafeMutablePointer<Self>, ldc: Int)
}

extension Scalar {
  /// A number is one lane.
  @inlinable public static var laneCount: Int { 1 }
  /// The number itself.
  @inlinable public init(repeating value: Self) { self = value }
  /// The number itself.
  @inlinable public subscript(lane index: Int) -> Self {
    get { self }
    set { self = newValue }
  }
}

extension Double: LaneVector, Scalar {
  public typealias Lanes = SIMD4<Double>
  public static var precisionName: String { "f64" }

  public static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Double,
    a: UnsafePointer<Double>, lda: Int, b: UnsafePointer<Double>, ldb: Int, beta: Double,
    c: UnsafeMutablePointer<Double>, ldc: Int
  ) {
    BLASSetup.once
    cblas_dgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      blasint(m), blasint(n), blasint(k), alpha, a, blasint(lda), b, blasint(ldb), beta, c,
      blasint(ldc))
  }
}

extension Float: LaneVector, Scalar {
  public typealias Lanes = SIMD8<Float>
  public static var precisionName: String { "f32" }

  public static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float,
    a: UnsafePointer<Float>, lda: Int, b: UnsafePointer<Float>, ldb: Int, beta: Float,
    c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    BLASSetup.once
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      blasint(m), blasint(n), blasint(k), alpha, a, blasint(lda), b, blasint(ldb), beta, c,
      blasint(ldc))
  }
}

extension SIMD4<Double>: LaneVector {
  /// What a lane holds.
  public typealias Element = Double
  /// Four lanes.
  @inlinable public static var laneCount: Int { 4 }
  /// One lane.
  @inlinable public subscript(lane index: Int) -> Double {
    get { self[index] }
    set { self[index] = newValue }
  }
}

extension SIMD8<Float>: LaneVector {
  /// What a lane holds.
  public typealias Element = Float
  /// Eight lanes.
  @inlinable public static var laneCount: Int { 8 }
  /// One lane.
  @inlinable public subscript(lane index: Int) -> Float {
    get { self[index] }
    set { self[index] = newValue }
  }
}

/// OpenBLAS on one thread: as fast as two at our sizes, steadier, and its results do not depend on
/// the number of threads.
enum BLASSetup {
  static let once: Void = openblas_set_num_threads(1)
}
