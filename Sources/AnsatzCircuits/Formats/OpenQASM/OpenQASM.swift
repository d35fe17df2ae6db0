import AnsatzMath

/// Reads and writes circuits as OpenQASM.
///
/// Qubit 0 of a circuit is the first qubit that the program declares.
public enum OpenQASM {
  /// The versions of the language.
  public enum Version: Int, Sendable, CaseIterable {
    /// OpenQASM 2.0.
    case v2 = 2
    /// OpenQASM 3.
    case v3 = 3
  }

  /// Reads a program.
  ///
  /// Without a version line, the program is read as the version that its syntax fits.
  ///
  /// - Parameters:
  ///   - text: The program.
  ///   - name: What messages call it, usually the file's name.
  ///   - weights: The `input`s that are trained: they become `Weights`, the others `Inputs`. Those
  ///     that `write` marked as weights are weights anyway.
  /// - Throws: `AnsatzError` that names the line and the column of what cannot be read.
  /// - Source: Cross et al., arXiv:1707.03429 (version 2) and arXiv:2104.14722 (version 3).
  public static func read(
    _ text: String, name: String, weights: [String] = []
  ) throws -> OpenQASMProgram {
    try read(bytes: Array(text.utf8), name: name, weights: weights)
  }

  /// Reads a program from the bytes of a file, which must be UTF-8.
  ///
  /// - Throws: `AnsatzError` that names the line and the column of what cannot be read.
  public static func read(
    bytes: [UInt8], name: String, weights: [String] = []
  ) throws -> OpenQASMProgram {
    try read(bytes: bytes, name: name, weights: weights, folder: nil)
  }

  /// Reads a program from a file, with the files it includes from the same folder or folders in it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - weights: The `input`s that are trained.
  ///   - progress: Is told now and then which fraction of the program has been read, and how many
  ///     gates it has so far.
  /// - Throws: `AnsatzError` if the file cannot be read, or that names the line and the column of
  ///   what cannot be understood; `CancellationError` if `StopFlag` is raised.
  public static func read(
    file path: String, weights: [String] = [],
    progress: ((_ fraction: Double, _ gates: Int) -> Void)? = nil
  ) throws -> OpenQASMProgram {
    try read(
      bytes: try QASMFolder.program(path), name: path, weights: weights,
      folder: QASMFolder(of: path), progress: progress)
  }

  private static func read(
    bytes: [UInt8], name: String, weights: [String], folder: QASMFolder?,
    progress: ((_ fraction: Double, _ gates: Int) -> Void)? = nil
  ) throws -> OpenQASMProgram {
    var reached = 0
    var isTooLong = false
    func program(_ version: Version) throws -> OpenQASMProgram {
      let interpreter = QASMInterpreter(
        try QASMSource(bytes: bytes, name: name), version: version, weights: weights,
        folder: folder, progress: progress)
      defer { (reached, isTooLong) = (interpreter.position, interpreter.pace.isTooLong) }
      return try interpreter.program()
    }
    let declared = try QASMParser.declaredVersion(of: QASMSource(bytes: bytes, name: name))
    if let declared { return try program(declared) }
    do {
      return try program(.v2)
    } catch let asSecond {
      // What is too long is not made shorter by reading it once more.
      if isTooLong || asSecond is CancellationError { throw asSecond }
      let reachedAsSecond = reached
      do {
        return try program(.v3)
      } catch let asThird {
        // The version that understood more of the program was meant.
        throw reachedAsSecond > reached ? asSecond : asThird
      }
    }
  }

  /// Writes a circuit as a program.
  ///
  /// Gates outside the standard library are written as `gate` definitions. Version 3 declares
  /// inputs and weights as `input`s, each with an annotation from which `read` restores them, unless
  /// their values are given.
  ///
  /// - Parameters:
  ///   - inputs: The values of the circuit's inputs, in order. Version 2 needs them.
  ///   - weights: The values of the circuit's weights, in order. Version 2 needs them.
  /// - Throws: `AnsatzError` if values are missing or too many, or the circuit holds something that
  ///   the language has no words for.
  public static func write(
    _ circuit: Circuit, version: Version, inputs: [Double]? = nil, weights: [Double]? = nil
  ) throws -> String {
    try QASMWriter(circuit, version: version, inputs: inputs, weights: weights).text()
  }
}
