/// Which of a list's qubits stand together in a layer of gates on several of them.
///
/// Places count along the list of qubits, from 0. A block of one qubit stands on every qubit,
/// whatever the case.
public enum Entanglement: Hashable, Sendable {
  /// Every choice of qubits, in the order of the list: (0, 1), (0, 2), (1, 2).
  case full
  /// Neighbours: (0, 1), (1, 2).
  case linear
  /// Neighbours from the end: (1, 2), (0, 1).
  case reverseLinear
  /// Neighbours on a ring, those across its end first: (2, 0), (0, 1), (1, 2). If a block has all
  /// qubits, it stands once.
  case circular
  /// Neighbours from even places, then from odd ones, for blocks of two: (0, 1), (2, 3), (1, 2).
  case pairwise
  /// The places themselves. With blocks of several sizes each list serves the blocks of its size.
  case custom([[Int]])

  /// The places of each block of `size` among `count` qubits; within range unless custom.
  func blocks(of size: Int, among count: Int) -> [[Int]] {
    guard size > 0, size <= count else { return [] }
    if size == 1 { return (0..<count).map { [$0] } }
    let neighbours = (0...count - size).map { Array($0..<$0 + size) }
    switch self {
    case .full: return Self.choices(of: size, among: 0..<count)
    case .linear: return neighbours
    case .reverseLinear: return neighbours.reversed()
    case .circular:
      let across = (count - size + 1..<count).map { start in
        (start..<start + size).map { $0 % count }
      }
      return (count > size ? across : []) + neighbours
    case .pairwise:
      return neighbours.filter { $0[0] % 2 == 0 } + neighbours.filter { $0[0] % 2 == 1 }
    case .custom(let lists): return lists.filter { $0.count == size }
    }
  }

  /// What is wrong with the lists for blocks of these sizes, if anything.
  func problem(sizes: [Int], among count: Int) -> String? {
    guard case .custom(let lists) = self else { return nil }
    for list in lists {
      if let place = list.first(where: { !(0..<count).contains($0) }) {
        return "place \(place) of the entanglement \(list) is out of range; use 0...\(count - 1)"
      }
      if Set(list).count != list.count { return "places of the entanglement \(list) repeat" }
      if !sizes.contains(list.count) {
        let allowed = sizes.map(String.init).joined(separator: " or ")
        return "the entanglement \(list) has \(list.count) places; this template's blocks have "
          + allowed
      }
    }
    return nil
  }

  private static func choices(of size: Int, among places: Range<Int>) -> [[Int]] {
    guard size > 0 else { return [[]] }
    return places.flatMap { first in
      choices(of: size - 1, among: first + 1..<places.upperBound).map { [first] + $0 }
    }
  }
}
