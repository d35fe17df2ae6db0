import Ansatz

/// Refuses a result that holds a number that is not finite, before any of it is printed.
///
/// The causes are refused where they arise, with the option or the input to change; this is the edge
/// that all results pass, so that none slips through with exit code 0.
enum FiniteCheck {
  /// - Parameter infinite: Keys under which an infinite number has a meaning.
  /// - Throws: `AnsatzError` naming the number's place in the result.
  static func check(_ value: some Encodable, allowingInfinite infinite: Set<String> = []) throws {
    do {
      try value.encode(to: Walker(path: [], infinite: infinite))
    } catch let found as NotFinite {
      throw AnsatzError(
        .badData,
        "the result '\(found.path.joined(separator: "."))' is \(found.value), not a finite number; "
          + "the values given are too large or too small for it")
    }
  }

  private struct NotFinite: Error {
    let path: [String]
    let value: Double
  }

  /// Walks through what a value encodes and looks at its numbers.
  private struct Walker: Encoder {
    let path: [String]
    let infinite: Set<String>
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func inside(_ name: String) -> Walker { Walker(path: path + [name], infinite: infinite) }

    func look(_ value: Double) throws {
      guard !value.isFinite else { return }
      if value.isInfinite, path.contains(where: infinite.contains) { return }
      throw NotFinite(path: path, value: value)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
      KeyedEncodingContainer(Keyed<Key>(walker: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { Unkeyed(walker: self) }
    func singleValueContainer() -> any SingleValueEncodingContainer { Single(walker: self) }
  }

  private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let walker: Walker
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) {}

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
      let place = walker.inside(key.stringValue)
      switch value {
      case let number as Double: try place.look(number)
      case let number as Float: try place.look(Double(number))
      default: try value.encode(to: place)
      }
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      walker.inside(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      walker.inside(key.stringValue).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { walker }
    func superEncoder(forKey key: Key) -> any Encoder { walker.inside(key.stringValue) }
  }

  private struct Unkeyed: UnkeyedEncodingContainer {
    let walker: Walker
    var count = 0
    var codingPath: [any CodingKey] { [] }

    init(walker: Walker) { self.walker = walker }

    private mutating func next() -> Walker {
      defer { count += 1 }
      return walker.inside("\(count)")
    }

    mutating func encodeNil() { count += 1 }

    mutating func encode<T: Encodable>(_ value: T) throws {
      switch value {
      case let number as Double where number.isFinite: count += 1
      case let number as Double: try next().look(number)
      case let number as Float: try next().look(Double(number))
      default: try value.encode(to: next())
      }
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> { next().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      next().unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { next() }
  }

  private struct Single: SingleValueEncodingContainer {
    let walker: Walker
    var codingPath: [any CodingKey] { [] }

    func encodeNil() {}

    func encode<T: Encodable>(_ value: T) throws {
      switch value {
      case let number as Double: try walker.look(number)
      case let number as Float: try walker.look(Double(number))
      // What is encoded here as it is has nothing inside.
      case is String, is Bool, is any FixedWidthInteger: break
      default: try value.encode(to: walker)
      }
    }
  }
}
