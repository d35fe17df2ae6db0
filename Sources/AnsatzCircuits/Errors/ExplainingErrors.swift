import AnsatzMath
import Foundation

/// Runs the body of a program; an error ends the process with its message on standard error, as the
/// commands of `ansatz` end.
///
/// An error that leaves the top level of a Swift program traps, with a dump of registers and frames.
/// Within this it is what its author wrote:
///
/// ```swift
/// explainingErrors {
///   let circuit = try Circuit(qubits: 2) { H(5) }
///   print(try circuit.probabilities())
/// }
/// ```
///
/// The exit code is the error's own for an `AnsatzError`, 65 for a `CircuitError`, 130 after a stop,
/// and 70 for any other error.
///
/// - Returns: What the body returns.
@discardableResult
public func explainingErrors<Result>(_ body: () throws -> Result) -> Result {
  do { return try body() } catch { exit(explained(error)) }
}

/// As `explainingErrors` for a body that waits.
@discardableResult
public func explainingErrors<Result>(_ body: () async throws -> Result) async -> Result {
  do { return try await body() } catch { exit(explained(error)) }
}

/// Writes an error to standard error and returns the exit code.
private func explained(_ error: any Error) -> Int32 {
  let (message, code): (String, Int32) =
    switch error {
    case let error as AnsatzError: (error.message, error.exitCode)
    case let error as CircuitError: (error.description, AnsatzError.Category.badData.rawValue)
    case is CancellationError: ("stopped", 130)
    default: ("\(error)", AnsatzError.Category.software.rawValue)
    }
  let program = CommandLine.arguments.first.map { URL(filePath: $0).lastPathComponent } ?? "program"
  FileHandle.standardError.write(Data("\(program): error: \(message)\n".utf8))
  return code
}
