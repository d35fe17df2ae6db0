import Ansatz

/// The examples of docs/comparing.md.
func comparingExamples() throws -> ComparisonResult {
  let wine = try EmbeddedDatasets.named("wine").load()
  var model = Hybrid()
  model.layers = 1
  var options = model.training
  options.epochs = 5
  let hybrid = try Contender.hybrid("mine", model, options: options, features: 13, classes: 3)
  let baselines = Contender.baselines.filter { $0.name == "svm" || $0.name == "majority-class" }
  let result = try compare(
    hybrid + baselines, on: wine, validation: CrossValidation(folds: 3, repeats: 2))
  for contender in result.contenders { print(contender.name, contender.accuracy.mean) }
  print(result.verdict?.text ?? "nothing to judge")

  return result
}
