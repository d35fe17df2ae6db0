import AnsatzMath

extension Tape {
  /// Applies an operation on rows, `[rows, n] → [rows, m]`, along the last axis of a tensor of any
  /// rank: `[…, n] → […, m]`.
  func alongLastAxis(
    _ x: Variable<S>, _ body: (Variable<S>) throws -> Variable<S>
  ) rethrows -> Variable<S> {
    let shape = x.value.shape
    guard shape.count != 2, let width = shape.last else { return try body(x) }
    let rows = shape.dropLast().reduce(1, *)
    let flat = record(x.value.reshaped([rows, width]), parents: [x]) { upstream, _ in
      [upstream.reshaped(shape)]
    }
    let y = try body(flat)
    let (narrow, wide) = (y.value.shape, Array(shape.dropLast()) + [y.value.rowSize])
    return record(y.value.reshaped(wide), parents: [y]) { upstream, _ in
      [upstream.reshaped(narrow)]
    }
  }
}
