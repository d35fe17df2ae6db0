import AnsatzMath
import Foundation

// The files of a checkpoint.
extension Checkpoint {
  private struct Description: Codable {
    /// Format 1 had the history in `progress`, and no pieces of it beside.
    var format = 2
    let record: ModelRecord
    let options: TrainingOptions
    let loss: String
    let classCount: Int
    let precision: String
    var progress: TrainingProgress
    let optimizerSteps: [Int]
  }

  /// A file of a generation.
  struct File {
    let name: String
    let bytes: [UInt8]
    /// Whether the generation before has the same file, so that a link will do.
    var isKept = false
  }

  private static let descriptionFile = "checkpoint.json"
  private static let weightsFile = "weights.safetensors"
  private static let bestFile = "best.safetensors"
  private static let optimizerFile = "optimizer.safetensors"

  /// Whether a checkpoint can have a file of that name.
  static func hasFile(_ name: String) -> Bool {
    [descriptionFile, weightsFile, bestFile, optimizerFile].contains(name)
      || HistoryPiece.epochs(of: name) != nil
  }

  /// - Parameter stored: The pieces of the history that the generation before has, by name.
  func encodedFiles(stored: [String: [UInt8]] = [:]) throws -> [File] {
    var description = Description(
      record: record, options: options, loss: loss, classCount: classCount, precision: precision,
      progress: progress, optimizerSteps: optimizerSteps)
    description.progress.history = []
    var files = [
      File(
        name: Self.descriptionFile, bytes: Array(try JSONValue.encoder.encode(description))),
      File(name: Self.weightsFile, bytes: try weights.encoded()),
      File(name: Self.optimizerFile, bytes: try optimizer.encoded()),
    ]
    if let best { files.append(File(name: Self.bestFile, bytes: try best.encoded())) }
    return files
      + HistoryPiece.pieces(of: progress.history, stored: stored).map {
        File(name: $0.name, bytes: $0.bytes, isKept: $0.isKept)
      }
  }

  /// Reads the files, and refuses what no run can have written: the rest of the program counts on it.
  ///
  /// - Throws: `AnsatzError(.badData)` naming the file that cannot be understood.
  init(files: [String: [UInt8]]) throws {
    func bytes(_ name: String) throws -> [UInt8] {
      guard let bytes = files[name] else {
        throw AnsatzError(.badData, "\(name) is missing")
      }
      return bytes
    }
    func tensors(_ name: String) throws -> SafeTensors {
      do {
        let tensors = try SafeTensors(bytes(name))
        if let fault = tensors.firstNonFinite {
          throw AnsatzError(
            .badData,
            "'\(fault.name)' holds \(fault.value) at place \(fault.place); only finite numbers "
              + "can be trained and predicted with")
        }
        return tensors
      } catch let error as AnsatzError {
        throw AnsatzError(.badData, "\(name): \(error.message)")
      }
    }
    var description = try Self.description(bytes(Self.descriptionFile))
    if description.format == 2 {
      description.progress.history = try HistoryPiece.history(
        epochCount: description.progress.epoch, files: files)
    }
    record = description.record
    options = description.options
    loss = description.loss
    classCount = description.classCount
    precision = description.precision
    progress = description.progress
    optimizerSteps = description.optimizerSteps
    weights = try tensors(Self.weightsFile)
    optimizer = try tensors(Self.optimizerFile)
    best = files[Self.bestFile] == nil ? nil : try tensors(Self.bestFile)
    if let fault { throw AnsatzError(.badData, "\(Self.descriptionFile): \(fault)") }
  }

  private static func description(_ bytes: [UInt8]) throws -> Description {
    let what = "\(descriptionFile) is not a checkpoint's description"
    do {
      // Texts such as "inf" are no numbers here, unlike in `JSONValue.decoder`.
      let description = try JSONDecoder().decode(Description.self, from: Data(bytes))
      guard (1...2).contains(description.format) else {
        throw AnsatzError(
          .badData,
          "\(descriptionFile) has format \(description.format); this program reads 1 and 2")
      }
      return description
    } catch let error as DecodingError {
      let path: [any CodingKey] =
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
          .dataCorrupted(let context):
          context.codingPath
        case .keyNotFound(let key, let context): context.codingPath + [key]
        @unknown default: []
        }
      let place = path.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
      throw AnsatzError(
        .badData,
        what + (path.isEmpty ? "" : ": '\(place.drop { $0 == "." })' is missing or out of range"))
    }
  }
}
