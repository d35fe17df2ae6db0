import Ansatz
import ArgumentParser
import Foundation
import Synchronization

/// The command `ansatz`, for its own binary and for any package that brings models and circuits.
///
/// A package's `main.swift` is one line, and its users have every command:
///
/// ```swift
/// AnsatzCommand.main(models: [MyModel.self], circuits: [try myCircuit()])
/// ```
///
/// What goes wrong, in the package's circuits too, ends the program with a line that says so.
public struct AnsatzCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "ansatz",
    abstract: "Train hybrid quantum-classical classifiers, and compare them with classical ones.",
    version: "0.1.0",
    subcommands: [
      TrainCommand.self, EvaluateCommand.self, PredictCommand.self, CompareCommand.self,
      RunCommand.self, DrawCommand.self, ConvertCommand.self, PlanCommand.self,
      ModelsCommand.self, GradientCommand.self, AuditCommand.self, SpectrumCommand.self,
      DatasetsCommand.self, NewCommand.self,
    ])

  public init() {}

  /// Runs the command that the process's arguments ask for, and ends the process.
  ///
  /// Exit codes are those of `sysexits.h`; 130 follows Ctrl-C.
  public static func main(
    models: [any Model.Type] = [], circuits: @autoclosure () throws -> [Circuit] = [],
    losses: [any Loss.Type] = []
  ) -> Never {
    StandardStreams.setUp()
    var arguments = Array(CommandLine.arguments.dropFirst())
    do {
      for loss in losses { try LossRegistry.register(loss) }
      Registry.extend(models: models, circuits: try circuits())
      if let first = arguments.first { try checkCommandName(first) }
      if let own = configuration.subcommands.first(where: { $0._commandName == arguments.first }) {
        arguments = try OptionValues(of: own).joiningValues(arguments)
        SignOfLife.start(for: own._commandName)
      }
      var command = try parseAsRoot(arguments)
      if !(command is any KeepingWhatIsDone) { Interruption.stopAtOnce() }
      try command.run()
      StandardStreams.giveNotices()
      Foundation.exit(EXIT_SUCCESS)
    } catch {
      Foundation.exit(explain(error))
    }
  }

  /// Refuses an unknown command with a suggestion.
  static func checkCommandName(_ name: String) throws {
    let names = configuration.subcommands.map { $0._commandName } + ["help"]
    guard !name.hasPrefix("-"), !names.contains(name) else { return }
    throw AnsatzError(.usage, "unknown command '\(name)'; \(didYouMean(name, in: names))")
  }

  /// Writes what went wrong, in one line, and returns the process's exit code.
  private static func explain(_ error: any Error) -> Int32 {
    let (message, code): (String, Int32)
    switch error {
    case let error where error.isInterruption:
      StandardStreams.note("ansatz: stopped\n")
      return Interruption.exitCode
    case let error as AnsatzError:
      (message, code) = (error.message, error.exitCode)
    case let error as CircuitError:
      (message, code) = (error.onOneLine(.badData), AnsatzError.Category.badData.rawValue)
    case let stop as Interrupted:
      StandardStreams.giveNotices()
      StandardStreams.note("ansatz: \(stop.message)\n")
      return Interruption.exitCode
    default:
      let exitCode = Self.exitCode(for: error)
      if exitCode.isSuccess {  // --help and --version come as errors too
        do {
          try StandardStreams.report(fullMessage(for: error))
          return EXIT_SUCCESS
        } catch { return EX_IOERR }
      }
      // Its own code for what is not a mistake in the arguments is 1.
      code = exitCode == .validationFailure ? EX_USAGE : EX_SOFTWARE
      message = AnsatzError(.usage, self.message(for: error)).message
    }
    // The error takes the place of what was to be said beside a result.
    StandardStreams.dropNotices()
    StandardStreams.note("ansatz: error: \(message)\n")
    return code
  }
}

extension CircuitError {
  /// The first problems and the number of the others, as one line.
  func onOneLine(_ category: AnsatzError.Category, prefix: String = "invalid circuit: ") -> String {
    let shown = problems.prefix(3).map { "\($0)" }.joined(separator: "; ")
    let left = problems.count - 3
    return AnsatzError(
      category, prefix + shown + (left > 0 ? "; and \(counted(left, "more problem"))" : "")
    ).message
  }
}

/// The user stopped a command; the message says what was kept and how to go on.
struct Interrupted: Error {
  let message: String
}
