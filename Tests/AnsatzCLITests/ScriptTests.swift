import Foundation
import Testing

/// A package whose middle target imports something it does not declare.
private func fixture(imports: String) throws -> (folder: TemporaryFolder, description: String) {
  let folder = try TemporaryFolder()
  try folder.write("Sources/Low/Low.swift", "public let low = 1\n")
  try folder.write("Sources/Middle/Middle.swift", "import Low\n")
  try folder.write("Sources/High/High.swift", "// import Low would be wrong here\n\(imports)\n")
  try folder.write("Tests/HighTests/Tests.swift", "@testable import High\nimport Low\n")
  let description = """
    {"targets": [
      {"name": "Low", "type": "regular", "dependencies": []},
      {"name": "Middle", "type": "regular", "dependencies": [{"byName": ["Low", null]}]},
      {"name": "High", "type": "regular", "dependencies": [
        {"byName": ["Middle", null]}, {"product": ["Numerics", "swift-numerics", null, null]}]},
      {"name": "HighTests", "type": "test", "dependencies": [{"target": ["High", null]}]}
    ]}
    """
  return (folder, description)
}

private func checkImports(_ folder: TemporaryFolder, _ description: String) throws -> Outcome {
  try Running(
    "/usr/bin/env", ["swift", "\(repository)/scripts/check-imports.swift", folder.path],
    input: description
  ).wait()
}

@Test(
  "Imports of declared dependencies, their modules, the toolchain's and a test's pass the check")
func declaredImports() throws {
  let (folder, description) = try fixture(
    imports: "import Foundation\nimport Middle\npublic import ComplexModule")
  let outcome = try checkImports(folder, description)
  #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
}

@Test(
  "An import of something only a dependency depends on fails with file and line",
  arguments: ["import Low", "@testable import Low", "internal import struct Low.Thing"])
func undeclaredImport(statement: String) throws {
  let (folder, description) = try fixture(imports: "import Middle\n\(statement)")
  let outcome = try checkImports(folder, description)
  #expect(outcome.status == 1)
  #expect(outcome.output.contains("Sources/High/High.swift:3: High imports Low, which"))
}

@Test("A target that depends on one listed after it fails the check")
func wrongOrder() throws {
  let (folder, description) = try fixture(imports: "import Middle")
  let turned = description.replacing(
    "\"dependencies\": []", with: "\"dependencies\": [{\"byName\": [\"High\", null]}]")
  let outcome = try checkImports(folder, turned)
  #expect(outcome.status == 1)
  #expect(outcome.output.contains("Low depends on High, which is listed after it"))
}

/// Runs set-up with stand-ins for the system's commands: one package missing, and the user given.
private func setUp(user: Int, aptGet: String, sudo: String = "exit 1") throws -> (Outcome, String) {
  let folder = try TemporaryFolder()
  let commands = [
    "dpkg-query": "[ \"$3\" = libsvm-dev ] || printf installed", "id": "echo \(user)",
    "sudo": sudo, "apt-get": "echo \"$@\" >> '\(folder.path)/log'\n\(aptGet)",
  ]
  for (name, body) in commands.sorted(by: { $0.key < $1.key }) {
    let path = try folder.write(name, "#!/bin/sh\n\(body)\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }
  let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
  let outcome = try Running(
    "\(repository)/scripts/setup.sh", [], environment: ["PATH": "\(folder.path):\(path)"]
  ).wait()
  return (outcome, folder.read("log"))
}

@Test("Without root and without sudo, set-up prints the line to run and exits 69")
func setUpWithoutRoot() throws {
  let (outcome, log) = try setUp(user: 1000, aptGet: "exit 0")
  #expect(outcome.status == 69)
  #expect(outcome.complaint == "missing packages; as root, run: apt-get install libsvm-dev")
  #expect(log.isEmpty)
}

@Test("As root, set-up installs what is missing, and fetches the package lists only if it must")
func setUpAsRoot() throws {
  let (fresh, freshLog) = try setUp(user: 0, aptGet: "exit 0")
  #expect(fresh.status == 0)
  #expect(freshLog == "install -y -qq --no-install-recommends libsvm-dev\n")

  // The first install fails, as it does without lists; the log then has one line.
  let (stale, staleLog) = try setUp(user: 0, aptGet: "[ $(wc -l < \"${0%/*}/log\") -gt 1 ]")
  #expect(stale.status == 0)
  #expect(staleLog.split(separator: "\n").map { $0.prefix(6) } == ["instal", "update", "instal"])
}

@Test("Set-up uses sudo where it asks for no password")
func setUpWithSudo() throws {
  let (outcome, log) = try setUp(user: 1000, aptGet: "exit 0", sudo: "shift; exec \"$@\"")
  #expect(outcome.status == 0)
  #expect(log.hasPrefix("install"))
}

@Test("When the packages cannot be installed, set-up says which and exits 69")
func setUpFails() throws {
  let (outcome, _) = try setUp(user: 0, aptGet: "exit 100")
  #expect(outcome.status == 69)
  #expect(outcome.errors.hasSuffix("as root, run: apt-get install libsvm-dev\n"))
}

@Test("The hammer notices death, wrong exit codes, silence and more than one message")
func hammer() throws {
  let folder = try TemporaryFolder()
  let stand = try folder.write(
    "ansatz",
    """
    #!/bin/sh
    case "$1" in
      run) kill -SEGV $$ ;;
      gradient) exit 3 ;;
      spectrum) exit 65 ;;
      audit) echo 'ansatz: error: one' >&2; echo 'ansatz: error: two' >&2; exit 65 ;;
      *) exec '\(ansatzBinary)' "$@" ;;
    esac
    """)
  try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: stand)
  let arguments = ["--kind", "observable", "--count", "24", "--keep", folder.path + "/kept"]
  let bad = try Running("\(repository)/scripts/hammer.py", [stand] + arguments).wait()
  #expect(bad.status == 1, "\(bad.errors)")
  for finding in [
    "died of SIGSEGV", "exit code 3", "failed without a message", "2 error messages",
    "0 passed, 24 failed",
  ] {
    #expect(bad.output.contains(finding), "\(bad.output)")
  }
  let good = try Running("\(repository)/scripts/hammer.py", [ansatzBinary] + arguments).wait()
  #expect(good.status == 0 && good.output.hasSuffix("24 passed, 0 failed\n"), "\(good.output)")
}

@Test(
  "A training killed at any file call of its checkpoints resumes or starts afresh, to the same bits"
)
func killedAtFileCalls() throws {
  // One in 17 of some 275 moments; `make check-kills` takes all of them.
  let outcome = try Running(
    "\(repository)/scripts/kill-at-every-file-call.py", ["--binary", ansatzBinary, "--every", "17"]
  ).wait()
  #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  #expect(outcome.output.contains(" resumed, ") && outcome.output.contains(" started afresh, "))
}

@Test("A filter of tests names the targets it can mean, and all if it is more than a name")
func testTargets() throws {
  for (filter, targets) in [
    ("AnsatzDataTests", "AnsatzDataTests"),
    ("AnsatzDataTests.SplitsTests/folds", "AnsatzDataTests"),
    ("CheckpointStoreTests", "AnsatzNNTests"), ("noSuchSuiteAnywhere" + "AtAll", ""),
    ("Data|NN", ""), (".*", ""),
  ] {
    let outcome = try Running("\(repository)/scripts/test-targets.sh", [filter]).wait()
    #expect(outcome.status == 0 && outcome.output == targets, "\(filter): \(outcome.errors)")
  }
}

@Test("In comments for the site a source is no item of a list, and initializers say what they make")
func docComments() throws {
  func symbol(_ kind: String, _ path: [String], _ lines: [String]) -> [String: Any] {
    [
      "kind": ["identifier": kind], "pathComponents": path,
      "docComment": ["lines": lines.map { ["text": $0] }],
    ]
  }
  let folder = try TemporaryFolder()
  let graph: [String: Any] = [
    "symbols": [
      symbol(
        "swift.struct", ["RY"],
        [
          "Rotates one qubit", "about Y.", "", "Edge cases:", "- `RY(2π)` is `-I`.", "",
          "- Source: Nielsen and Chuang,", "  eq. (4.5).", "- Complexity: O(1).",
        ]),
      symbol("swift.init", ["RY", "init(_:on:)"], ["- Parameter angle: The rotation."]),
    ]
  ]
  try folder.write(
    "M.symbols.json",
    String(decoding: JSONSerialization.data(withJSONObject: graph), as: UTF8.self))
  let outcome = try Running(
    "/usr/bin/env", ["swift", "\(repository)/scripts/doc-comments.swift", folder.path]
  ).wait()
  #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  let written = try #require(
    JSONSerialization.jsonObject(with: Data(folder.read("M.symbols.json").utf8)) as? [String: Any])
  let comments = (written["symbols"] as? [[String: Any]] ?? []).map { symbol in
    let comment = symbol["docComment"] as? [String: Any]
    return (comment?["lines"] as? [[String: String]] ?? []).map { $0["text"] ?? "" }
  }
  #expect(
    comments == [
      [
        "Rotates one qubit", "about Y.", "", "Edge cases:", "- `RY(2π)` is `-I`.", "", "",
        "**Source:** Nielsen and Chuang,", "eq. (4.5).", "", "- Complexity: O(1).",
      ],
      ["Rotates one qubit", "about Y.", "", "- Parameter angle: The rotation."],
    ])
}
