@_exported import AnsatzMath
@_exported import AnsatzSettings
@_exported import AnsatzCircuits
@_exported import AnsatzSimulator
@_exported import AnsatzGradients
@_exported import AnsatzAnalysis
@_exported import AnsatzOptimizers
@_exported import AnsatzPlots
@_exported import AnsatzData
@_exported import AnsatzNN
@_exported import AnsatzBaselines
@_exported import AnsatzStudies
// `Complex`, which amplitudes and matrices are made of.
@_exported import ComplexModule
