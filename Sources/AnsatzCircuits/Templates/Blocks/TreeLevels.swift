/// The levels of a tree over some places: the pairs it joins, and the neighbours between pairs.
func treeLevels(_ count: Int) -> [(joined: [(Int, Int)], between: [(Int, Int)])] {
  var places = Array(0..<count)
  var levels: [(joined: [(Int, Int)], between: [(Int, Int)])] = []
  while places.count > 1 {
    let pairs = zip(places, places.dropFirst()).enumerated()
    levels.append(
      (
        pairs.filter { $0.offset % 2 == 0 }.map(\.element),
        pairs.filter { $0.offset % 2 == 1 }.map(\.element)
      ))
    places = places.indices.filter { $0 % 2 == 1 || $0 == places.count - 1 }.map { places[$0] }
  }
  return levels
}
