import AnsatzMath

extension Tape {
  /// xᵖ, element by element, for a fixed exponent; the slope is p xᵖ⁻¹.
  ///
  /// Edge cases: a negative x has powers with whole exponents only, else the result is not a number;
  /// x⁰ is 1 with slope 0, for x = 0 too.
  public func power(_ x: Variable<S>, _ exponent: S) -> Variable<S> {
    let input = x.value
    return record(raised(input, to: exponent), parents: [x]) { upstream, _ in
      [raisedGradient(input, exponent, upstream)]
    }
  }

  /// aᵇ, element by element, each repeated where its extent is 1 or missing.
  ///
  /// The slopes are b aᵇ⁻¹ and aᵇ log a. Edge cases as for a fixed exponent; the slope in b is 0
  /// for a = 0 and b ≥ 0, and not a number for a < 0.
  ///
  /// - Throws: `AnsatzError` if the shapes do not meet.
  public func power(_ a: Variable<S>, _ b: Variable<S>) throws -> Variable<S> {
    let (base, exponent) = (a.value, b.value)
    let plan = try Broadcast(base.shape, exponent.shape, in: "a power")
    return record(powers(base, exponent, plan), parents: [a, b]) { upstream, needed in
      [
        needed[0] ? try (upstream * baseSlopes(base, exponent, plan)).summed(to: base.shape) : nil,
        needed[1]
          ? try (upstream * exponentSlopes(base, exponent, plan)).summed(to: exponent.shape) : nil,
      ]
    }
  }
}

/// The power, by whole exponents for a negative base, which `S.pow` refuses.
@inline(__always)
private func scalarPower<S: Scalar>(_ x: S, _ p: S) -> S {
  if p == 0 { return 1 }
  if x < 0, let whole = Int(exactly: p) { return .pow(x, whole) }
  return .pow(x, p)
}

@inline(__always)
private func scalarSlope<S: Scalar>(_ x: S, _ p: S) -> S { p == 0 ? 0 : p * scalarPower(x, p - 1) }

@_specialize(where S == Double)
@_specialize(where S == Float)
private func raised<S: Scalar>(_ x: Tensor<S>, to exponent: S) -> Tensor<S> {
  exponent == 2 ? x.mapped { $0 * $0 } : x.mapped { scalarPower($0, exponent) }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func raisedGradient<S: Scalar>(
  _ x: Tensor<S>, _ exponent: S, _ upstream: Tensor<S>
) -> Tensor<S> {
  exponent == 2
    ? x.combined(with: upstream) { 2 * $0 * $1 }
    : x.combined(with: upstream) { scalarSlope($0, exponent) * $1 }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func powers<S: Scalar>(_ a: Tensor<S>, _ b: Tensor<S>, _ plan: Broadcast) -> Tensor<S> {
  plan.combined(a, b) { scalarPower($0, $1) }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func baseSlopes<S: Scalar>(
  _ a: Tensor<S>, _ b: Tensor<S>, _ plan: Broadcast
) -> Tensor<S> {
  plan.combined(a, b) { scalarSlope($0, $1) }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func exponentSlopes<S: Scalar>(
  _ a: Tensor<S>, _ b: Tensor<S>, _ plan: Broadcast
) -> Tensor<S> {
  plan.combined(a, b) { $0 == 0 && $1 >= 0 ? 0 : scalarPower($0, $1) * .log($0) }
}
