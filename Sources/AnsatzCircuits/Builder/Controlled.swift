/// The body, acting only where every control qubit is 1.
///
///     Controlled(by: 0, 1) { RY(θ[0], on: 2) }
///
/// A global phase of the body becomes observable: `Controlled(by: 0) { RZ(2 * .pi, on: 1) }` is Z
/// on qubit 0.
public struct Controlled: CircuitComponent {
  public let operations: [CircuitOperation]

  public init(by controls: Int..., @CircuitBuilder body: () -> [CircuitOperation]) {
    self.init(by: controls, body: body)
  }

  public init(by controls: [Int], @CircuitBuilder body: () -> [CircuitOperation]) {
    operations = body().map { operation in
      switch operation {
      case .gate(var gate):
        gate.controls = controls + gate.controls
        return .gate(gate)
      case .amplitudes(let embedding): return .amplitudes(embedding.marked(.controlled))
      case .channel(let channel): return .channel(channel.marked(.controlled))
      }
    }
  }
}
