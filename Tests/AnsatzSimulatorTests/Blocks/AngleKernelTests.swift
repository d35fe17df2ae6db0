import AnsatzMath
import CAnsatzKernels
import Foundation
import Testing

@Suite("Angle kernels")
struct AngleKernelTests {
  private static var tables: [AnsatzAnglesDouble] {
    [ansatz_angles_double().pointee, ansatz_angles_double_baseline().pointee]
  }
  private static var singleTables: [AnsatzAnglesFloat] {
    [ansatz_angles_float().pointee, ansatz_angles_float_baseline().pointee]
  }

  /// Small and large angles, and those around the multiples of π/4, where quarters change.
  private var angles: [Double] {
    var random = RandomStream(seed: 5, stream: "angles")
    var list = [0, -0.0, .pi, 1e-300, 1e9, -3e15, 99_999, 100_001]
    for scale in [1e-9, 1, 10, 1e3, 1e5, 1e7] {
      list += (0..<500).map { _ in random.uniform(in: -scale..<scale) }
    }
    for turn in -40...40 {
      let edge = Double(turn) * .pi / 4
      list += [edge, edge.nextUp, edge.nextDown]
    }
    return list
  }

  @Test("Cosines and sines are within two units in the last place of the C library's")
  func accuracy() {
    let angles = angles
    for table in Self.tables {
      var (c, s) = (angles, angles)
      table.cosines_sines(angles, &c, &s, angles.count)
      for (i, angle) in angles.enumerated() {
        // Half a unit more for the library's own rounding.
        #expect(abs(c[i] - cos(angle)) <= 2.5 * cos(angle).ulp, "cos \(angle), \(i)")
        #expect(abs(s[i] - sin(angle)) <= 2.5 * sin(angle).ulp, "sin \(angle), \(i)")
      }
    }
  }

  @Test("Single precision is double precision rounded")
  func single() {
    let angles = angles
    for (table, exact) in zip(Self.singleTables, Self.tables) {
      var (c, s) = ([Float](repeating: 0, count: angles.count), angles.map { Float($0) })
      var (dc, ds) = (angles, angles)
      table.cosines_sines(angles, &c, &s, angles.count)
      exact.cosines_sines(angles, &dc, &ds, angles.count)
      #expect(c == dc.map { Float($0) })
      #expect(s == ds.map { Float($0) })
    }
  }

  @Test("A result does not depend on what stands beside it")
  func position() {
    let angles = Array(angles.prefix(101))
    for table in Self.tables {
      var (c, s) = (angles, angles)
      table.cosines_sines(angles, &c, &s, angles.count)
      for (i, angle) in angles.enumerated() {
        var (one, other) = (0.0, 0.0)
        table.cosines_sines([angle], &one, &other, 1)
        #expect(one == c[i] && other == s[i])
      }
    }
  }

  @Test("Gates of the starting product, and their derivatives, are those of 2 by 2 matrices")
  func product() {
    for table in Self.tables {
      checkProduct(tolerance: 1e-14, table.product_gates, table.product_gates_back)
    }
    for table in Self.singleTables {
      // Eight products of rounded numbers below 2 in size.
      checkProduct(tolerance: Float(3e-6), table.product_gates, table.product_gates_back)
    }
  }

  private typealias Gates<S> = (
    UnsafeMutablePointer<S>, Int, UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<S>,
    UnsafePointer<S>, UnsafePointer<S>, UnsafePointer<S>
  ) -> Void
  private typealias Back<S> = (
    UnsafeMutablePointer<S>, UnsafePointer<S>, UnsafePointer<S>, Int, UnsafePointer<Int32>,
    UnsafePointer<S>, UnsafePointer<S>, UnsafePointer<S>, UnsafePointer<S>
  ) -> Void

  private func checkProduct<S: Scalar>(
    tolerance: S, _ gates: Gates<S>, _ back: Back<S>
  ) {
    let lanes = S.Lanes.laneCount
    var random = RandomStream(seed: 9, stream: "product")
    // Two bits of two and three gates; shared and lane-dependent angles in turn.
    let ranges: [Int32] = [0, 2, 5]
    let axes: [Int32] = [0, 1, 1, 0, 1]
    let places: [Int32] = [0, ~0, ~1, 1, 2]
    let code = zip(axes, places).flatMap { [$0, $1] }
    let shared = (0..<3).map { _ in random.uniform(in: -3..<3) }
    let own = (0..<2 * lanes).map { _ in random.uniform(in: -3..<3) }
    func rows(_ f: (Double) -> Double) -> [S] {
      shared.flatMap { [S](repeating: S(f($0)), count: lanes) }
    }
    func vectors(_ f: (Double) -> Double) -> [S] { own.map { S(f($0)) } }
    func half(_ gate: Int, lane: Int) -> Double {
      places[gate] >= 0 ? shared[Int(places[gate])] : own[Int(~places[gate]) * lanes + lane]
    }
    var factors = [S](repeating: 7, count: 2 * 4 * lanes)
    gates(&factors, 2, ranges, code, rows(cos), rows(sin), vectors(cos), vectors(sin))
    let h = (0..<4 * lanes).map { _ in S(random.uniform(in: -1..<1)) }
    for bit in 0..<2 {
      let range = Int(ranges[bit])..<Int(ranges[bit + 1])
      var derivatives = [S](repeating: 7, count: range.count * lanes)
      back(
        &derivatives, h, Array(factors[bit * 4 * lanes..<(bit + 1) * 4 * lanes]), range.count,
        Array(code[2 * range.lowerBound..<2 * range.upperBound]), rows(cos), rows(sin),
        vectors(cos), vectors(sin))
      for lane in 0..<lanes {
        let ket = state(range.map { (axes[$0], half($0, lane: lane)) })
        for (k, value) in ket.enumerated() {
          let place = (bit * 4 + k) * lanes + lane
          #expect(abs(factors[place] - S(value)) <= tolerance)
        }
        // h is ⟨bra| with the rest contracted: ⟨bra|ket⟩ = Σ h ket. In the whole angle the derivative
        // of its real part is what the kernel gives, by central differences of the half angle.
        for (index, gate) in range.enumerated() {
          func overlap(_ step: Double) -> Double {
            let v = state(range.map { (axes[$0], half($0, lane: lane) + ($0 == gate ? step : 0)) })
            let x = (0..<4).map { Double(h[$0 * lanes + lane]) }
            return x[0] * v[0] - x[1] * v[1] + x[2] * v[2] - x[3] * v[3]
          }
          let slope = (overlap(1e-5) - overlap(-1e-5)) / 2e-5
          // The expectation is twice the real part, and its angle twice the half angle.
          #expect(
            abs(Double(derivatives[index * lanes + lane]) - slope) <= 1e-9 + Double(tolerance))
        }
      }
    }
  }

  /// Rotations about Y (axis 0) and Z by half angles, on |0⟩: re 0, im 0, re 1, im 1.
  private func state(_ gates: [(axis: Int32, half: Double)]) -> [Double] {
    gates.reduce([1, 0, 0, 0]) { v, gate in
      let (c, s) = (cos(gate.half), sin(gate.half))
      return gate.axis == 0
        ? [c * v[0] - s * v[2], c * v[1] - s * v[3], c * v[2] + s * v[0], c * v[3] + s * v[1]]
        : [c * v[0] + s * v[1], c * v[1] - s * v[0], c * v[2] - s * v[3], c * v[3] + s * v[2]]
    }
  }
}
