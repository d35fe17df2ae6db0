import AnsatzMath

/// What becomes of classes with too few rows.
public enum RareClasses: String, CaseIterable, Codable, Sendable {
  /// They are refused.
  case error
  /// They become one class, `other`.
  case merge
  /// Their rows are left out.
  case drop

  /// What the merged class is called.
  public static let mergedName = "other"

  /// - Throws: `AnsatzError` with the near miss, or listing the choices.
  public init(parsing text: String) throws {
    guard let found = Self(rawValue: text) else {
      throw AnsatzError(
        .usage,
        "unknown treatment of rare classes '\(abbreviated(text))'; "
          + didYouMean(text, in: Self.allCases.map(\.rawValue)))
    }
    self = found
  }
}

extension Dataset {
  /// The same rows with rare classes merged into one or left out.
  ///
  /// `reading.rareClasses` of the result says which they were.
  ///
  /// - Parameter minimum: How many rows a class needs.
  /// - Throws: `AnsatzError` if they are to be refused and there are some, if the merged class has too
  ///   few rows itself, or if fewer than two classes are left.
  public func treatingRareClasses(_ treatment: RareClasses, minimum: Int) throws -> Dataset {
    let sizes = classSizes
    // A class without any row, as in a subset, is no rare one.
    let rare = Set(sizes.indices.filter { (1..<max(1, minimum)).contains(sizes[$0]) })
    var reading = reading
    reading.options.rareClasses = treatment
    reading.options.minimumClassRows = minimum
    guard !rare.isEmpty else { return try replacing(labels, classNames, reading) }
    let found = rare.sorted().map { TableReading.ClassSize(name: classNames[$0], rows: sizes[$0]) }
    reading.rareClasses = found
    switch treatment {
    case .error:
      throw AnsatzError(
        .badData, "\(features.source): \(rareClassesText(found, need: "the \(minimum) needed"))")
    case .drop:
      let kept = sizes.indices.filter { !rare.contains($0) }
      let names = kept.map { classNames[$0] }
      try requireClasses(names)
      let index = Dictionary(uniqueKeysWithValues: zip(kept, kept.indices))
      return try subset(labels.indices.filter { !rare.contains(labels[$0]) })
        .replacing(labels.compactMap { index[$0] }, names, reading)
    case .merge:
      var names = sizes.indices.filter { !rare.contains($0) }.map { classNames[$0] }
      if !names.contains(RareClasses.mergedName) { names.append(RareClasses.mergedName) }
      try requireClasses(names)
      let index = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
      let merged = labels.map { label in
        index[rare.contains(label) ? RareClasses.mergedName : classNames[label]] ?? 0
      }
      let result = try replacing(merged, names, reading)
      let size = result.classSizes[index[RareClasses.mergedName] ?? 0]
      guard size >= minimum else {
        throw AnsatzError(
          .badData,
          "\(features.source): the rare classes together have \(rowsText(size)), fewer than the "
            + "\(minimum) needed; leave them out by --rare-classes drop")
      }
      return result
    }
  }

  private func requireClasses(_ names: [String]) throws {
    guard names.count > 1 else {
      throw AnsatzError(
        .badData,
        "\(features.source): without its rare classes fewer than two classes are left; a classifier "
          + "needs two or more")
    }
  }
}

/// `class 'a' has 1 row, 'b' has 2 rows, fewer than the 5 folds; …`
///
/// - Parameter remedy: What else helps, as in "use fewer folds, or".
func rareClassesText(
  _ classes: [TableReading.ClassSize], need: String, remedy: String = ""
) -> String {
  let shown = classes.prefix(5).map { "'\(abbreviated($0.name))' has \(rowsText($0.rows))" }
    .joined(separator: ", ")
  let more = classes.count > 5 ? " and \(classes.count - 5) more have few" : ""
  return "class \(shown)\(more), fewer than \(need); \(remedy)merge such classes into one by "
    + "--rare-classes merge, or leave them out by --rare-classes drop"
}
