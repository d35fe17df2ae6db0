import AnsatzMath

/// Every gate there is. A new gate is one file and one line here; the tests, the diagrams and the
/// reference page follow from the list.
public enum StandardGates {
  /// The gates that a name says all of.
  public static let all: [GateDefinition] = [
    I.definition,
    H.definition,
    X.definition,
    Y.definition,
    Z.definition,
    S.definition,
    Sdg.definition,
    T.definition,
    Tdg.definition,
    SX.definition,
    SXdg.definition,
    RX.definition,
    RY.definition,
    RZ.definition,
    Phase.definition,
    U2.definition,
    Rot.definition,
    U.definition,
    GlobalPhase.definition,
    CNOT.definition,
    CY.definition,
    CZ.definition,
    CH.definition,
    CS.definition,
    CSdg.definition,
    CSX.definition,
    CSXdg.definition,
    SWAP.definition,
    ISWAP.definition,
    ISWAPdg.definition,
    SqrtISWAP.definition,
    SqrtISWAPdg.definition,
    ECR.definition,
    CRX.definition,
    CRY.definition,
    CRZ.definition,
    CPhase.definition,
    CRot.definition,
    CU.definition,
    RXX.definition,
    RYY.definition,
    RZZ.definition,
    RZX.definition,
    MultiRZ.definition,
    IsingXY.definition,
    FSim.definition,
    SingleExcitation.definition,
    DoubleExcitation.definition,
    Toffoli.definition,
    CCZ.definition,
    CSWAP.definition,
    QFT.definition,
    InverseQFT.definition,
  ]

  /// Of each gate that is made from more than a name and angles, one.
  public static let examples: [GateDefinition] = [
    PauliRotation.definition([.y, .z, .x]),
    UnitaryGate.definition(CSX.definition.controlledMatrix(angles: [], targets: 1)),
    DiagonalGate.definition([0.3, -1.1, 0, 2.5]),
  ]
}
