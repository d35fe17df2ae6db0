import Ansatz

/// The snippets of docs/fourier.md.
func fourierExamples() throws -> (
  analysis: FourierAnalysis, spread: CoefficientDistribution, variance: GradientVariance,
  expressibility: Expressibility, entangling: EntanglingCapability, landscape: LossLandscape
) {
  let x = Inputs("x")
  let θ = Weights("θ", 4)
  let circuit = try Circuit(qubits: 1) {
    for layer in 0..<3 {
      RY(θ[layer], on: 0)
      RZ(x[0], on: 0)
    }
    RY(θ[3], on: 0)
  }
  let accessible = try EncodingFrequencies(circuit)
  print(accessible.frequencies.map { ($0.vector, $0.degeneracy) })

  let analysis = try FourierAnalysis(of: Z(0), in: circuit, weights: [0.3, 1.1, 0.8, 2.0])
  for term in analysis.series.terms { print(term.frequency, term.coefficient) }
  print(try analysis.reconstructionError())

  let spread = try CoefficientDistribution(of: Z(0), in: circuit, draws: 200, seed: 1)
  for entry in spread.entries { print(entry.frequency.vector, entry.variance, entry.quantiles) }

  let variance = try GradientVariance(of: Z(0), in: circuit, inputs: [0.5], draws: 100)
  let expressibility = try Expressibility(of: circuit, inputs: [0.5], pairs: 500)
  let entangling = try EntanglingCapability(of: circuit, inputs: [0.5], draws: 100)
  let landscape = try LossLandscape(
    of: Z(0), in: circuit, inputs: [0.5], around: [0.3, 1.1, 0.8, 2.0],
    along: LossLandscape.directions(4, seed: 1), places: 11)
  return (analysis, spread, variance, expressibility, entangling, landscape)
}
