import AnsatzData
import AnsatzMath
import Foundation
import Testing

@Suite struct EmbeddedDatasetTests {
  @Test("Every embedded data set has the size its record states", arguments: EmbeddedDatasets.all)
  func sizes(embedded: EmbeddedDataset) throws {
    let data = try embedded.load()
    #expect(data.name == embedded.name)
    #expect(data.rowCount == embedded.rowCount)
    #expect(data.features.columns.count == embedded.featureCount)
    #expect(data.classCount == embedded.classCount)
    #expect(data.features.columns.allSatisfy { $0.kind == .numeric && $0.missingCount == 0 })
    #expect(!embedded.origin.isEmpty && !embedded.licence.isEmpty)
  }

  @Test("Every embedded data set has its licence beside it", arguments: EmbeddedDatasets.all)
  func licences(embedded: EmbeddedDataset) throws {
    let files = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Sources/CAnsatzDatasets/Files").standardizedFileURL
    let file = files.appending(path: "\(embedded.name).csv")
    #expect(try Data(contentsOf: file) == Data(embedded.csv))
    let licence = try String(
      contentsOf: files.appending(path: "\(embedded.name).LICENSE.md"), encoding: .utf8)
    #expect(licence.contains(embedded.licence))
  }

  @Test("Class sizes are the published ones")
  func classSizes() throws {
    func sizes(_ name: String) throws -> [Int] {
      try EmbeddedDatasets.named(name).load().classSizes
    }
    #expect(try sizes("iris") == [50, 50, 50])
    #expect(try sizes("wine") == [59, 71, 48])
    #expect(try sizes("breast-cancer") == [357, 212])
    #expect(try sizes("digits") == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
  }

  @Test("Feature means of iris are Fisher's")
  func irisMeans() throws {
    let sums = try EmbeddedDatasets.named("iris").load().features.matrix().sumOverRows()
    // Published to this many digits: 5.843, 3.057, 3.758, 1.199.
    for (sum, mean) in zip(sums.elements, [5.843, 3.057, 3.758, 1.199]) {
      #expect(abs(sum / 150 - mean) < 6e-4)
    }
  }

  @Test("An unknown name gets the near miss")
  func unknownName() {
    #expect(
      message { try EmbeddedDatasets.named("breast_cancer") }
        == "unknown data set 'breast_cancer'; did you mean 'breast-cancer'?")
    #expect(
      message { try EmbeddedDatasets.named("mnist") }
        == "unknown data set 'mnist'; choose one of: iris, wine, breast-cancer, digits")
  }
}
