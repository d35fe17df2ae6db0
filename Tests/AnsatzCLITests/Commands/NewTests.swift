import Foundation
import Testing

@Test("A new package builds, and trains, compares and draws its own model and circuit")
func newPackage() throws {
  let folder = try TemporaryFolder()
  let written = try ansatz("new", "Mine", "--ansatz", repository, in: folder.path)
  #expect(written.status == 0, "\(written.errors)")
  let package = "\(folder.path)/Mine"

  // A build folder that stays makes the test fast from the second time on.
  let tests = URL(filePath: ansatzBinary).deletingLastPathComponent()
  let scratch = tests.deletingLastPathComponent().appending(path: "new-package").path
  let build = try Running(
    "/usr/bin/env",
    ["swift", "build", "--package-path", package, "--scratch-path", scratch, "-c", "release"]
  ).wait()
  try #require(build.status == 0, "\(build.output)\(build.errors)")
  #expect(!build.output.contains("warning:"), "\(build.output)")

  let program = "\(scratch)/release/Mine"
  func run(_ arguments: String...) throws -> Outcome {
    try Running(program, arguments, in: folder.path).wait()
  }
  let trained = try run("train", "iris", "--checkpoint", "model", "--json")
  let report = try #require(json(trained) as? [String: Any], "\(trained.errors)")
  #expect(report["model"] as? String == "example")
  let history = try #require(report["history"] as? [[String: Any]])
  // Three classes in equal numbers: chance is 1/3, and two qubits do far better.
  #expect(try #require(history.last?["trainingAccuracy"] as? Double) > 0.9)
  #expect(try run("predict", "iris", "--checkpoint", "model").status == 0)
  #expect(try run("draw", "example-circuit").output.contains("RY(π*x[0])"))
  #expect(try run("models").output.contains("\nhybrid "))
  let compared = try run("compare", "iris", "--epochs", "2", "--folds", "2")
  #expect(compared.output.contains("\nexample without-circuit "))

  // The program of the library does not know this model, and says so.
  let stranger = try ansatz("predict", "iris", "--checkpoint", "model", in: folder.path)
  #expect(stranger.status == 64)
  #expect(stranger.complaint?.hasPrefix("unknown model 'example'; ") == true)
}

@Test("Names that cannot be a package, folders in the way and wrong checkouts are errors")
func newPackageMistakes() throws {
  let folder = try TemporaryFolder()
  try folder.write("Taken/file", "")
  for (arguments, code, complaint) in [
    (["2nd"], 64, "'2nd' cannot name a package; use letters, digits and _, with a letter first"),
    (["a-b"], 64, "'a-b' cannot name a package; use letters, digits and _, with a letter first"),
    (["ansatzmath"], 64, "'ansatzmath' is the name of the module AnsatzMath; choose another"),
    (["Taken"], 73, "Taken exists already; choose another name"),
  ] {
    let outcome = try Running(
      ansatzBinary, ["new"] + arguments + ["--ansatz", repository], in: folder.path
    ).wait()
    #expect(outcome.status == code)
    #expect(outcome.complaint == complaint)
  }
  let wrong = try ansatz("new", "Mine", "--ansatz", folder.path, in: folder.path)
  #expect(wrong.status == 66)
  #expect(
    wrong.complaint
      == "--ansatz \(folder.path) is not a checkout of Ansatz: no Sources/AnsatzCLI in it")
}
