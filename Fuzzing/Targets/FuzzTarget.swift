import AnsatzCircuits
import AnsatzMath

/// A reader of text that must survive any bytes.
///
/// Reading gives a value or an error with a message. What was read can be written, unless the writer
/// has an error of its own, and the result reads again.
public enum FuzzTarget: String, CaseIterable, Sendable {
  case qasm2
  case qasm3
  case observable

  /// What is wrong with how the bytes were read; nil if nothing is.
  public func problem(with bytes: [UInt8]) -> String? {
    switch self {
    case .qasm2: problem(with: bytes, version: "2.0")
    case .qasm3: problem(with: bytes, version: "3.0")
    case .observable: observableProblem(with: bytes)
    }
  }

  private func problem(with bytes: [UInt8], version: String) -> String? {
    let hasVersion = bytes.starts(with: "OPENQASM".utf8)
    let text = hasVersion ? bytes : Array("OPENQASM \(version);\n".utf8) + bytes
    do {
      let program = try OpenQASM.read(bytes: text, name: "p")
      return rereadingProblem(program.circuit)
    } catch {
      return messageProblem(error, place: "p:")
    }
  }

  /// A mistake in the text is named with line and column.
  private func messageProblem(_ error: any Error, place: String) -> String? {
    let message = "\(error)"
    guard error is AnsatzError else { return "an error of another kind: \(message)" }
    guard message.hasPrefix(place) else { return "no position: \(message)" }
    return message.utf8.count > 2000 ? "a message of \(message.utf8.count) bytes" : nil
  }

  private func rereadingProblem(_ circuit: Circuit) -> String? {
    guard circuit.operations.count <= 300, let text = try? OpenQASM.write(circuit, version: .v3)
    else { return nil }
    do {
      let again = try OpenQASM.read(text, name: "again").circuit
      let isSame =
        again.qubitCount == circuit.qubitCount
        && again.registers.map(\.count)
          == circuit.registers.map(\.count)
      return isSame ? nil : "other registers after writing:\n\(text)"
    } catch {
      return "\(error) after writing:\n\(text)"
    }
  }

  private func observableProblem(with bytes: [UInt8]) -> String? {
    do {
      let sum = try PauliSum(parsing: String(decoding: bytes, as: UTF8.self))
      guard sum.terms.count <= 300 else { return nil }
      let again = try PauliSum(parsing: sum.description)
      return again.description == sum.description
        ? nil : "\(sum.description) reads back as \(again.description)"
    } catch {
      return messageProblem(error, place: "")
    }
  }
}
