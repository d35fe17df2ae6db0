import AnsatzMath

/// A classical network of dense layers with an activation between them.
public struct MLP: Model {
  public static let name = "mlp"
  public static let summary = "a classical network of dense layers"

  /// The widths of the hidden layers.
  public var hidden: [Int]
  /// The activation after each hidden layer, by name.
  public var activation: String
  /// The probability of dropout after each hidden layer.
  public var dropout: Double
  /// The loss, by name.
  public var loss: String

  public init() { self.init(hidden: [16]) }

  /// A model with these hyperparameters.
  public init(
    hidden: [Int] = [16], activation: String = "relu", dropout: Double = 0,
    loss: String = "cross-entropy"
  ) {
    self.hidden = hidden
    self.activation = activation
    self.dropout = dropout
    self.loss = loss
  }

  public func network(features: Int, classes: Int) throws -> Sequential {
    let activation = try ActivationRegistry.standard.activation(activation)
    let outputs = try outputCount(classes: classes)
    return Sequential {
      for width in hidden {
        Dense(width)
        activation
        if dropout != 0 { Dropout(dropout) }
      }
      Dense(outputs)
    }
  }
}
