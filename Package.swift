// swift-tools-version: 6.1
import PackageDescription

let numerics: Target.Dependency = .product(name: "Numerics", package: "swift-numerics")

// The fuzzer needs a sanitizer's runtime, which only `make fuzz` links.
let isFuzzing = Context.environment["ANSATZ_FUZZ"] != nil

// What `import Ansatz` brings. Who imports it declares all of it: SwiftPM compiles a target again only
// when a module changes that the target itself names, and the umbrella's own never does.
let modules: [Target.Dependency] = [
  "AnsatzStudies", "AnsatzBaselines", "AnsatzNN", "AnsatzData", "AnsatzOptimizers", "AnsatzPlots",
  "AnsatzAnalysis", "AnsatzGradients", "AnsatzSimulator", "AnsatzCircuits", "AnsatzSettings",
  "AnsatzMath",
]
let everything = modules + ["Ansatz"]

// `make test FILTER=` names the test targets that it needs; the others, and the products that only
// they use, are left out.
let wanted = Context.environment["ANSATZ_TESTS"].map { $0.split(separator: ",").map(String.init) }
func isWanted(_ test: String) -> Bool { wanted?.contains(test) ?? true }

// Targets in dependency order: each imports only targets above it, and only those it names.
let package = Package(
  name: "ansatz",
  products: [
    .library(name: "Ansatz", targets: ["Ansatz"]),
    .library(name: "AnsatzCLI", targets: ["AnsatzCLI"]),
    // All of Ansatz in one file, which the cells of a notebook are linked with.
    .library(name: "AnsatzNotebook", type: .dynamic, targets: ["AnsatzNotebook"]),
    .executable(name: "ansatz", targets: ["ansatz-tool"]),
    .executable(name: "ansatz-bench", targets: ["AnsatzBenchmarks"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
  ],
  targets: [
    // System libraries: no code of ours.
    .systemLibrary(
      name: "CFFTW", pkgConfig: "fftw3", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(
      name: "CBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CSVM", providers: [.apt(["libsvm-dev"])]),
    .systemLibrary(name: "CNLopt", providers: [.apt(["libnlopt-dev"])]),

    // Tensors, seeded random streams, linear algebra, worker threads, the error type, output files.
    .target(
      name: "AnsatzMath",
      dependencies: ["CBLAS", "CFFTW", numerics]),

    // Options of what is chosen by name: domains, help, one parser, one kind of catalogue.
    .target(name: "AnsatzSettings", dependencies: ["AnsatzMath"]),

    // What to run: angles, gates, observables, templates, the builder, diagrams.
    .target(name: "AnsatzCircuits", dependencies: ["AnsatzSettings", "AnsatzMath", numerics]),

    // The innermost loops, chosen at run time for the processor; no allocation, threads or policy.
    .target(
      name: "CAnsatzKernels",
      exclude: ["kernels.inc", "tiles.inc", "angles.inc", "variant.inc", "fourier.inc"]),

    // How to run it: compiled programs, plans, kernels, batches of state vectors, sampling.
    .target(
      name: "AnsatzSimulator",
      dependencies: [
        "AnsatzCircuits", "AnsatzSettings", "AnsatzMath", "CAnsatzKernels", "CFFTW", numerics,
      ]),

    // Derivatives in weights and inputs: adjoint, parameter shift, finite differences.
    .target(
      name: "AnsatzGradients",
      dependencies: [
        "AnsatzSimulator", "AnsatzCircuits", "AnsatzSettings", "AnsatzMath", numerics,
      ]),

    // What a circuit can express: frequencies, Fourier coefficients.
    .target(
      name: "AnsatzAnalysis",
      dependencies: [
        "AnsatzGradients", "AnsatzSimulator", "AnsatzCircuits", "AnsatzMath", numerics,
      ]),

    // Update rules and schedules on flat arrays; minimizers of a cost.
    .target(
      name: "AnsatzOptimizers",
      dependencies: ["AnsatzSettings", "AnsatzMath", "CAnsatzKernels", "CNLopt", numerics]),

    // Charts as values: SVG for pages and notebooks, text for terminals.
    .target(name: "AnsatzPlots", dependencies: ["AnsatzMath"]),

    // The embedded data files, as bytes.
    .target(name: "CAnsatzDatasets", exclude: ["Files"]),

    // Tables, CSV, embedded data sets, preprocessing, splits; what every classifier can do.
    .target(
      name: "AnsatzData",
      dependencies: ["AnsatzSettings", "AnsatzMath", "CAnsatzDatasets", numerics]),

    // Tape, layers, losses, quantum layers, networks, the trainer, checkpoints, models.
    .target(
      name: "AnsatzNN",
      dependencies: [
        "AnsatzGradients", "AnsatzSimulator", "AnsatzCircuits", "AnsatzOptimizers", "AnsatzData",
        "AnsatzSettings", "AnsatzMath",
      ]),

    // Classical classifiers that are not networks.
    .target(
      name: "AnsatzBaselines",
      dependencies: [
        "AnsatzOptimizers", "AnsatzData", "AnsatzSettings", "AnsatzMath", "CSVM", numerics,
      ]),

    // Cross-validation, statistics, verdicts, pages that report them.
    .target(
      name: "AnsatzStudies",
      dependencies: [
        "AnsatzNN", "AnsatzBaselines", "AnsatzPlots", "AnsatzOptimizers", "AnsatzData",
        "AnsatzCircuits", "AnsatzMath",
      ]),

    // Everything above under one name; no code.
    .target(
      name: "Ansatz", dependencies: modules + [numerics]),

    // What the cells of a notebook see besides: how values are shown.
    .target(
      name: "AnsatzNotebook", dependencies: everything),

    // The commands, as a library that a user's own package can call.
    .target(
      name: "AnsatzCLI",
      dependencies: everything + [
        .product(name: "ArgumentParser", package: "swift-argument-parser")
      ]),

    // The gallery of named circuits.
    .target(
      name: "Circuits", dependencies: everything, path: "circuits",
      exclude: ["OpenQASM", "Expected"]),

    // The product `ansatz`.
    .executableTarget(name: "ansatz-tool", dependencies: ["AnsatzCLI", "Circuits"]),

    // The product `ansatz-bench`: one file per workload, each checks its answer.
    .executableTarget(
      name: "AnsatzBenchmarks",
      dependencies: everything + [
        .product(name: "ArgumentParser", package: "swift-argument-parser")
      ]),

    // A slow and obvious simulator, law checkers, seeded generators.
    .target(
      name: "AnsatzTestSupport",
      dependencies: [
        "AnsatzNN", "AnsatzGradients", "AnsatzSimulator", "AnsatzCircuits", "AnsatzMath", numerics,
      ]),

    // What must hold for any text that is read.
    .target(
      name: "AnsatzFuzzTargets", dependencies: ["AnsatzCircuits", "AnsatzMath"],
      path: "Fuzzing/Targets"),
  ]
    + (isFuzzing
      ? [
        .executableTarget(
          name: "ansatz-fuzz", dependencies: ["AnsatzFuzzTargets"], path: "Fuzzing/Driver")
      ] : [])
    + [
      "Math", "Settings", "Circuits", "Simulator", "Gradients", "Analysis", "Optimizers", "NN",
      "Data",
      "Baselines", "Plots", "Studies", "CLI", "Benchmarks",
    ].filter { isWanted("Ansatz\($0)Tests") }.map { area in
      .testTarget(
        name: "Ansatz\(area)Tests",
        dependencies: everything + ["AnsatzTestSupport", "Circuits"]
          + (area == "CLI" || area == "Benchmarks" ? [.target(name: "Ansatz\(area)")] : [])
          + (area == "Simulator" ? ["CAnsatzKernels"] : [])
          + (area == "Circuits" ? ["AnsatzFuzzTargets"] : []),
        exclude: ["Data", "Circuits", "Simulator", "CLI"].contains(area) ? ["Fixtures"] : [])
    }
    + [
      // The pages users read: their snippets are compiled here.
      .testTarget(name: "DocumentationTests", dependencies: everything + ["AnsatzCLI"]),
      .testTarget(name: "CircuitsTests", dependencies: everything + ["Circuits"]),
    ].filter { isWanted($0.name) },
  swiftLanguageModes: [.v6]
)
