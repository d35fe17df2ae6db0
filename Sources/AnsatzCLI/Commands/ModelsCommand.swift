import Ansatz
import ArgumentParser

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "List the models, with their hyperparameters.")

  @OptionGroup var reporting: ReportOptions

  private struct Entry: Encodable {
    let name: String
    let summary: String
    let hyperparameters: [String: JSONValue]
    let loss: String
    let preprocessing: String
    let training: TrainingOptions
  }

  func run() throws {
    let models = try Registry.models().types.map { $0.init() }
    let entries = models.map { model in
      Entry(
        name: type(of: model).name, summary: type(of: model).summary,
        hyperparameters: Dictionary(
          uniqueKeysWithValues: model.hyperparameters.map { ($0.name, $0.value) }),
        loss: model.loss, preprocessing: model.preprocessing, training: model.training)
    }
    try report(entries, asJSON: reporting.json) {
      var table = TextTable([("name", .left), ("what it is", .left), ("hyperparameters", .left)])
      for model in models {
        table.append([
          type(of: model).name, type(of: model).summary,
          model.hyperparameters.map { "\($0.name)=\($0.value.text)" }.joined(separator: " "),
        ])
      }
      return table.text
    }
  }
}
