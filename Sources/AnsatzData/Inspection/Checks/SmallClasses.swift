/// Classes with so few rows that nothing can be said of them.
///
/// A class is rare if it has fewer than ten rows, and less than a fifth of an equal share.
public enum SmallClasses: DataCheck {
  public static let name = "rare-class"

  public static func findings(in dataset: Dataset) -> [Finding] {
    let sizes = dataset.classSizes
    let rare = sizes.indices.filter {
      sizes[$0] > 0 && sizes[$0] < 10 && 5 * sizes[$0] * sizes.count < dataset.rowCount
    }
    guard !rare.isEmpty else { return [] }
    let shown = rare.prefix(5).map {
      "'\(abbreviated(dataset.classNames[$0]))' (\(rowsText(sizes[$0])))"
    }
    let more = rare.count > 5 ? " and \(rare.count - 5) more" : ""
    return [
      Finding(
        name,
        "\(rare.count == 1 ? "the class" : "the classes") \(shown.joined(separator: ", "))\(more) "
          + "of \(rowsText(dataset.rowCount)): too few to learn from or to judge by")
    ]
  }
}
