import AnsatzCircuits
import AnsatzMath

/// How the circuits of a pass are read: exactly, or under noise, with finitely many shots, or both.
public struct Measurement: Hashable, Sendable {
  /// The noise circuits run under; nil for none.
  public let noise: NoiseModel?
  /// How often each Pauli string of each circuit is measured; nil for exact expectation values.
  public let shots: Int?

  /// Expectation values as the state has them.
  public static let exact = Measurement(trusted: nil, nil)

  private init(trusted noise: NoiseModel?, _ shots: Int?) {
    self.noise = noise
    self.shots = shots
  }

  /// - Throws: `AnsatzError` for fewer shots than 1.
  public init(noise: NoiseModel? = nil, shots: Int? = nil) throws {
    if let shots, shots < 1 { throw AnsatzError(.usage, "\(shots) shots; use 1 or more") }
    self.init(trusted: noise, shots)
  }

  /// Whether values come straight from the state.
  public var isExact: Bool { noise == nil && shots == nil }

  /// Finds out whether a network can be measured so.
  ///
  /// - Throws: `AnsatzError` if there is something to measure and no circuit in the layer, or a
  ///   circuit that cannot be measured so.
  public func check(_ layer: any Layer) throws {
    guard !isExact else { return }
    let circuits = layer.quantumLayers
    guard !circuits.isEmpty else {
      throw AnsatzError(
        .usage, "the model has no circuit, so noise and shots do not apply; leave them out")
    }
    for circuit in circuits { _ = try circuit.measured(self) }
  }
}
