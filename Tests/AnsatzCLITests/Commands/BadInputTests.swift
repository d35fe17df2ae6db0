import Foundation
import Testing

/// A mistake in a CSV file, the exit code, and what the one line of the error must say.
struct BadFile: Sendable, CustomTestStringConvertible {
  let text: String?
  let code: Int32
  let complaint: String
  var label = "class"
  var testDescription: String { complaint }
}

@Test(
  "Bad data are a one-line error that names the file and the place",
  arguments: [
    BadFile(text: nil, code: 66, complaint: "DATA: no such file"),
    BadFile(
      text: "", code: 65, complaint: "DATA is empty; it needs a header line and rows of data"),
    BadFile(
      text: "x,class\n1,a\n2,\"b\n3,a\n", code: 65,
      complaint: "DATA, line 3, column 2: the quote that opens here is never closed"),
    BadFile(
      text: "x,y,class\n1,2,a\n3,b\n", code: 65,
      complaint: "DATA, line 3: expected 3 cells, as on line 1, but found 2"),
    BadFile(
      text: "x,class\n1,a\n2,b\nhello,a\n4,b\n", code: 65,
      complaint: "DATA, line 4, column 1 ('x'): 'hello' is not a number"),
    BadFile(
      text: "x,class\n1,a\n2,a\n", code: 65,
      complaint: "DATA: the label column 'class' has one class only ('a')"),
    BadFile(
      text: "x,class\n1,a\n2,b\n", code: 65,
      complaint: "DATA has no label column 'clas'; did you mean 'class'?", label: "clas"),
  ])
func badData(_ file: BadFile) throws {
  let folder = try TemporaryFolder()
  let path = "\(folder.path)/data.csv"
  if let text = file.text { try folder.write("data.csv", text) }
  for command in ["train", "compare"] {
    let outcome = try ansatz(command, path, "--label", file.label)
    #expect(outcome.status == file.code, "\(outcome.errors)")
    let complaint = try #require(outcome.complaint, "\(outcome.errors)")
    #expect(complaint.replacing(path, with: "DATA").hasPrefix(file.complaint), "\(complaint)")
    #expect(outcome.output.isEmpty)
  }
}

/// Arguments that are wrong, the exit code, and the whole of the error.
struct Mistake: Sendable, CustomTestStringConvertible {
  let arguments: [String]
  var code: Int32 = 64
  let complaint: String
  var testDescription: String { arguments.joined(separator: " ") }
}

@Test(
  "Wrong arguments are a one-line error with a suggestion",
  arguments: [
    Mistake(
      arguments: ["trian"], complaint: "unknown command 'trian'; did you mean 'train'?"),
    Mistake(
      arguments: ["train"], complaint: "Missing expected argument '<DATA>'"),
    Mistake(
      arguments: ["train", "iris", "--epoch", "3"],
      complaint: "Unknown option '--epoch'. Did you mean '--epochs'?"),
    Mistake(
      arguments: ["train", "iris", "--epochs", "many"],
      complaint: "The value 'many' is invalid for '--epochs <N>'"),
    Mistake(
      arguments: ["train", "irs"], code: 66,
      complaint: "'irs' is neither a file nor an embedded data set; did you mean 'iris'?"),
    Mistake(
      arguments: ["train", "iris", "--label", "x"],
      complaint: "--label is for CSV files; the embedded 'iris' has its labels already"),
    Mistake(
      arguments: ["train", "iris", "--model", "hybird"],
      complaint: "unknown model 'hybird'; did you mean 'hybrid'?"),
    Mistake(
      arguments: ["compare", "iris", "--optimizer", "adm"],
      complaint: "unknown optimizer 'adm'; did you mean 'adam'?"),
    Mistake(
      arguments: ["train", "iris", "--schedule", "cosin"],
      complaint: "unknown schedule 'cosin'; did you mean 'cosine'?"),
    Mistake(
      arguments: ["train", "iris", "--gradient", "adjoin"],
      complaint: "unknown gradient method 'adjoin'; did you mean 'adjoint'?"),
    Mistake(
      arguments: ["train", "iris", "--model", "mlp", "--gradient", "adjoint"],
      complaint: "model 'mlp' has no setting 'gradient', so --gradient does not apply"),
    Mistake(
      arguments: ["train", "iris", "--set", "qbits=3"],
      complaint: "model 'hybrid' has no setting 'qbits'; did you mean 'qubits'?"),
    Mistake(
      arguments: ["train", "iris", "--precision", "f46"],
      complaint: "unknown precision 'f46'; did you mean 'f64'?"),
    Mistake(
      arguments: ["train", "iris", "--preprocess", "standardise"],
      complaint: "unknown preprocessing step 'standardise'; did you mean 'standardize'?"),
    Mistake(
      arguments: ["compare", "iris", "--baseline", "smv"],
      complaint: "unknown baseline 'smv'; did you mean 'svm'?"),
    Mistake(
      arguments: ["compare", "iris", "--folds", "1"],
      complaint: "cross-validation needs at least 2 folds, not 1"),
    Mistake(
      arguments: ["compare", "iris", "--folds", "51"], code: 65,
      complaint:
        "class 'setosa' has 50 rows, 'versicolor' has 50 rows, 'virginica' has 50 rows, fewer than the "
        + "51 folds; use fewer folds, merge such classes into one by --rare-classes merge, or leave "
        + "them out by --rare-classes drop"
    ),
    Mistake(
      arguments: ["train", "iris", "--epochs", "0", "--l1=-1"],
      complaint: "epochs must be 1 or more, not 0; l1 must be 0 or more, not -1.0"),
    Mistake(
      arguments: ["train", "iris", "--learning-rate", "-1"],
      complaint: "learning rate must be greater than 0, not -1.0"),
    Mistake(
      arguments: ["train", "iris", "--seed", "-1"],
      complaint: "The value '-1' is invalid for '--seed <N>'"),
    Mistake(
      arguments: ["train", "iris", "--model", "mlp", "--set", "hidden=\(Int.max)"],
      complaint:
        "hidden of model 'mlp' must be a whole number from 1 to 1000000, or several separated "
        + "by commas, not '\(Int.max)'"),
    Mistake(
      arguments: ["draw", "circuit-centric", "--features", "\(Int.max)"],
      complaint: "\(Int.max) features and 1 outputs need 63 qubits; this model takes up to 20"),
    Mistake(
      arguments: ["draw", "hybrid", "--features", "-1"],
      complaint: "--features must be 1 or more, not -1"),
    Mistake(
      arguments: ["draw", "hybrid", "--classes", "1"],
      complaint: "--classes must be 2 or more, not 1"),
    Mistake(
      arguments: ["train", "/dev/zero", "--label", "x"], code: 65,
      complaint: "/dev/zero is not text: it holds zero bytes; save it as UTF-8 CSV"),
    Mistake(
      arguments: ["train", "iris", "--threads", "0"],
      complaint: "--threads must be 1 or more, not 0"),
    Mistake(
      arguments: ["train", "iris", "--resume"],
      complaint: "--resume needs the folder to resume from: --checkpoint DIR"),
    Mistake(
      arguments: ["predict", "iris", "--checkpoint", "/nowhere"], code: 66,
      complaint: "there is no checkpoint in '/nowhere'"),
    Mistake(
      arguments: ["draw", "bell-pare"],
      complaint:
        "no circuit, template, model or file is named 'bell-pare'; did you mean 'bell-pair'?"),
    Mistake(
      arguments: ["draw", "mlp"], complaint: "model 'mlp' has no circuit"),
    Mistake(
      arguments: ["train", "iris", "--model", "bell-pair"],
      complaint: "the circuit 'bell-pair' cannot be trained on data: it has no inputs; embed an "
        + "Inputs bundle in it"),
  ])
func mistakes(_ mistake: Mistake) throws {
  let outcome = try Running(ansatzBinary, mistake.arguments).wait()
  #expect(outcome.status == mistake.code)
  #expect(outcome.complaint == mistake.complaint, "\(outcome.errors)")
  #expect(outcome.output.isEmpty)
}

@Test("A CSV file without --label is an error that lists its columns")
func missingLabel() throws {
  let folder = try TemporaryFolder()
  let path = try folder.write("data.csv", "width,class\n1,a\n2,b\n")
  let outcome = try ansatz("train", path)
  #expect(outcome.status == 64)
  #expect(
    outcome.complaint
      == "\(path): name the column that holds the class with --label; the columns are width, class")
}

@Test("A loss that is not a number stops the training, names the place, and says what may help")
func notANumber() throws {
  let outcome = try ansatz(
    "train", "iris", "--model", "mlp", "--optimizer", "sgd", "--learning-rate", "1e300")
  #expect(outcome.status == 78)
  let complaint = try #require(outcome.complaint, "\(outcome.errors)")
  #expect(complaint.contains(" in epoch 1, batch "), "\(complaint)")
  #expect(complaint.contains("; lower the learning rate (now 1e+300)"), "\(complaint)")
}

@Test("A full standard output is an error, and a closed one is not")
func standardOutput() throws {
  let full = try Running("/bin/sh", ["-c", "exec '\(ansatzBinary)' datasets > /dev/full"]).wait()
  #expect(full.status == 74)
  #expect(full.complaint == "cannot write to standard output: No space left on device")
  let closed = try Running(
    "/bin/bash", ["-o", "pipefail", "-c", "'\(ansatzBinary)' datasets | true"]
  ).wait()
  #expect(closed.status == 0)
  #expect(closed.errors.isEmpty)
}

@Test("Line ends and control characters in a file's names stay out of the error")
func oneLineErrors() throws {
  let folder = try TemporaryFolder()
  let path = try folder.write("data.csv", "x,\"wi\u{1B}[2J\ndth\"\n1,a\n2,b\n")
  let outcome = try ansatz("train", path, "--label", "class")
  #expect(outcome.status == 65)
  #expect(outcome.complaint?.hasSuffix("choose one of: x, wi\u{FFFD}[2J dth") == true)
}
