import AnsatzMath

/// Projects rows onto the directions of largest variance (principal components; Pearson 1901).
///
/// With the training mean `m` and the orthonormal components `v₁, v₂, …`, by falling variance, a
/// row `x` becomes `(v₁·(x - m), v₂·(x - m), …)`. Signs are fixed: each component's loading of
/// largest magnitude (the first among equals) is positive. A direction without variance on the training rows, which no data
/// determines, projects to 0.
///
/// The columns of numbers are projected; texts and encoded categories follow the components as they
/// are.
public struct PCA: PreprocessingStep {
  public static let name = "pca"
  public static let summary = "project numbers onto the given number of principal components"
  public static let usage = "pca:COMPONENTS, as in pca:8"

  /// How many columns the numbers become.
  public let componentCount: Int
  /// The training mean of each column, after `fit`; nil for a column that stays as it is.
  public private(set) var means: [Double?]?
  /// The components as rows, after `fit`; one number per projected column.
  public private(set) var components: [[Double]]?
  /// The training variance along each component, `Σ(v·(x - m))² / (rows - 1)`, after `fit`.
  public private(set) var variances: [Double]?

  /// - Throws: `AnsatzError` unless there is at least one component.
  public init(components: Int) throws {
    guard components >= 1 else {
      throw AnsatzError(.usage, "'\(Self.name)' needs 1 component or more, not \(components)")
    }
    componentCount = components
  }

  public init(argument: String?) throws {
    guard let argument else {
      throw AnsatzError(.usage, "'\(Self.name)' needs a number of components; write \(Self.usage)")
    }
    guard let count = Int(argument) else { throw Self.refuse(argument: argument) }
    try self.init(components: count)
  }

  public mutating func fit(_ table: Table) throws {
    let measured = table.columns.indices.filter { table.columns[$0].isMeasured }
    let matrix = try table.selecting(measured).matrix()
    let (rows, width) = (table.rowCount, measured.count)
    guard componentCount <= width else {
      throw AnsatzError(
        .badData,
        "\(table.source): '\(Self.name):\(componentCount)' asks for more components than the "
          + (width < table.columns.count
            ? "\(width) columns of numbers; categories stay 0 and 1" : "\(width) features"))
    }
    guard componentCount < rows else {
      throw AnsatzError(
        .badData,
        "\(table.source): '\(Self.name):\(componentCount)' needs at least \(componentCount + 1) "
          + "rows, but there are \(rows)")
    }
    let means = (0..<width).map { c in
      mean(of: (0..<rows).map { matrix.elements[$0 * width + c] })
    }
    var centred = matrix
    for i in centred.elements.indices { centred.elements[i] -= means[i % width] }
    // Both products have the same eigenvalues; the smaller one is cheaper to decompose.
    let isWide = rows < width
    let products = matrixProduct(centred, centred, transposeA: !isWide, transposeB: isWide)
    guard products.elements.allSatisfy(\.isFinite) else {
      throw AnsatzError(
        .badData,
        "\(table.source): the features are too large for '\(Self.name)'; put "
          + "'\(Standardize.name)' before it")
    }
    let (values, vectors) = try symmetricEigen(products)
    let largest = values.last ?? 0
    var (components, variances): ([[Double]], [Double]) = ([], [])
    for index in (0..<values.count).reversed().prefix(componentCount) {
      // Below this, an eigenvalue is rounding error of the product.
      guard values[index] > 1e-13 * largest else {
        components.append([Double](repeating: 0, count: width))
        variances.append(0)
        continue
      }
      var component = vectors.rows(at: [index])
      if isWide { component = matrixProduct(component, centred) }
      components.append(normalized(component.elements))
      variances.append(values[index] / Double(rows - 1))
    }
    self.means = [Double?](repeating: nil, count: table.columns.count)
    for (position, mean) in zip(measured, means) { self.means?[position] = mean }
    (self.components, self.variances) = (components, variances)
  }

  public func transform(_ table: Table) throws -> Table {
    let projected = means?.indices.filter { means?[$0] != nil } ?? []
    guard let means, let components, !components.isEmpty,
      components.allSatisfy({ $0.count == projected.count })
    else {
      throw AnsatzError(.software, "preprocessing step '\(Self.name)' is not fitted yet")
    }
    try requireFit(means.count, to: table)
    let kept = means.indices.filter { means[$0] == nil }
    let origin = means.compactMap { $0 }
    var centred = try table.selecting(projected).matrix()
    for i in centred.elements.indices { centred.elements[i] -= origin[i % origin.count] }
    let product = matrixProduct(centred, Tensor(rows: components), transposeB: true)
    return try table.replacingColumns(
      by: product.elements, names: components.indices.map { "component\($0 + 1)" },
      step: Self.name
    ).followed(by: table.selecting(kept))
  }
}

/// The vector at length 1, its entry of largest magnitude positive.
private func normalized(_ vector: [Double]) -> [Double] {
  let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  // Entries that are equal up to rounding must not let noise choose the sign: the first one counts.
  let largest = vector.reduce(0) { max($0, abs($1)) }
  let leading = vector.first { abs($0) > largest * (1 - 1e-9) } ?? 1
  return vector.map { $0 / (leading < 0 ? -length : length) }
}
