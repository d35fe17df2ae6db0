import AnsatzData
import AnsatzMath
import AnsatzStudies
import Foundation

/// A heading and a table.
private struct Overview: NotebookDisplayable {
  let heading: String
  let table: ResultTable
  var conclusion = ""

  var plainText: String {
    [heading, table.plainText, conclusion].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  var html: String {
    "<p>\(heading.inMarkup)</p>" + table.html
      + (conclusion.isEmpty
        ? ""
        : "<p><b>\(conclusion.inMarkup.split(separator: "\n").joined(separator: "<br>"))</b></p>")
  }
}

extension Dataset {
  /// The size of the data, and the first rows of the first columns.
  fileprivate var summary: Overview {
    let sizes = zip(classNames, classSizes).map { "\($1) \($0)" }.joined(separator: ", ")
    let shown = Array(features.columns.prefix(6))
    var table = ResultTable(columns: shown.map(\.name) + ["class"])
    for row in 0..<min(5, rowCount) {
      table.append(
        shown.map { column in
          switch column.values {
          case .numeric(let values): values[row].map { String(format: "%.4g", $0) } ?? ""
          case .text(let values): values[row] ?? ""
          }
        } + [classNames[labels[row]]])
    }
    let count = features.columns.count
    let more = count > shown.count ? "; the first \(shown.count) of them" : ""
    return Overview(
      heading: "\(name): \(rowCount) rows (\(sizes)), \(count) features\(more)", table: table)
  }
}

extension Dataset: NotebookDisplayable {
  /// Its size or protocol, and a table.
  public var plainText: String { summary.plainText }
  /// The same for a page.
  public var html: String { summary.html }
}

extension AnsatzStudies.ComparisonResult {
  fileprivate var summary: Overview {
    var table = ResultTable(
      columns: ["classifier", "role", "accuracy", "± sd", "parameters"]
        + (lacksFits ? ["fits"] : []))
    for contender in contenders {
      let isEmpty = contender.accuracy.count == 0
      table.append(
        [
          contender.name, contender.role.rawValue,
          isEmpty ? "none" : String(format: "%.3f", contender.accuracy.mean),
          isEmpty ? "" : String(format: "%.3f", contender.accuracy.standardDeviation),
          "\(contender.parameterCount)",
        ] + (lacksFits ? [contender.shortfall ?? "all"] : []))
    }
    let folds = "\(validation.repeats) × stratified \(validation.folds)-fold cross-validation"
    return Overview(
      heading: "\(dataset): \(rowCount) rows, \(featureCount) features; \(folds)", table: table,
      conclusion: verdict.map { "\($0.heading):\n\($0.text)" } ?? "")
  }
}

extension AnsatzStudies.ComparisonResult: NotebookDisplayable {
  /// Its size or protocol, and a table.
  public var plainText: String { summary.plainText }
  /// The same for a page.
  public var html: String { summary.html }
}
