import AnsatzMath

extension Tape {
  /// The same elements in another shape of as many, row-major; one extent may be -1 and follows from
  /// the others: `[2, 6] → [4, 3]` by `[4, -1]`.
  ///
  /// - Throws: `AnsatzError` if the numbers of elements differ.
  public func reshaped(_ x: Variable<S>, to shape: [Int]) throws -> Variable<S> {
    let own = x.value.shape
    let full = try completed(shape, for: own)
    if full == own { return x }
    return record(x.value.reshaped(full), parents: [x]) { upstream, _ in [upstream.reshaped(own)] }
  }

  /// The axes from `first` on joined into one: `[batch, 2, 3] → [batch, 6]` by 1.
  ///
  /// - Throws: `AnsatzError` if there are fewer axes.
  public func flattened(_ x: Variable<S>, from first: Int = 1) throws -> Variable<S> {
    let own = x.value.shape
    let axis = try resolvedAxis(first, of: own, in: "flattening")
    return try reshaped(x, to: own[..<axis] + [own[axis...].reduce(1, *)])
  }

  /// With a new axis of extent 1 at that place of the result: `[3, 4] → [3, 1, 4]` by 1.
  ///
  /// - Throws: `AnsatzError` if the result has no such axis.
  public func insertingAxis(_ x: Variable<S>, at place: Int) throws -> Variable<S> {
    let own = x.value.shape
    let axis = try resolvedAxis(place, of: own + [1], in: "inserting")
    return try reshaped(x, to: own[..<axis] + [1] + own[axis...])
  }
}

/// The shape with its -1, if it has one, worked out.
private func completed(_ shape: [Int], for own: [Int]) throws -> [Int] {
  let open = shape.indices.filter { shape[$0] == -1 }
  let count = own.reduce(1, *)
  var known = 1
  for extent in shape where extent != -1 {
    let (product, overflow) = known.multipliedReportingOverflow(by: extent)
    guard extent >= 0, !overflow else {
      throw AnsatzError(
        .usage,
        "\(own) cannot be reshaped to \(shape): extents are whole numbers of 0 or more, or -1")
    }
    known = product
  }
  guard open.count <= 1 else {
    throw AnsatzError(
      .usage, "\(own) cannot be reshaped to \(shape): one extent may be -1, not \(open.count)")
  }
  var full = shape
  if let axis = open.first, known > 0, count % known == 0 { full[axis] = count / known }
  guard !full.contains(-1), full.reduce(1, *) == count else {
    throw AnsatzError(
      .usage,
      "\(own) cannot be reshaped to \(shape): \(count) elements do not fill it; it holds "
        + (open.isEmpty ? "\(known)" : "a multiple of \(known)"))
  }
  return full
}
