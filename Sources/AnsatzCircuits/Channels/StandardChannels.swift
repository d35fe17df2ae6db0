import AnsatzMath
import AnsatzSettings
import Numerics

/// Every channel there is. A new channel is one file and one line here; noise models, the tests and
/// the reference page follow from the list.
public enum StandardChannels {
  /// The channels that a name and numbers say all of.
  public static let all: [ChannelDefinition] = [
    Depolarizing.definition,
    TwoQubitDepolarizing.definition,
    BitFlip.definition,
    PhaseFlip.definition,
    BitPhaseFlip.definition,
    PauliChannel.definition,
    AmplitudeDamping.definition,
    GeneralizedAmplitudeDamping.definition,
    PhaseDamping.definition,
    ThermalRelaxation.definition,
    ResetChannel.definition,
  ]

  /// Of each channel that is made from matrices, one.
  public static let examples: [ChannelDefinition] = [
    // A turn about Y by a right angle with probability 0.3.
    KrausChannel.definition([
      Complex(0.7.squareRoot()) * .identity(2),
      Complex(0.15.squareRoot()) * ComplexMatrix([[1, -1], [1, 1]]),
    ])
  ]

  /// The channel of a name.
  ///
  /// - Throws: `AnsatzError` with the near miss if there is no channel of that name.
  public static func named(_ name: String) throws(AnsatzError) -> ChannelDefinition {
    try Catalogue("channel", all) { $0.name }.named(name)
  }
}
