import Ansatz

/// Every circuit of the gallery. A new one is one file and one line here.
public enum Gallery {
  public static func all() throws -> [Circuit] {
    [
      // States
      try bellPair(),
      try ghz(),
      try wState(),
      // Communication
      try teleportation(),
      try superdenseCoding(),
      try entanglementSwapping(),
      // Algorithms
      try deutschJozsa(),
      try bernsteinVazirani(),
      try simon(),
      try grover(),
      try fourierTransform(),
      try phaseEstimation(),
      try iterativePhaseEstimation(),
      try swapTest(),
      try bitFlipCode(),
      try repeatUntilSuccess(),
      try rippleCarryAdder(),
      try quantumWalk(),
      // Physics and optimisation
      try maxCut(),
      try hydrogenMolecule(),
      try transverseIsing(),
      try heisenbergEvolution(),
      // Classifiers
      try reuploadingClassifier(),
      try iqpClassifier(),
      try zzClassifier(),
      try convolutionalClassifier(),
    ]
  }
}
