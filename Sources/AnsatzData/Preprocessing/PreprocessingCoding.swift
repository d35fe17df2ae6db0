import AnsatzMath
import Foundation

// A pipeline is saved as its steps by name, each with its fitted state; JSON keeps every bit of a
// finite number.
extension Preprocessing {
  private enum CodingKeys: String, CodingKey {
    case inputColumns
    case steps
    case outputNames
    case columnSummaries
  }

  private struct NamedStep: Codable {
    private enum CodingKeys: String, CodingKey {
      case name
      case state
    }

    let step: any PreprocessingStep

    init(_ step: any PreprocessingStep) {
      self.step = step
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      let type = try PreprocessingRegistry.named(container.decode(String.self, forKey: .name))
      step = try type.init(from: container.superDecoder(forKey: .state))
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(type(of: step).name, forKey: .name)
      try step.encode(to: container.superEncoder(forKey: .state))
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      steps: try container.decode([NamedStep].self, forKey: .steps).map(\.step),
      inputColumns: try container.decode([ColumnSchema].self, forKey: .inputColumns),
      outputNames: try container.decode([String].self, forKey: .outputNames),
      columnSummaries: try container.decodeIfPresent(
        [ColumnSummary].self, forKey: .columnSummaries) ?? [])
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(inputColumns, forKey: .inputColumns)
    try container.encode(steps.map { NamedStep($0) }, forKey: .steps)
    try container.encode(outputNames, forKey: .outputNames)
    try container.encode(columnSummaries, forKey: .columnSummaries)
  }
}
