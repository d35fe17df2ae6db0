import AnsatzMath
import Foundation

extension NoiseModel {
  /// Reads a noise model from a file; docs/noise.md has its form.
  ///
  /// - Throws: `AnsatzError` naming the file, the rule and the key.
  public init(contentsOf path: String) throws(AnsatzError) {
    try self.init(Self.value(contentsOf: path), name: path)
  }

  /// The file as it is, for a record of what was used.
  ///
  /// - Throws: `AnsatzError` if there is no such file, or what it holds is no JSON.
  public static func value(contentsOf path: String) throws(AnsatzError) -> JSONValue {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw AnsatzError(.missingInput, "cannot read the noise model \(path); name a JSON file")
    }
    do {
      return try JSONValue.decoder.decode(JSONValue.self, from: data)
    } catch {
      var reason = ""
      if case DecodingError.dataCorrupted(let context) = error {
        reason = context.underlyingError.map { ": \(($0 as NSError).debugText)" } ?? ""
      }
      throw AnsatzError(.badData, "\(path) is no JSON\(reason)")
    }
  }

  /// - Parameter name: What errors call the file.
  public init(_ value: JSONValue, name: String) throws(AnsatzError) {
    let top = try NoiseRecord(value, place: name)
    try top.checkKeys(["description", "rules", "readout"])
    var rules: [NoiseRule] = []
    for (index, value) in try (top.array("rules") ?? []).enumerated() {
      rules.append(try NoiseRule(NoiseRecord(value, place: "\(name): rule \(index + 1)")))
    }
    var readout: [ReadoutRule] = []
    for (index, value) in try (top.array("readout") ?? []).enumerated() {
      readout.append(
        try ReadoutRule(NoiseRecord(value, place: "\(name): readout \(index + 1)")))
    }
    guard !rules.isEmpty || !readout.isEmpty else {
      throw AnsatzError(.badData, "\(name) holds no noise; give it \"rules\" or \"readout\"")
    }
    self.init(rules: rules, readout: readout)
  }
}

extension NSError {
  /// Where the mistake is, if the reader says so.
  fileprivate var debugText: String {
    userInfo[NSDebugDescriptionErrorKey] as? String ?? localizedDescription
  }
}

/// An object of a noise file, with the place that errors name.
private struct NoiseRecord {
  let place: String
  let values: [String: JSONValue]

  init(_ value: JSONValue, place: String) throws(AnsatzError) {
    guard case .object(let values) = value else {
      throw AnsatzError(.badData, "\(place) is no object; write { \"KEY\": VALUE, … }")
    }
    self.values = values
    self.place = place
  }

  func fail(_ message: String) -> AnsatzError { AnsatzError(.badData, "\(place): \(message)") }

  func checkKeys(_ known: [String]) throws(AnsatzError) {
    if let key = values.keys.sorted().first(where: { !known.contains($0) }) {
      throw fail("unknown key '\(key)'; \(didYouMean(key, in: known))")
    }
  }

  func array(_ key: String) throws(AnsatzError) -> [JSONValue]? {
    switch values[key] {
    case nil: return nil
    case .array(let list): return list
    default: throw fail("'\(key)' is no list; write [ … ]")
    }
  }

  func text(_ key: String) throws(AnsatzError) -> String {
    switch values[key] {
    case .string(let text): return text
    case nil: throw fail("'\(key)' is missing")
    default: throw fail("'\(key)' is no text")
    }
  }

  func number(_ key: String) throws(AnsatzError) -> Double? {
    switch values[key] {
    case nil: return nil
    case .integer(let value): return Double(value)
    case .number(let value): return value
    // JSON has no such number.
    case .string("inf"): return .infinity
    default: throw fail("'\(key)' is no number")
    }
  }

  /// Numbers of qubits.
  func integers(_ key: String) throws(AnsatzError) -> [Int]? {
    guard let list = try array(key) else { return nil }
    let numbers = list.compactMap { if case .integer(let n) = $0, n >= 0 { n } else { nil } }
    guard numbers.count == list.count, !list.isEmpty else {
      throw fail("'\(key)' is no list of qubits, such as [0, 1]")
    }
    return numbers
  }
}

extension NoiseRule {
  fileprivate init(_ record: NoiseRecord) throws(AnsatzError) {
    let name = try record.text("channel")
    let selectors = ["channel", "gates", "gateQubits", "qubits"]
    let channel: ChannelDefinition
    if name == "KrausChannel" {
      channel = KrausChannel.definition(try record.operators())
      try record.checkKeys(selectors + ["operators"])
    } else {
      do {
        channel = try StandardChannels.named(name)
      } catch {
        throw record.fail(error.message)
      }
      try record.checkKeys(selectors + channel.parameters.map(\.name))
    }
    var parameters: [Double] = []
    for parameter in channel.parameters {
      guard let value = try record.number(parameter.name) ?? parameter.defaultValue else {
        throw record.fail("'\(parameter.name)' of \(name) is missing")
      }
      parameters.append(value)
    }
    if let problem = channel.problem(parameters) { throw record.fail(problem) }
    let gates = try record.gateNames()
    var gateQubits: Int?
    if let count = record.values["gateQubits"] {
      guard case .integer(let count) = count, count >= 1 else {
        throw record.fail("'gateQubits' is no number of qubits; use 1, 2 or more")
      }
      gateQubits = count
    }
    self.init(
      gates: gates, gateQubits: gateQubits, qubits: try record.integers("qubits"), channel,
      parameters)
    if let contradiction { throw record.fail(contradiction) }
  }
}

extension NoiseRecord {
  /// The names of gates, each known; `Controlled(NAME)` is a gate with further controls.
  fileprivate func gateNames() throws(AnsatzError) -> [String]? {
    guard let list = try array("gates") else { return nil }
    let known = (StandardGates.all + StandardGates.examples).map(\.name)
    var names: [String] = []
    for value in list {
      guard case .string(let name) = value else {
        throw fail("'gates' is no list of names, such as [\"RX\", \"CNOT\"]")
      }
      let inner =
        name.hasPrefix("Controlled(") && name.hasSuffix(")")
        ? String(name.dropFirst(11).dropLast()) : name
      guard known.contains(inner) else {
        throw fail("unknown gate '\(inner)' in 'gates'; \(didYouMean(inner, in: known))")
      }
      names.append(name)
    }
    return names
  }

  /// Matrices as rows of numbers or [real, imaginary] pairs.
  fileprivate func operators() throws(AnsatzError) -> [ComplexMatrix] {
    let wrong = fail(
      "'operators' is no list of matrices; write rows of numbers or [real, imaginary] pairs")
    guard let list = try array("operators") else { throw fail("'operators' is missing") }
    func number(_ value: JSONValue) -> Double? {
      switch value {
      case .integer(let value): Double(value)
      case .number(let value): value
      default: nil
      }
    }
    func complex(_ value: JSONValue) -> (Double, Double)? {
      if case .array(let pair) = value {
        guard pair.count == 2, let re = number(pair[0]), let im = number(pair[1]) else {
          return nil
        }
        return (re, im)
      }
      return number(value).map { ($0, 0) }
    }
    var result: [ComplexMatrix] = []
    for value in list {
      guard case .array(let rows) = value else { throw wrong }
      var elements: [[(Double, Double)]] = []
      for row in rows {
        guard case .array(let entries) = row else { throw wrong }
        let numbers = entries.compactMap(complex)
        guard numbers.count == entries.count, entries.count == rows.count else { throw wrong }
        elements.append(numbers)
      }
      result.append(ComplexMatrix(elements.map { $0.map { .init($0.0, $0.1) } }))
    }
    return result
  }
}

extension ReadoutRule {
  fileprivate init(_ record: NoiseRecord) throws(AnsatzError) {
    try record.checkKeys(["qubits", "zeroAsOne", "oneAsZero"])
    let error = ReadoutError(
      zeroAsOne: try record.number("zeroAsOne") ?? 0,
      oneAsZero: try record.number("oneAsZero") ?? 0)
    if let problem = error.problem { throw record.fail(problem) }
    self.init(qubits: try record.integers("qubits"), error)
  }
}
