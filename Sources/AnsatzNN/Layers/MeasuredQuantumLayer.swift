import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzSimulator

/// A quantum layer whose expectation values are read under noise, from finitely many shots, or both.
///
/// Same inputs, outputs and parameters as the layer it is made from, and its gradient method; with
/// shots, parameter shift takes the place of the adjoint method, which nothing measured can replace.
/// Under noise, all come from a density matrix.
public struct MeasuredQuantumLayer: Layer {
  /// The layer whose circuit is measured.
  public let layer: QuantumLayer
  /// How often each Pauli string is measured in each circuit; nil for exact values.
  public let shots: Int?
  private let method: any GradientMethod
  private let noisy: NoisyExpectations?
  private let program: Program
  private let strings: CompiledObservables
  /// For each observable, the strings and their coefficients.
  private let uses: [[(string: Int, coefficient: Double)]]

  /// - Throws: `AnsatzError` for fewer shots than 1, and for noise that the circuit cannot have.
  public init(_ layer: QuantumLayer, noise: NoiseModel?, shots: Int?) throws {
    if let shots, shots < 1 { throw AnsatzError(.usage, "\(shots) shots; use 1 or more") }
    self.layer = layer
    self.shots = shots
    method =
      shots != nil && layer.gradientMethod is Adjoint ? ParameterShift() : layer.gradientMethod
    noisy = try noise.map {
      try NoisyExpectations(layer.circuit, observables: layer.observables, noise: $0)
    }
    program = Program(layer.circuit)
    var list: [PauliString] = []
    uses = layer.observables.map { sum in
      sum.terms.map { term in
        let known = list.firstIndex(of: term.string)
        if known == nil { list.append(term.string) }
        return (known ?? list.count - 1, term.coefficient)
      }
    }
    strings = try CompiledObservables(list, qubitCount: layer.circuit.qubitCount)
  }

  public var name: String { layer.name }
  public var inputCount: Int? { layer.inputCount }

  public func outputCount(inputCount: Int) throws -> Int {
    try layer.outputCount(inputCount: inputCount)
  }

  public func initialParameters(
    inputCount: Int, using random: inout RandomStream
  ) throws -> [Parameter] {
    try layer.initialParameters(inputCount: inputCount, using: &random)
  }

  public func forward<S: Scalar>(
    _ input: Variable<S>, parameters: [Variable<S>], on tape: Tape<S>, context: inout ForwardContext
  ) throws -> Variable<S> {
    let parents = [input] + parameters
    let weights = parameters.first?.value.elements ?? []
    let counter = context.circuitEvaluations
    counter?.add(input.value.rowCount)
    let seeds = shots == nil ? (0, 0) : (context.dropout.next(), context.dropout.next())
    let shots = shots
    func gradients(
      _ gradient: CircuitGradient<S>, weights needed: Bool
    ) -> [Tensor<S>?] {
      counter?.add(gradient.evaluations)
      return [gradient.inputs]
        + parameters.map { _ in
          needed ? Tensor(shape: [gradient.weights.count], elements: gradient.weights) : nil
        }
    }
    if let noisy {
      let value = try noisy.values(
        inputs: input.value, weights: weights, shots: shots, seed: seeds.0)
      return tape.record(value, parents: parents) { upstream, needed in
        let request = GradientRequest(
          weights: needed.dropFirst().contains(true), inputs: needed[0])
        let point = NoisyPoint(
          noisy, inputs: input.value, weights: weights, shots: shots, seed: seeds.1)
        return gradients(
          try method.gradient(of: point, upstream: upstream, request: request),
          weights: request.weights)
      }
    }
    let pass = try program.forward(
      strings, inputs: input.value, weights: weights,
      keepStates: parents.contains(where: \.requiresGradient))
    var value = Tensor<S>(shape: [input.value.rowCount, uses.count])
    for sample in 0..<input.value.rowCount {
      var noise = ShotNoise(seed: seeds.0, stream: sample)
      let means = pass.expectations.row(sample).map { noise.mean(Double($0), shots: shots).mean }
      for (k, list) in uses.enumerated() {
        value[sample, k] = S(list.reduce(0) { $0 + $1.coefficient * means[$1.string] })
      }
    }
    let (sampled, uses, count) = (sampledMethod(seed: seeds.1), uses, strings.count)
    return tape.record(value, parents: parents) { upstream, needed in
      let request = GradientRequest(weights: needed.dropFirst().contains(true), inputs: needed[0])
      var spread = Tensor<S>(shape: [upstream.rowCount, count])
      for sample in 0..<upstream.rowCount {
        for (k, list) in uses.enumerated() {
          for use in list { spread[sample, use.string] += S(use.coefficient) * upstream[sample, k] }
        }
      }
      return gradients(
        try sampled.gradient(of: pass, upstream: spread, request: request),
        weights: request.weights)
    }
  }

  /// The method, with this layer's shots if it takes any.
  private func sampledMethod(seed: UInt64) -> any GradientMethod {
    guard let shift = method as? ParameterShift, shift.shots == nil, shots != nil else {
      return method
    }
    return ParameterShift(shots: shots, seed: seed)
  }
}

extension Sequential {
  /// The same layers with every circuit measured under noise, with shots, or both.
  ///
  /// - Throws: `AnsatzError` if there is no circuit among the layers, or one that is measured already.
  public func measured(noise: NoiseModel?, shots: Int?) throws -> Sequential {
    guard noise != nil || shots != nil else { return self }
    guard
      !layers.contains(where: {
        $0 is MeasuredQuantumLayer || ($0 as? Frozen)?.layer is MeasuredQuantumLayer
      })
    else {
      throw AnsatzError(
        .usage,
        "the network's circuits have noise or shots already; give them there or in the training "
          + "options, not in both")
    }
    guard !quantumLayers.isEmpty else {
      throw AnsatzError(
        .usage, "the model has no circuit, so noise and shots do not apply; leave them out")
    }
    return Sequential(
      try layers.map { layer in
        if let frozen = layer as? Frozen, let quantum = frozen.layer as? QuantumLayer {
          return try MeasuredQuantumLayer(quantum, noise: noise, shots: shots).frozen()
        }
        guard let quantum = layer as? QuantumLayer else { return layer }
        return try MeasuredQuantumLayer(quantum, noise: noise, shots: shots)
      })
  }
}
