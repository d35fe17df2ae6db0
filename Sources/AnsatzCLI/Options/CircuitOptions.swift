import Ansatz
import ArgumentParser

/// The size of a template's example.
struct TemplateSize: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The qubits of a template; 4 if not given.", valueName: "N"))
  var qubits: Int?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The layers of a template; 2 if not given.", valueName: "N"))
  var layers: Int?

  /// Whether nothing was said of it.
  var isDefault: Bool { qubits == nil && layers == nil }

  func validate() throws {
    if let layers, !(1...1000).contains(layers) {
      throw ValidationError("--layers must be 1...1000, not \(layers)")
    }
    if let qubits, !(1...Circuit.maximumQubitCount).contains(qubits) {
      throw ValidationError(
        "--qubits must be 1...\(Circuit.maximumQubitCount), not \(qubits)")
    }
  }
}

/// How a circuit that is named is to be understood.
struct CircuitReading: ParsableArguments {
  @Option(
    name: .customLong("weights"), parsing: .singleValue,
    help: ArgumentHelp(
      "Take an input of an OpenQASM file as a weight; may be repeated.", valueName: "NAME"))
  var trained: [String] = []
  @OptionGroup var size: TemplateSize
}

/// A circuit by its name or from a file.
struct CircuitOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "An OpenQASM file, a circuit or a template (see `ansatz draw`).", valueName: "CIRCUIT"))
  var circuit: String
  @OptionGroup var reading: CircuitReading

  func load() throws -> Circuit {
    try Registry.circuit(named: circuit, weights: reading.trained, size: reading.size)
  }
}

/// Values for the inputs and weights of a circuit.
struct CircuitValues: ParsableArguments {
  @Option(
    name: .customLong("input"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set an input, as in x[1]=0.5, or all of x, as in x=0.1,0.2; may be repeated.",
      valueName: "NAME=VALUE"))
  var inputs: [String] = []

  @Option(
    name: .customLong("weight"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set a weight, as --input sets an input; may be repeated.", valueName: "NAME=VALUE"))
  var weights: [String] = []

  @Flag(
    help: "Draw the weights that are not set from 0 to 2π, by --seed.")
  var randomWeights = false

  func inputs(of circuit: Circuit) throws -> [Double] {
    var values = BundleValues(circuit.inputs, option: "--input")
    for text in inputs { try values.set(text) }
    return try values.complete(orElse: nil)
  }

  func weights(of circuit: Circuit, seed: UInt64) throws -> [Double] {
    var values = BundleValues(circuit.weights, option: "--weight")
    for text in weights { try values.set(text) }
    guard randomWeights else { return try values.complete(orElse: "or --random-weights") }
    var random = RandomStream(seed: seed, stream: "weights")
    return values.complete(using: &random, for: circuit)
  }
}

/// The numbers of some bundles while they are collected.
struct BundleValues {
  private let bundles: [Bundle]
  private let option: String
  private var values: [Double?]

  init(_ bundles: [Bundle], option: String) {
    self.bundles = bundles
    self.option = option
    values = [Double?](repeating: nil, count: bundles.reduce(0) { $0 + $1.count })
  }

  /// Takes `name=value`, `name[index]=value` or `name=value,value,…`.
  mutating func set(_ text: String) throws {
    func mistake(_ message: String) -> AnsatzError {
      AnsatzError(.usage, "\(option) \(text): \(message)")
    }
    guard let sign = text.firstIndex(of: "=") else {
      throw mistake("write it as NAME=VALUE")
    }
    let name = text[..<sign].filter { $0 != " " }
    let numbers = try text[text.index(after: sign)...].split(separator: ",").map { part in
      let word = part.filter { $0 != " " }
      guard let value = Double(word), value.isFinite else {
        throw mistake("'\(word)' is not a finite number")
      }
      return value
    }
    var start = 0
    for bundle in bundles {
      if name == bundle.name {
        guard numbers.count == bundle.count else {
          throw mistake("\(bundle) takes \(bundle.count) values, not \(numbers.count)")
        }
        for (place, number) in numbers.enumerated() { values[start + place] = number }
        return
      }
      if name.hasPrefix(bundle.name + "[") {
        guard let index = Self.index(name, of: bundle) else {
          throw mistake("\(name) is not in \(bundle)")
        }
        guard numbers.count == 1 else { throw mistake("give one value") }
        values[start + index] = numbers[0]
        return
      }
      start += bundle.count
    }
    let names = bundles.map(\.name)
    throw mistake(
      names.isEmpty
        ? "the circuit takes none"
        : "the circuit has no such name; \(didYouMean(name, in: names))")
  }

  /// The row-major index of a name with subscripts; nil if it is out of range or no such name.
  private static func index(_ name: String, of bundle: Bundle) -> Int? {
    guard name.hasSuffix("]") else { return nil }
    let subscripts = name.dropFirst(bundle.name.count + 1).dropLast().split(separator: ",").map {
      Int($0.filter { $0 != " " })
    }
    guard subscripts.count == bundle.shape.count else { return nil }
    var index = 0
    for (position, extent) in zip(subscripts, bundle.shape) {
      guard let position, (0..<extent).contains(position) else { return nil }
      index = index * extent + position
    }
    return index
  }

  /// All numbers, if there are.
  func complete(orElse mend: String?) throws -> [Double] {
    var start = 0
    for bundle in bundles {
      let own = values[start..<start + bundle.count]
      if own.contains(nil) {
        let example = bundle.count == 1 ? "VALUE" : "VALUE,… (\(bundle.count) values)"
        throw AnsatzError(
          .usage,
          "the circuit needs values for \(bundle); set them with \(option) \(bundle.name)=\(example)"
            + (mend.map { ", \($0)" } ?? ""))
      }
      start += bundle.count
    }
    return values.compactMap { $0 }
  }

  /// The numbers that were set, by their positions.
  var given: [Int: Double] {
    var given: [Int: Double] = [:]
    for (place, value) in values.enumerated() { given[place] = value }
    return given
  }

  /// All numbers, those that were not set drawn from a full turn, or from where the circuit's functions
  /// have values.
  func complete(using random: inout RandomStream, for circuit: Circuit) -> [Double] {
    let ranges = circuit.drawingRanges
    return zip(values, bundles.flatMap(\.symbols)).map { value, symbol in
      value ?? random.uniform(in: ranges[symbol] ?? 0..<2 * .pi)
    }
  }
}
