import Ansatz
import Foundation

/// Writes a result as JSON for machines, or as text for people.
///
/// - Parameter infinite: Keys under which an infinite number has a meaning.
/// - Throws: `AnsatzError` for a result with another number that is not finite.
func report(
  _ value: some Encodable, asJSON: Bool, allowingInfinite infinite: Set<String> = [],
  text: () throws -> String
) throws {
  try FiniteCheck.check(value, allowingInfinite: infinite)
  guard asJSON else { return try StandardStreams.report(text()) }
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
  try StandardStreams.report(String(decoding: encoder.encode(value), as: UTF8.self))
}

/// A number with a fixed count of decimals.
func decimal(_ value: Double, _ places: Int) -> String { String(format: "%.\(places)f", value) }

/// `1 row`, `2 rows`.
func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}
