extension GateOperation {
  /// The gate as gates of at most one parameter, in the order in which programs lower them.
  package var elementaryParts: [GateOperation] {
    guard case .product(let factors) = definition.structure else { return [self] }
    return factors.flatMap { factor -> [GateOperation] in
      var part = GateOperation(
        factor.gate, angles: factor.angles(of: angles),
        qubits: factor.targets.map { targets[$0] })
      part.controls = controls + part.controls
      part.openControls = openControls
      return part.elementaryParts
    }
  }
}
