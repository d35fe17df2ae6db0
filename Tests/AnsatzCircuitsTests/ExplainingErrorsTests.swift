import AnsatzCircuits
import AnsatzMath
import Testing

@Suite("Errors that end a program")
struct ExplainingErrorsTests {
  @Test("What the body returns comes back")
  func result() {
    #expect(explainingErrors { 2 + 2 } == 4)
  }

  #if compiler(>=6.2)
    @Test("An invalid circuit ends the program with its message and exit code 65, and no dump")
    func circuit() async throws {
      let outcome = try #require(
        await #expect(processExitsWith: .exitCode(65), observing: [\.standardErrorContent]) {
          explainingErrors { _ = try Circuit(qubits: 2) { H(5) } }
        })
      let text = String(decoding: outcome.standardErrorContent, as: UTF8.self)
      #expect(text.contains(": error: invalid circuit:\n  - gate 0 (H): qubit 5 is out of range"))
      #expect(!text.contains("Fatal error") && !text.contains("rax"))
    }

    @Test("An error of the library ends the program with its own exit code")
    func library() async {
      await #expect(processExitsWith: .exitCode(78)) {
        explainingErrors { throw AnsatzError(.badConfiguration, "no") }
      }
    }
  #endif
}
