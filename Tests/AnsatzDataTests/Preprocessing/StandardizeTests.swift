import AnsatzData
import AnsatzMath
import Testing

@Suite struct StandardizeTests {
  @Test("The training rows get mean 0 and population variance 1 in every column")
  func moments() throws {
    let features = try EmbeddedDatasets.named("breast-cancer").load().features
    var step = Standardize()
    try step.fit(features)
    let matrix = try step.transform(features).matrix()
    let squares = (matrix * matrix).sumOverRows()
    for (sum, square) in zip(matrix.sumOverRows().elements, squares.elements) {
      // 569 roundings of numbers of size 1.
      #expect(abs(sum / 569) < 1e-12)
      #expect(abs(square / 569 - 1) < 1e-12)
    }
  }

  @Test("Other rows are mapped by the training mean and deviation")
  func closedForm() throws {
    var step = Standardize()
    try step.fit(table([1, 3], [2, 10]))  // means 2 and 6, deviations 1 and 4
    #expect(try step.transform(table([5], [-2])).matrix() == Tensor(rows: [[3, -2]]))
  }

  @Test("A column of one value is centred to exactly 0, also where its mean would round")
  func constantColumn() throws {
    var step = Standardize()
    let constant = try table([Double](repeating: 0.1, count: 7))
    try step.fit(constant)
    #expect(try step.transform(constant).matrix().elements.allSatisfy { $0 == 0 })
    #expect(try step.transform(table([2.1])).matrix().elements == [2.1 - 0.1])
  }

  @Test("Values whose squares overflow are refused by column")
  func overflow() throws {
    var step = Standardize()
    let huge = try table([1e200, -1e200])
    #expect(
      message { try step.fit(huge) } == "table: column 'c0' has values too large to standardize")
  }
}
