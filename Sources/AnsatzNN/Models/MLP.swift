import AnsatzMath
import AnsatzSettings

/// A classical network of dense layers with an activation between them.
public struct MLP: Model {
  public static let name = "mlp"
  public static let summary = "a classical network of dense layers"

  public static var settings: [Setting<MLP>] {
    [
      Setting(
        "hidden", \MLP.hidden, each: 1...1_000_000, "the widths of the hidden layers, none for none"
      ),
      Setting(
        "activation", \MLP.activation, choices: ActivationRegistry.standard.names,
        "the function after each hidden layer"),
      Setting(
        "dropout", \MLP.dropout, .fraction, "the probability of dropout after each hidden layer"),
      Setting.loss(\MLP.loss),
    ]
  }

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
