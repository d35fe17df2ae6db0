import AnsatzMath

/// Some epochs of a run's history as a file of a checkpoint: CSV, one line for each epoch.
///
/// A history is kept in pieces, so that a checkpoint writes what is new and takes over the rest of
/// the generation before as links. Each piece is at least twice as long as the one after it: there
/// are few, and an epoch is rewritten only when its piece has grown by half.
struct HistoryPiece: Equatable {
  /// From 1.
  let epochs: ClosedRange<Int>
  let bytes: [UInt8]
  /// Whether the generation before has the same file.
  let isKept: Bool

  var name: String { Self.name(of: epochs) }

  private static let header =
    "epoch,training_loss,training_accuracy,validation_loss,validation_accuracy,learning_rate"

  static func name(of epochs: ClosedRange<Int>) -> String {
    "history-\(epochs.lowerBound)-\(epochs.upperBound).csv"
  }

  /// The epochs that a file of that name holds; nil if it is no piece of a history.
  static func epochs(of name: String) -> ClosedRange<Int>? {
    guard name.hasPrefix("history-"), name.hasSuffix(".csv") else { return nil }
    let numbers = name.dropFirst(8).dropLast(4).split(
      separator: "-", omittingEmptySubsequences: false
    ).map { Int($0) }
    guard numbers.count == 2, let first = numbers[0], let last = numbers[1], 1 <= first,
      first <= last, self.name(of: first...last) == name
    else { return nil }
    return first...last
  }

  /// Divides a history.
  ///
  /// - Parameter stored: The files of the generation before, by name.
  static func pieces(
    of history: [EpochRecord], stored: [String: [UInt8]]
  ) -> [HistoryPiece] {
    var pieces: [HistoryPiece] = []
    var done = 0
    for epochs in stored.keys.compactMap(epochs(of:)).sorted(by: { $0.lowerBound < $1.lowerBound })
    where epochs.lowerBound == done + 1 && epochs.upperBound <= history.count {
      let bytes = encode(history[done..<epochs.upperBound])
      guard bytes == stored[name(of: epochs)] else { break }
      pieces.append(HistoryPiece(epochs: epochs, bytes: bytes, isKept: true))
      done = epochs.upperBound
    }
    guard done < history.count else { return pieces }
    while let last = pieces.last, last.epochs.count < 2 * (history.count - done) {
      done = last.epochs.lowerBound - 1
      pieces.removeLast()
    }
    pieces.append(
      HistoryPiece(
        epochs: done + 1...history.count, bytes: encode(history[done...]), isKept: false))
    return pieces
  }

  /// The history of a run of so many epochs.
  ///
  /// - Throws: `AnsatzError(.badData)` naming the piece that is missing or damaged.
  static func history(epochCount: Int, files: [String: [UInt8]]) throws -> [EpochRecord] {
    var history: [EpochRecord] = []
    for epochs in files.keys.compactMap(epochs(of:)).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      guard epochs.lowerBound == history.count + 1 else { break }
      history += try decode(files[name(of: epochs)] ?? [], epochs: epochs)
    }
    guard history.count == epochCount else {
      throw AnsatzError(
        .badData, "the history has \(history.count) epochs, not the \(epochCount) of the run")
    }
    return history
  }

  private static func encode(_ records: ArraySlice<EpochRecord>) -> [UInt8] {
    // The shortest text that reads back as the same bits.
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    var lines = header + "\n"
    for record in records {
      lines +=
        "\(record.epoch),\(record.trainingLoss),\(record.trainingAccuracy),"
        + "\(text(record.validationLoss)),\(text(record.validationAccuracy)),"
        + "\(record.learningRate)\n"
    }
    return Array(lines.utf8)
  }

  private static func decode(
    _ bytes: [UInt8], epochs: ClosedRange<Int>
  ) throws -> [EpochRecord] {
    func damaged(_ line: Int) -> AnsatzError {
      AnsatzError(.badData, "\(name(of: epochs)), line \(line), is not the record of an epoch")
    }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.first.map({ $0.elementsEqual(header.utf8) }) == true else { throw damaged(1) }
    guard lines.count - 2 == epochs.count, lines.last?.isEmpty == true else {
      throw damaged(lines.count)
    }
    return try zip(epochs, lines.dropFirst()).enumerated().map { place, pair in
      let (epoch, line) = pair
      let cells = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      func optional(_ cell: Int) throws -> Double? {
        if cells[cell].isEmpty { return nil }
        guard let value = Double(cells[cell]), value.isFinite else { throw damaged(place + 2) }
        return value
      }
      func number(_ cell: Int) throws -> Double {
        guard let value = try optional(cell) else { throw damaged(place + 2) }
        return value
      }
      guard cells.count == 6, Int(cells[0]) == epoch else { throw damaged(place + 2) }
      return EpochRecord(
        epoch: epoch, trainingLoss: try number(1), trainingAccuracy: try number(2),
        validationLoss: try optional(3), validationAccuracy: try optional(4),
        learningRate: try number(5))
    }
  }
}
