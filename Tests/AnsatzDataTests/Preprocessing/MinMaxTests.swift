import AnsatzData
import AnsatzMath
import Testing

@Suite struct MinMaxTests {
  @Test(
    "The training range maps to the given one, other rows in proportion, constants to its start")
  func closedForm() throws {
    var step = try MinMax(lower: -1, upper: 3)
    try step.fit(table([10, 20, 12], [5, 5, 5]))
    let matrix = try step.transform(table([10, 20, 15, 25], [5, 5, 5, 5])).matrix()
    #expect(matrix == Tensor(rows: [[-1, -1], [3, -1], [1, -1], [5, -1]]))
  }

  @Test("Ranges are written as numbers or fractions of pi")
  func arguments() throws {
    func range(_ argument: String?) throws -> [Double] {
      let step = try MinMax(argument: argument)
      return [step.lower, step.upper]
    }
    #expect(try range(nil) == [0, 1])
    #expect(try range("-1..1") == [-1, 1])
    #expect(try range("0..pi") == [0, .pi])
    #expect(try range("-pi/2..pi/2") == [-.pi / 2, .pi / 2])
  }

  @Test(
    "Ranges that are none are refused", arguments: ["1", "0..x", "0..inf", "a..1", "0..pi/0", ".."])
  func badArguments(argument: String) {
    #expect(
      message { try MinMax(argument: argument) }
        == "preprocessing step 'min-max' does not take '\(argument)'; write min-max or "
        + "min-max:LOWER..UPPER, as in min-max:-pi..pi")
    #expect(
      message { try MinMax(argument: "1..1") }
        == "'min-max' needs a lower bound below the upper one, not 1.0..1.0")
  }
}
