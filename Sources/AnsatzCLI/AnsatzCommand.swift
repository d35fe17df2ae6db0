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
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      for loss in losses { try LossRegistry.register(loss) }
      Registry.extend(models: models, circuits: try circuits())
      if let first = arguments.first { try checkCommandName(first) }
      var command = try parseAsRoot(arguments)
      try command.run()
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
    case let error as AnsatzError:
      (message, code) = (onOneLine(error.message), error.exitCode)
    case let error as CircuitError:
      (message, code) = (error.description, AnsatzError.Category.badData.rawValue)
    case let stop as Interrupted:
      StandardStreams.note("ansatz: \(stop.message)\n")
      return Interruption.exitCode
    case is CancellationError:
      StandardStreams.note("ansatz: stopped\n")
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
      message = self.message(for: error)
    }
    StandardStreams.note("ansatz: error: \(message)\n")
    return code
  }
}

/// The user stopped a command; the message says what was kept and how to go on.
struct Interrupted: Error {
  let message: String
}
