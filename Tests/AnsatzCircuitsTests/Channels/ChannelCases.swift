import AnsatzCircuits

/// A channel with parameters to try, and what it makes of a Bloch vector where it acts on one qubit.
struct ChannelCase: Sendable, CustomStringConvertible {
  let definition: ChannelDefinition
  let parameters: [Double]
  let bloch: (@Sendable ([Double], [Double]) -> [Double])?

  init(
    _ definition: ChannelDefinition, _ parameters: [Double],
    bloch: (@Sendable (_ parameters: [Double], _ vector: [Double]) -> [Double])? = nil
  ) {
    self.definition = definition
    self.parameters = parameters
    self.bloch = bloch
  }

  var description: String { "\(definition.name) \(parameters)" }

  /// Of every channel some parameters, bounds among them.
  static let all: [ChannelCase] =
    [0, 0.2, 0.75, 1].flatMap { p in
      [
        ChannelCase(Depolarizing.definition, [p]) { p, r in r.map { (1 - 4 * p[0] / 3) * $0 } },
        ChannelCase(TwoQubitDepolarizing.definition, [p]),
        ChannelCase(BitFlip.definition, [p]) { p, r in
          [r[0], (1 - 2 * p[0]) * r[1], (1 - 2 * p[0]) * r[2]]
        },
        ChannelCase(PhaseFlip.definition, [p]) { p, r in
          [(1 - 2 * p[0]) * r[0], (1 - 2 * p[0]) * r[1], r[2]]
        },
        ChannelCase(BitPhaseFlip.definition, [p]) { p, r in
          [(1 - 2 * p[0]) * r[0], r[1], (1 - 2 * p[0]) * r[2]]
        },
        ChannelCase(AmplitudeDamping.definition, [p]) { p, r in
          let keep = (1 - p[0]).squareRoot()
          return [keep * r[0], keep * r[1], p[0] + (1 - p[0]) * r[2]]
        },
        ChannelCase(GeneralizedAmplitudeDamping.definition, [p, 0.3]) { p, r in
          let keep = (1 - p[0]).squareRoot()
          return [keep * r[0], keep * r[1], p[0] * (1 - 2 * p[1]) + (1 - p[0]) * r[2]]
        },
        ChannelCase(PhaseDamping.definition, [p]) { p, r in
          let keep = (1 - p[0]).squareRoot()
          return [keep * r[0], keep * r[1], r[2]]
        },
      ]
    }
    + [[0, 0, 0], [0.1, 0.25, 0.3], [0.5, 0.5, 0], [1, 0, 0]].map {
      ChannelCase(PauliChannel.definition, $0) { p, r in
        [
          (1 - 2 * (p[1] + p[2])) * r[0], (1 - 2 * (p[0] + p[2])) * r[1],
          (1 - 2 * (p[0] + p[1])) * r[2],
        ]
      }
    }
    + [
      [50, 40, 0, 0.2], [50, 40, 13, 0.2], [50, 100, 13, 0], [50, 80, 200, 1],
      [.infinity, 30, 7, 0], [.infinity, .infinity, 7, 0],
    ].map {
      ChannelCase(ThermalRelaxation.definition, $0) { p, r in
        let (a, b) = (exponential(-p[2] / p[0]), exponential(-p[2] / p[1]))
        return [b * r[0], b * r[1], (1 - a) * (1 - 2 * p[3]) + a * r[2]]
      }
    }
    + [[0, 0], [0.2, 0.1], [1, 0], [0.4, 0.6]].map {
      ChannelCase(ResetChannel.definition, $0) { p, r in
        let keep = 1 - p[0] - p[1]
        return [keep * r[0], keep * r[1], keep * r[2] + p[0] - p[1]]
      }
    }
    + StandardChannels.examples.map { ChannelCase($0, []) }
}
