import Ansatz
import ArgumentParser
import Foundation

/// Whether a command also writes a page.
struct PageOptions: ParsableArguments {
  @Option(
    name: .customLong("report"),
    help: ArgumentHelp(
      "Also write a page with the results, curves, circuit and settings, to open in any browser.",
      valueName: "FILE"))
  var path: String?

  /// The file to write to; nil if no page is wanted.
  ///
  /// - Throws: `AnsatzError` if it cannot be written, so that no work is done in vain.
  func file() throws -> ReportFile? { try path.map { try ReportFile($0) } }
}

/// The command that this process was started with, as the shell reads it back.
var ownCommand: String {
  (["ansatz"] + CommandLine.arguments.dropFirst().map(shellQuoted)).joined(separator: " ")
}

/// The settings that every report lists: what computed, and on what.
func machineFacts(precision: String) -> [(name: String, value: String)] {
  #if arch(x86_64)
    let architecture = "x86-64"
  #elseif arch(arm64)
    let architecture = "arm64"
  #else
    let architecture = "other"
  #endif
  return [
    ("precision", precision),
    ("executor", Executor.standard.rawValue),
    ("threads", "\(ThreadPool.shared.activeThreadCount)"),
    ("version", "ansatz \(AnsatzCommand.configuration.version)"),
    ("machine", "\(ProcessInfo.processInfo.operatingSystemVersionString), \(architecture)"),
  ]
}

extension TrainingOptions {
  /// The options by name, for people.
  var facts: [(name: String, value: String)] {
    var facts: [(name: String, value: String)] = [
      ("epochs", "\(epochs)"), ("batch size", "\(batchSize)"), ("optimizer", optimizer),
      ("learning rate", "\(learningRate)"), ("schedule", schedule),
    ]
    if let clipNorm { facts.append(("clip norm", "\(clipNorm)")) }
    if l1 > 0 { facts.append(("l1", "\(l1)")) }
    if l2 > 0 { facts.append(("l2", "\(l2)")) }
    facts.append(("validation fraction", "\(validationFraction)"))
    if let patience { facts.append(("patience", counted(patience, "epoch"))) }
    if noise != nil { facts.append(("noise", "as the noise file has it")) }
    if let shots { facts.append(("shots", "\(shots)")) }
    return facts
  }
}
