import Ansatz
import ArgumentParser

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "List the models, or what can be set of one.",
    discussion: """
      With a name, each setting with its help, the values it may take and its default, for \
      --set NAME=VALUE of `ansatz train` and `ansatz compare`. A circuit that has inputs and \
      weights is a model too, by its name or as the path of an OpenQASM file.
      """)

  @Argument(help: ArgumentHelp("A model; all of them if not given.", valueName: "NAME"))
  var name: String?

  @OptionGroup var reporting: ReportOptions

  private struct Entry: Encodable {
    let name: String
    let summary: String
    let hyperparameters: [String: JSONValue]
    let settings: [SettingEntry]
    let loss: String
    let preprocessing: String
    let training: TrainingOptions

    init<M: Model>(_ name: String, _ model: M) {
      self.name = name
      summary = M.summary
      hyperparameters = Dictionary(
        uniqueKeysWithValues: model.settingValues.map { ($0.name, $0.value) })
      settings = M.settings.map { setting in
        SettingEntry(
          name: setting.name, help: setting.help, values: setting.domain.text,
          default: setting.value(in: model))
      }
      loss = model.loss
      preprocessing = model.preprocessing
      training = model.training
    }
  }

  private struct SettingEntry: Encodable {
    let name: String
    let help: String
    let values: String
    let `default`: JSONValue
  }

  func run() throws {
    let registry = try Registry.models()
    if let name {
      let entry = Entry(name, try registry.model(named: name))
      return try report(entry, asJSON: reporting.json) { text(of: entry) }
    }
    let entries = try registry.names.map { Entry($0, try registry.model(named: $0)) }
    try report(entries, asJSON: reporting.json) {
      var table = TextTable([("name", .left), ("what it is", .left), ("settings", .left)])
      for entry in entries {
        table.append([
          entry.name, entry.summary,
          entry.settings.map { "\($0.name)=\($0.default.text)" }.joined(separator: " "),
        ])
      }
      return table.text
    }
  }

  private func text(of entry: Entry) -> String {
    var lines = ["\(entry.name): \(entry.summary)", ""]
    for setting in entry.settings {
      let value = setting.default.text
      lines.append(
        "  \(setting.name)=\(value)" + (setting.help.isEmpty ? "" : "  \(setting.help)"))
      lines += wrapped(setting.values, indent: "      ")
    }
    let training = entry.training
    lines += [
      "", "loss \(entry.loss); preprocessing \(entry.preprocessing)",
      "\(counted(training.epochs, "epoch")), batch \(training.batchSize), \(training.optimizer), "
        + "learning rate \(training.learningRate), unless options say otherwise",
    ]
    return lines.joined(separator: "\n")
  }

  /// A text on lines of at most 96 characters.
  private func wrapped(_ text: String, indent: String) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + word.count < 96 {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(indent + word)
      }
    }
    return lines
  }
}
