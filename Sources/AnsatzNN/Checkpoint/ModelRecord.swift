import AnsatzData
import AnsatzMath

/// What was trained on what: all that a prediction needs besides the weights.
public struct ModelRecord: Codable, Sendable {
  /// The model's name in the registry.
  public var model: String
  /// Its hyperparameters, by name.
  public var hyperparameters: JSONValue
  /// The number of features that the network takes.
  public var features: Int
  /// The names of the classes, in the order of their numbers.
  public var classNames: [String]
  /// The column the labels came from, if the data were a table.
  public var labelColumn: String?
  /// The feature columns, in order, before preprocessing.
  public var columns: [String]
  /// The fitted preprocessing, from those columns to the network's features.
  public var preprocessing: Preprocessing?
  /// The name or path of the data.
  public var data: String
  /// Whatever else the caller wants back, such as command line options.
  public var notes: [String: JSONValue]

  /// A record from its parts.
  public init(
    model: String, hyperparameters: JSONValue, features: Int, classNames: [String],
    labelColumn: String? = nil, columns: [String] = [], preprocessing: Preprocessing? = nil,
    data: String = "", notes: [String: JSONValue] = [:]
  ) {
    self.model = model
    self.hyperparameters = hyperparameters
    self.features = features
    self.classNames = classNames
    self.labelColumn = labelColumn
    self.columns = columns
    self.preprocessing = preprocessing
    self.data = data
    self.notes = notes
  }

  /// A record for a model.
  public init(
    _ model: some Model, features: Int, classNames: [String], labelColumn: String? = nil,
    columns: [String] = [], preprocessing: Preprocessing? = nil, data: String = "",
    notes: [String: JSONValue] = [:]
  ) throws {
    self.init(
      model: type(of: model).name, hyperparameters: try JSONValue(encoding: model),
      features: features, classNames: classNames, labelColumn: labelColumn, columns: columns,
      preprocessing: preprocessing, data: data, notes: notes)
  }
}
