/// Where everything stands in a drawing of a circuit, whatever draws it.
///
/// Rows are the qubits, then the classical registers; columns are packed from the left.
struct DiagramLayout {
  let qubitCount: Int
  let registers: [Bits]
  private(set) var columns: [[Item]] = []

  /// One operation in its column.
  struct Item {
    /// What stands on each qubit.
    var marks: [(qubit: Int, mark: Mark)]
    /// What a pointer or a reader is told.
    var title: String
    let kind: Kind
    /// The registers it writes or asks, by their rows.
    var links: [Link] = []

    /// The rows of its qubits.
    var span: ClosedRange<Int> {
      let rows = marks.map(\.qubit)
      return (rows.min() ?? 0)...(rows.max() ?? 0)
    }

    /// All its rows, registers included.
    var rows: ClosedRange<Int> {
      span.lowerBound...max(span.upperBound, links.map(\.row).max() ?? 0)
    }
  }

  enum Mark {
    /// ●
    case control
    /// ○
    case openControl
    /// ⊕
    case flip
    /// ×
    case cross
    /// Text in a box.
    case box(String)
    /// Text on the line.
    case label(String)
    /// A measurement.
    case meter
  }

  struct Link {
    /// Below the qubits.
    let row: Int
    /// Empty where only the line is joined.
    var text: String
    /// Whether the register is written, not asked.
    let isWritten: Bool
  }

  /// What colours go by.
  enum Kind: String {
    case fixed
    case rotation
    case data
    case channel
    case classical
  }

  init(_ circuit: Circuit) {
    qubitCount = circuit.qubitCount
    registers = circuit.registers
    var free = [Int](repeating: 0, count: qubitCount + registers.count)
    place(circuit.operations, when: nil, &free)
  }

  /// Packs operations into the earliest column whose rows they do not cross.
  private mutating func place(
    _ operations: [CircuitOperation], when condition: Condition?, _ free: inout [Int]
  ) {
    for operation in operations {
      if case .conditional(let inner) = operation {
        place(inner, when: condition, &free)
      } else {
        var item = Item(operation, measuringInto: row)
        if let condition { ask(condition, &item) }
        place(item, &free)
      }
    }
  }

  /// Every operation of a body tells its condition, unless the answer would differ there: then the
  /// question is asked once, and marks bound the bodies.
  private mutating func place(
    _ conditional: Conditional, when outer: Condition?, _ free: inout [Int]
  ) {
    let condition = outer.map { .and($0, conditional.condition) } ?? conditional.condition
    let otherwise = conditional.condition.negated
    let written = Set(CircuitOperation.conditional(conditional).bitsWritten)
    if !condition.bits.isEmpty, written.isDisjoint(with: conditional.condition.bits) {
      place(conditional.operations, when: condition, &free)
      place(conditional.otherwise, when: outer.map { .and($0, otherwise) } ?? otherwise, &free)
      return
    }
    let bodies = conditional.operations + conditional.otherwise
    guard !bodies.isEmpty else { return }
    // Global phases stand on the first line.
    let qubits = Set(bodies.flatMap { $0.qubits.isEmpty ? [0] : $0.qubits }).sorted()
    let isAsked = !condition.bits.isEmpty
    var start = Item(bound: isAsked ? "if" : "if \(condition)", on: qubits)
    if isAsked { ask(condition, &start) }
    place(start, &free)
    place(conditional.operations, when: nil, &free)
    if !conditional.otherwise.isEmpty {
      var middle = Item(bound: "else", on: qubits)
      if let outer { ask(outer, &middle) }
      place(middle, &free)
      place(conditional.otherwise, when: nil, &free)
    }
    place(Item(bound: "end", on: qubits), &free)
  }

  private mutating func place(_ item: Item, _ free: inout [Int]) {
    let column = free[item.rows].max() ?? 0
    if column == columns.count { columns.append([]) }
    columns[column].append(item)
    for row in item.rows { free[row] = column + 1 }
  }

  /// Links an item to the registers of its condition, and names it at the last.
  private func ask(_ condition: Condition, _ item: inout Item) {
    item.title += " if \(condition)"
    let rows = Set(condition.bits.map { row(of: $0.register) }).sorted()
    for row in rows {
      let text = row == rows.last ? condition.description : ""
      if let index = item.links.firstIndex(where: { $0.row == row }) {
        if !text.isEmpty { item.links[index].text += " if \(text)" }
      } else {
        item.links.append(Link(row: row, text: text, isWritten: false))
      }
    }
  }

  private func row(of register: Bits) -> Int {
    qubitCount + (registers.firstIndex(of: register) ?? 0)
  }

  /// What stands before a row.
  func name(ofRow row: Int) -> String {
    row < qubitCount ? "\(row)" : "\(registers[row - qubitCount])"
  }

  var rowCount: Int { qubitCount + registers.count }
}

extension DiagramLayout.Mark {
  /// As a word on a line of text.
  var text: String {
    switch self {
    case .control: "●"
    case .openControl: "○"
    case .flip: "⊕"
    case .cross: "×"
    case .box(let text), .label(let text): text
    case .meter: "M"
    }
  }
}

extension Condition {
  /// The opposite question, as briefly as it can be put.
  fileprivate var negated: Condition {
    switch self {
    case .constant(let answer): .constant(!answer)
    case .not(let a): a
    case .comparison(let bits, let relation, let number):
      .comparison(bits, relation.opposite, number)
    case .bit, .and, .or, .xor: .not(self)
    }
  }
}

extension Condition.Relation {
  fileprivate var opposite: Condition.Relation {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }
}
