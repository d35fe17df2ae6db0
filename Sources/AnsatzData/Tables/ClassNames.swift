/// What makes two labels the same class: the number they write, or the text.
///
/// `1`, `1.0` and `01` are one class. Whole numbers too long for a `Double` count as text.
enum ClassKey: Hashable, Comparable {
  case number(Double)
  case text(String)

  /// - Parameter mark: What stands before fractions in the label.
  init(_ label: String, _ mark: DecimalMark = .point) {
    let bytes = Array(label.utf8) + [0]
    let number = bytes.withUnsafeBufferPointer {
      CSVNumber(UnsafeBufferPointer(rebasing: $0.dropLast()), mark)?.value
    }
    // From 2⁵³ on neighbouring whole numbers are one Double.
    if let number, number.magnitude < 0x1p53 {
      self = .number(number)
    } else {
      self = .text(label)
    }
  }

  var number: Double? { if case .number(let number) = self { number } else { nil } }

  static func < (a: ClassKey, b: ClassKey) -> Bool {
    switch (a, b) {
    case (.number(let a), .number(let b)): a < b
    case (.text(let a), .text(let b)): a < b
    case (.number, .text): true
    case (.text, .number): false
    }
  }
}

/// The classes of a column of labels, and what they are called.
struct ClassNames {
  /// Ascending: by number if every class is one, by name otherwise.
  let names: [String]
  /// In the order of the names.
  let keys: [ClassKey]
  private let index: [ClassKey: Int]

  /// The classes among labels; each is called by the shortest of its spellings.
  ///
  /// - Parameter mark: What stands before fractions in the labels; names have points.
  init(_ labels: some Sequence<String>, _ mark: DecimalMark) {
    var spellings: [ClassKey: String] = [:]
    for label in Set(labels) {
      let key = ClassKey(label, mark)
      let spelling = key.number == nil ? label : pointSpelling(label, mark)
      let best = spellings[key] ?? spelling
      spellings[key] =
        (spelling.count, spelling) < (best.count, best) ? spelling : best
    }
    let isNumeric = spellings.keys.allSatisfy { $0.number != nil }
    let sorted = spellings.sorted { isNumeric ? $0.key < $1.key : $0.value < $1.value }
    names = sorted.map(\.value)
    keys = sorted.map(\.key)
    index = Dictionary(uniqueKeysWithValues: zip(keys, keys.indices))
  }

  /// The index of a label's class, if it is one of these.
  func index(of label: String, _ mark: DecimalMark) -> Int? { index[ClassKey(label, mark)] }
}

/// A number's spelling with a decimal point and nothing between thousands.
private func pointSpelling(_ number: String, _ mark: DecimalMark) -> String {
  let bytes = Array(number.utf8) + [0]
  let digits = bytes.withUnsafeBufferPointer {
    ungroupedText(UnsafeBufferPointer(rebasing: $0.dropLast()), mark)
  }
  if let digits { return String(decoding: digits.dropLast(), as: UTF8.self) }
  return mark == .point ? number : number.replacing(mark.rawValue, with: ".")
}
