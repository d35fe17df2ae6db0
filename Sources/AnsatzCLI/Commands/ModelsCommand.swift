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
    let registry = try Registry.models()
    // A circuit without inputs is there to be drawn, not trained.
    let circuits = registry.circuits.filter { $0.inputCount > 0 }.map(\.name)
    let models = try (registry.types.map { $0.name } + circuits).map { name in
      (name: name, value: try registry.model(named: name))
    }
    let entries = models.map { name, model in
      Entry(
        name: name, summary: summary(of: model),
        hyperparameters: Dictionary(
          uniqueKeysWithValues: model.hyperparameters.map { ($0.name, $0.value) }),
        loss: model.loss, preprocessing: model.preprocessing, training: model.training)
    }
    try report(entries, asJSON: reporting.json) {
      var table = TextTable([("name", .left), ("what it is", .left), ("hyperparameters", .left)])
      for model in models {
        table.append([
          model.name, summary(of: model.value),
          model.value.hyperparameters.map { "\($0.name)=\($0.value.text)" }.joined(separator: " "),
        ])
      }
      return table.text
    }
  }

  private func summary(of model: any Model) -> String { type(of: model).summary }
}
