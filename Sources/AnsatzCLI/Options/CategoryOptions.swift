import Ansatz
import ArgumentParser

/// What a command does with rows whose category training did not see.
struct CategoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Rows with a category that training did not see: error refuses them, ignore reads it as none "
        + "of the known ones and counts them.", valueName: "TREATMENT"))
  var unknownCategories: String?

  func treatment() throws -> UnknownCategories {
    try unknownCategories.map(UnknownCategories.named) ?? .error
  }
}
