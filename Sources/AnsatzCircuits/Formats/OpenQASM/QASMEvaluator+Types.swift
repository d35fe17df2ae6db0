import Numerics

// Casts to the types of version 3.
extension QASMEvaluator {
  /// The value as one of a type.
  ///
  /// A whole number that does not fit its size is an error; an angle of n bits is the nearest
  /// multiple of 2π/2ⁿ in [0, 2π).
  ///
  /// - Parameter size: In bits, if the type has one.
  func cast(
    _ value: QASMValue, to type: String, size: Int?, at offset: Int
  ) throws -> QASMValue {
    let limits = type == "float" ? [16, 32, 64] : Array(1...64)
    if let size, !limits.contains(size), type != "bit" || size < 1 {
      throw source.error(
        "\(type)[\(size)] is not supported; a \(type) has "
          + (type == "float" ? "16, 32 or 64 bits" : "1...64 bits"), at: offset)
    }
    if value.isMeasured { return try measuredCast(value, to: type, at: offset) }
    switch type {
    case "float", "angle":
      guard let number = value.real else { return value }
      return .real(type == "float" ? rounded(number, size) : turned(number, size))
    case "bool": return .boolean(try known(value.real, type, at: offset) != 0)
    default: return .integer(try fitting(value, type, size, at: offset))
    }
  }

  private func fitting(
    _ value: QASMValue, _ type: String, _ size: Int?, at offset: Int
  ) throws -> Int {
    var number: Int
    if case .integer(let exact) = value {
      number = exact
    } else {
      number = try whole(value.real, type, at: offset)
    }
    if type == "int" {
      guard let size, size < 64, !(-(1 << (size - 1))..<1 << (size - 1)).contains(number) else {
        return number
      }
    } else {
      if number < 0 {
        throw source.error("\(number) is negative; '\(type)' is not", at: offset)
      }
      let bits = size ?? (type == "bit" ? 1 : 64)
      guard bits < 63, number >= 1 << bits else { return number }
    }
    throw source.error(
      "\(number) does not fit \(type)" + (size.map { "[\($0)]" } ?? ""), at: offset)
  }

  private func rounded(_ number: Double, _ size: Int?) -> Double {
    // A number too large for the type stays what it is: the language has no infinity.
    func kept(_ other: Double) -> Double { other.isFinite ? other : number }
    switch size {
    case 16: return kept(Double(Float16(number)))
    case 32: return kept(Double(Float(number)))
    default: return number
    }
  }

  private func turned(_ number: Double, _ size: Int?) -> Double {
    guard let size else { return number }
    let steps = Double.exp2(Double(size))
    let turns = number / (2 * .pi)
    let place = ((turns - turns.rounded(.down)) * steps).rounded()
    return place == steps ? 0 : place / steps * (2 * .pi)
  }
}
