import AnsatzCircuits
import AnsatzMath
import AnsatzTestSupport
import Testing

@Suite("Angles")
struct AngleTests {
  private let x = Inputs("x", 3)
  private let w = Weights("θ", 2, 2)

  @Test("Expressions print as they were written")
  func printing() {
    #expect("\(2 * w[0, 1] + .pi)" == "2*θ[0, 1] + π")
    #expect("\(x[0] * x[1])" == "x[0]*x[1]")
    #expect("\(Angle.acos(x[0]) - 0.5)" == "acos(x[0]) - 0.5")
    #expect("\((.pi - x[0]) * (.pi - x[1]))" == "(π - x[0])*(π - x[1])")
    #expect("\(-w[1, 0] / 2)" == "-0.5*θ[1, 0]")
    #expect("\(Angle(-Double.pi / 2))" == "-π/2")
    #expect("\(Angle.pow(x[2], 2))" == "x[2]^2")
  }

  @Test("Expressions evaluate like the Swift arithmetic they mirror")
  func evaluating() {
    let angle = 2 * w[0, 1] * x[1] + Angle.sin(x[0]) / 3 - .pi
    let value = angle.value { $0.bundle.role == .inputs ? 0.5 + Double($0.index) : 0.25 }
    #expect(abs(value - (2 * 0.25 * 1.5 + 0.479425538604203 / 3 - Double.pi)) < 1e-14)
  }

  @Test("Derivatives of random expressions equal central differences", arguments: 0..<40)
  func differentiating(seed: UInt64) {
    var source = RandomCircuits(seed: seed)
    let (x, w) = (Inputs("x", 2), Weights("w", 2))
    var angle = source.angle(x, w) * source.angle(x, w) + source.angle(x, w)
    let functions: [(Angle) -> Angle] = [
      Angle.sin, Angle.cos, Angle.tanh, Angle.atan, { Angle.exp(0.1 * $0) },
      { Angle.sqrt(30 + Angle.pow($0, 2)) }, { Angle.asin(Angle.tanh($0) * 0.9) },
      { Angle.acos(Angle.tanh($0) * 0.9) }, { Angle.log(1 + $0 * $0) }, { 1 / (2 + $0 * $0) },
    ]
    angle = functions[Int(seed) % functions.count](angle)
    let at = source.values(4)
    func value(_ symbol: Symbol, _ moved: Symbol?, _ h: Double) -> Double {
      at[symbol.index + (symbol.bundle.role == .inputs ? 0 : 2)] + (symbol == moved ? h : 0)
    }
    for symbol in angle.symbols {
      let h = 1e-5
      let difference =
        (angle.value { value($0, symbol, h) } - angle.value { value($0, symbol, -h) }) / (2 * h)
      let derivative = angle.derivative(in: symbol).value { value($0, nil, 0) }
      // Central differences: h² times the third derivative, and rounding of 1e-16 / h.
      #expect(abs(derivative - difference) < 1e-6 * max(1, abs(derivative)))
    }
  }

  @Test("Literals and Doubles mix without ceremony")
  func literals() throws {
    let half = 0.5
    let circuit = try Circuit(qubits: 1) {
      RY(.pi, on: 0)
      RY(.pi / 2, on: 0)
      RY(0.5, on: 0)
      RY(half, on: 0)
      RY(.pi * x[0], on: 0)
      RY(half * x[0], on: 0)
    }
    #expect(
      circuit.operations.map { "\($0.angles[0])" } == [
        "π", "π/2", "0.5", "0.5", "π*x[0]", "0.5*x[0]",
      ])
  }
}
