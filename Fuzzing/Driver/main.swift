// Runs libFuzzer on the target that ANSATZ_FUZZ names; see scripts/fuzz.sh.
import AnsatzFuzzTargets
import Foundation

private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["ANSATZ_FUZZ"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    print("set ANSATZ_FUZZ to \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
    exit(EX_USAGE)
  }
  return target
}()

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// What libFuzzer's own main would call.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  if let problem = target.problem(with: Array(UnsafeBufferPointer(start: data, count: count))) {
    FileHandle.standardError.write(Data("\(problem)\n".utf8))
    abort()
  }
  return 0
}

private var argumentCount = CommandLine.argc
private var arguments = CommandLine.unsafeArgv
exit(runDriver(&argumentCount, &arguments) { testOneInput($0, $1) })
